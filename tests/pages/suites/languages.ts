import { expect, it } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** German beside English. */
export function languagesSuite(pages: () => ServedPages): void {
  it('speaks German to a German browser, and keeps the language that was chosen', async () => {
    const { page, pageErrors, reload, close } = await pages().visit({ locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByLabel('Sprache').selectOption('English');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
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
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });
}
