import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The pages of the administration, each with a text that it shows once it is complete. */
const shown: Record<string, string> = {
  '/': 'The ledger is sound',
  '/users': 'root_admin',
  '/users/create': 'Add',
  '/chats': 'What is the tide?',
  '/entries': 'Grant',
  '/orders': 'There are no orders yet.',
  '/audit': 'root_admin',
  '/packages': 'Small',
  '/vouchers': 'Vouchers',
  '/webhooks': 'Webhooks',
  '/models': 'echo',
  '/service-keys': 'Service keys',
};

/** Every page of the administration against all rules of axe-core, light and dark; and that nothing moves while it loads. */
export function adminAccessibilitySuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);
  let username: string;

  beforeAll(async () => {
    const { url } = pages().server;
    const user = await register(url, newName());
    username = user.username;
    const body = { message: 'What is the tide?', model: 'cheap' };
    await call(url, '/api/chat/', { authToken: user.authToken, body });
  });

  const expectAccessible = async (page: Page, path: string) => {
    expect([path, await accessibilityViolations(page, { isStrict: true })]).toEqual([path, []]);
  };

  test.each([360, 768, 1024, 1440])('no page has a violation at %i px, light or dark', async (width) => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await page.setViewportSize({ width, height: 800 });
    // At first sight: a menu that was open beside a wide page would cover a narrow one.
    await page.waitForLoadState('networkidle');
    await page.reload();
    for (const [path, text] of Object.entries(shown)) {
      await page.goto(`${pages().server.url}/admin/#${path}`);
      await page.locator('main').getByText(text).first().waitFor();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, path);
    }
    await page.goto(`${pages().server.url}/admin/#/users`);
    await page.getByLabel('Search by username or email').fill(username);
    // Where the table does not fit, a card is the link.
    await page.locator('main').getByText(username).first().click();
    await page.getByRole('region', { name: 'Sessions and API keys' }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, 'a user');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([
    [390, '/'],
    [1366, '/'],
    [1366, '/users'],
    [1366, '/chats'],
  ])('at %i px nothing moves while %s loads', async (width, path) => {
    const { page, close } = await visitAsAdmin('/models');
    await page.setViewportSize({ width, height: 820 });
    await page.addInitScript(observeShifts);
    await page.goto(`${pages().server.url}/admin/?again#${path}`);
    await page
      .locator('main')
      .getByText(shown[path] ?? '')
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate('globalThis.shift')).toBeLessThan(0.1);
    await close();
  });
}

/** Adds up the layout shifts of the page. */
const observeShifts = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) globalThis.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });`;
