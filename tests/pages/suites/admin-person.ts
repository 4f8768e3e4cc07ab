import { expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits, openUser } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The page of one person. */
export function adminPersonSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);

  test('an account is disabled and enabled again on its page, after a confirmation', async () => {
    const { url } = pages().server;
    const person = await register(url, newName());
    const status = async () => (await call(url, '/api/me/', { authToken: person.authToken })).status;
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, person.username);
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog', { name: `Disable ${person.username}?` });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await status()).toBe(200);
    await page.getByRole('button', { name: 'Disable' }).click();
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await page.getByText(`${person.username} is disabled.`).waitFor();
    await page.locator('dt:has-text("Status") + dd', { hasText: 'Disabled' }).waitFor();
    expect(await status()).toBe(401);
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
    await page.getByText(`${person.username} is enabled.`).waitFor();
    await page.locator('dt:has-text("Status") + dd', { hasText: 'Active' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
