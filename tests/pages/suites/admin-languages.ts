import { beforeAll, expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The pages of the administration, each with a German text that it shows once it is complete. */
const shown: Record<string, string> = {
  '/': 'Die Buchführung stimmt',
  '/users': 'Dabei seit',
  '/users/create': 'Die Verwaltung sieht alle Daten',
  '/chats': 'Abgebucht',
  '/entries': 'Gutschrift',
  '/orders': 'Es gibt noch keine Bestellungen.',
  '/audit': 'hat sich angemeldet',
  '/packages': 'Was verfällt, tut es so lange nach der Zahlung.',
  '/vouchers': 'Es gibt noch keine Gutscheine.',
  '/webhooks': 'Es gibt noch keine Webhook-Adressen.',
  '/models': 'Antworten und Fehler gelten für die letzte Stunde.',
  '/service-keys': 'Es gibt noch keine Dienstschlüssel.',
};

const englishWords = /\b(?:the|your|you|and|with|is|are|of|to|has|not|never|no|by|in all)\b/g;

const hideMessages = `for (const cell of document.querySelectorAll('td.column-message')) cell.style.display = 'none';`;

/** German beside English, in the same choice as the chat page. */
export function adminLanguagesSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);
  let userId: string;

  beforeAll(async () => {
    const user = await register(pages().server.url, newName());
    const { body: me } = await call<{ id: string }>(pages().server.url, '/api/me/', {
      authToken: user.authToken,
    });
    userId = me.id;
    const body = { message: 'Wann ist Flut?', model: 'cheap' };
    await call(pages().server.url, '/api/chat/', { authToken: user.authToken, body });
  });

  test('a German browser gets German, and the language that is chosen is kept on all pages', async () => {
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/login', locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Verwaltung' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
    await expect.poll(() => page.title()).toBe('Verwaltung von metered-chat');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sprache: Deutsch' }).click();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Administration' }).waitFor();
    await expect.poll(() => page.title()).toBe('metered-chat administration');
    await page.goto(`${pages().server.url}/`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the German texts are loaded when they are chosen', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    const scripts: string[] = [];
    await page
      .getByRole('button', { name: 'Add' })
      .or(page.getByRole('link', { name: 'Add' }))
      .waitFor();
    await page.waitForLoadState('networkidle');
    page.on('response', (response) => scripts.push(response.url()));
    await page.getByRole('button', { name: 'Language: English' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Konten' }).waitFor();
    await expect.poll(() => page.title()).toBe('Konten · Verwaltung von metered-chat');
    await page.getByRole('button', { name: 'Nach Benutzername aufsteigend sortieren' }).waitFor();
    expect(scripts.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('if the German texts cannot be loaded, that is said, and the page stays as it is', async () => {
    const { page, close } = await visitAsAdmin('/users', /ERR_FAILED/);
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.getByRole('button', { name: 'Language: English' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await page.getByText('The texts of this language could not be loaded. Try again.').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await close();
  });

  test('every page is German, with no English word left', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/', /^$/, 'de-DE');
    const read = async (path: string, text: string) => {
      await page.goto(`${pages().server.url}/admin/#${path}`);
      await page.locator('main').getByText(text).first().waitFor();
      await page.waitForLoadState('networkidle');
      // People may have written in English.
      await page.evaluate(hideMessages);
      const words = await page.locator('body').innerText();
      expect([path, words.match(englishWords)]).toEqual([path, null]);
    };
    for (const [path, text] of Object.entries(shown)) await read(path, text);
    await read(`/users/${userId}/show`, 'Verbrauch der letzten 30 Tage');
    await page
      .getByText(/\b\d{1,2}\.\d{1,2}\.\d{4}\b/)
      .first()
      .waitFor();
    await page.getByText('3.999').first().waitFor();
    await page.getByRole('button', { name: 'Gutschreiben oder abziehen' }).click();
    await page.getByRole('button', { name: 'Gutschreiben', exact: true }).last().click();
    await page.getByText('Geben Sie eine ganze Zahl über 0 ein.').waitFor();
    await page.getByText('Geben Sie einen Grund ein.').waitFor();
    expect((await page.getByRole('dialog').innerText()).match(englishWords)).toBeNull();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
