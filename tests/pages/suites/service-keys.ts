import { expect, test } from 'vitest';
import { call } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { signIn } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The page of service keys, with the administrator `root_admin`. */
export function serviceKeysSuite(pages: () => ServedPages): void {
  test('an administrator creates a service key, which is shown once and works until it is removed', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit({ path: '/admin/#/service-keys' });
    await signIn(page, 'root_admin');
    await page.getByText('There are no service keys yet.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('button', { name: 'Create the key' }).click();
    await page.getByText('Choose what the key may do.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Name' }).fill('<b>Images</b>');
    await page.getByRole('checkbox', { name: 'read what administrators read' }).check();
    await page.getByLabel('Expires (optional)').fill('2099-12-31T23:59');
    await page.getByRole('button', { name: 'Create the key' }).click();
    const secret = await page.locator('code', { hasText: /^mcm_/ }).innerText();
    const usersStatus = async () =>
      (await call(server.url, '/api/admin/users/', { authToken: secret })).status;
    expect(await usersStatus()).toBe(200);
    await page
      .getByRole('row', { name: '<b>Images</b>' })
      .getByText('read what administrators read')
      .waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(secret);
    const remove = page.getByRole('button', { name: 'Remove the key <b>Images</b>' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('There are no service keys yet.').waitFor();
    expect(await usersStatus()).toBe(401);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('if the service keys cannot be read, the page says so and tries again', async () => {
    const { page, close } = await pages().visit({ path: '/admin/#/login', expects: /service-keys/ });
    await signIn(page, 'root_admin');
    await page.getByText('The ledger is sound').waitFor();
    await page.route('**/api/admin/service-keys/', (route) => route.abort('connectionreset'));
    await page.getByRole('menuitem', { name: 'Service keys' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/api/admin/service-keys/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There are no service keys yet.').waitFor();
    await close();
  });
}
