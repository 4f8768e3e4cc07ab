import { expect, it } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { newName, password, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** German beside English. */
export function languagesSuite(pages: () => ServedPages): void {
  it('speaks German to a German browser, and keeps the language that was chosen', async () => {
    const { page, pageErrors, reload, close } = await pages().visit({ locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByLabel('Sprache').selectOption('English');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signUp(page);
    expect(pageErrors).toEqual([]);
    await close();
  });

  it('loads no German texts for an English browser until they are chosen', async () => {
    const { page, pageErrors, close } = await pages().visit();
    const scripts: string[] = [];
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    page.on('response', (response) => scripts.push(response.url()));
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(scripts.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  it('says so if the texts of the other language cannot be loaded, and stays in the first', async () => {
    const { page, close } = await pages().visit({ expects: /ERR_FAILED/ });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByText('The texts of this language could not be loaded. Try again.').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });

  it('shows the whole chat page in German: a conversation, the account and the balance', async () => {
    const { page, pageErrors, close } = await pages().visit({
      locale: 'de-DE',
      expects: /\b400\b.*register/,
    });
    await page.getByRole('link', { name: 'Konto anlegen' }).click();
    await page.getByLabel('Benutzername').fill(newName());
    await page.getByLabel('Passwort').fill('short');
    await page.getByRole('button', { name: 'Mein Konto anlegen' }).click();
    await page.getByText('Muss mindestens 8 Zeichen haben.').waitFor();
    await page.getByLabel('Passwort').fill(password);
    await page.getByRole('button', { name: 'Mein Konto anlegen' }).click();
    await page.getByText('Sie haben 4.000 Tokens. Bei jeder Antwort sehen Sie').waitFor();
    await page.getByLabel('Ihre Nachricht').fill('Guten Tag');
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('1.500 Tokens', { exact: true }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    for (const [hash, heading] of [
      ['account', 'Konto'],
      ['tokens', 'Tokens'],
      ['buy', 'Mehr Tokens kaufen'],
      ['statement', 'Kontoauszug'],
    ] as const) {
      await page.evaluate(`location.hash = '#/${hash}'`);
      await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await accessibilityViolations(page)).toEqual([]);
      const words = await page.locator('main').innerText();
      expect(words.match(/\b(the|your|you|and|with|is)\b/g)).toBeNull();
    }
    expect(pageErrors).toEqual([]);
    await close();
  });
}
