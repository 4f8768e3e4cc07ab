import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { newName, password } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const english = /\b(the|your|you|and|with|is)\b/;

/** The pages that mails link to, and the test checkout, in both languages. */
export function mailPagesSuite(pages: () => ServedPages): void {
  test.each([
    ['/verify-email', 'Meine Adresse bestätigen'],
    ['/reset-password', 'Neues Passwort festlegen'],
    ['/cancel-email-change', 'Änderung abbrechen'],
  ])('%s is German for a German browser', async (path, button) => {
    const { page, pageErrors, close } = await pages().visit({
      ...{ locale: 'de-AT', path: `${path}?token=mcp_unknown`, expects: /\b400\b/ },
    });
    await page.getByRole('button', { name: button }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
    expect(`${await page.title()} ${await page.locator('body').innerText()}`).not.toMatch(english);
    expect(await accessibilityViolations(page)).toEqual([]);
    for (const field of await page.locator('input[type=password]').all()) await field.fill('1');
    await page.getByRole('button', { name: button }).click();
    await page.getByText('Dieser Link funktioniert nicht mehr').waitFor();
    await page.goto(pages().server.url + path);
    await page.getByText('Dieser Link ist unvollständig.').waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(english);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a person who chose German gets German mails, whose pages are German and in the chosen theme', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /\b400\b/ });
    const email = `${newName()}@example.com`;
    await page.getByLabel('Language').selectOption('Deutsch');
    await page.getByRole('link', { name: 'Konto anlegen' }).click();
    await page.getByLabel('Benutzername').fill(newName());
    await page.getByLabel('E-Mail').fill(email);
    await page.getByLabel('Passwort').fill(password);
    await page.getByRole('button', { name: 'Mein Konto anlegen' }).click();
    await page.getByLabel('Ihre Nachricht').waitFor();
    await page.evaluate(`location.hash = '#/account'`);
    await page.getByLabel('Farben', { exact: true }).selectOption('Dunkel');
    const dark = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const { link, mail } = await pages().mailed(email, 'verify-email');
    expect(mail).toContain('Bitte bestätigen Sie, dass dies Ihre E-Mail-Adresse ist.');
    await page.goto(pages().server.url + link);
    await expect.poll(() => page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(dark);
    await page.getByRole('button', { name: 'Meine Adresse bestätigen' }).click();
    await page.getByText('Ihre E-Mail-Adresse ist bestätigt.').waitFor();

    await page.goto(`${pages().server.url}/#/account`);
    await page.getByRole('button', { name: 'Abmelden', exact: true }).first().click();
    await page.getByRole('link', { name: /vergessen/ }).click();
    await page.getByLabel('E-Mail').fill(email);
    await page.getByRole('button', { name: /senden/i }).click();
    const reset = await pages().mailed(email, 'reset-password');
    expect(reset.mail).toContain('angefordert');
    await page.goto(pages().server.url + reset.link);
    await page.getByLabel('Neues Passwort').fill('12345');
    await page.getByLabel('Dasselbe Passwort noch einmal').fill('12345');
    await page.getByRole('button', { name: 'Neues Passwort festlegen' }).click();
    await page.getByText('Darf nicht nur aus Ziffern bestehen.').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(english);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('they are English for any other browser', async () => {
    const { page, pageErrors, close } = await pages().visit({ locale: 'fr-FR', path: '/verify-email' });
    await page.getByRole('heading', { name: 'Confirm your email address' }).waitFor();
    await page.getByText('This link is incomplete. Open it from the mail again').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    expect(pageErrors).toEqual([]);
    await close();
  });
}
