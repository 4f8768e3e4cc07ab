import { expect, test } from 'vitest';
import { balanceOf, register } from '../../process/api-client.js';
import { newName, password } from '../chat-steps.js';
import { nameOfFocus, tabTo, typeInto } from '../keyboard-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The administration without a mouse. */
export function adminKeyboardSuite(pages: () => ServedPages): void {
  test('with the keyboard alone, an administrator signs in, finds an account and grants it tokens', async () => {
    const { url } = pages().server;
    const person = await register(url, newName());
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/' });
    await page.getByLabel('Username or email').waitFor();
    await typeInto(page, 'Username or email', 'root_admin');
    await typeInto(page, 'Password', password);
    await page.keyboard.press('Enter');
    await page.getByText('The ledger is sound').waitFor();

    await tabTo(page, 'Users');
    await page.keyboard.press('Enter');
    await page.getByLabel('Search by username or email').waitFor();
    await typeInto(page, 'Search by username or email', person.username);
    await page.getByRole('link', { name: 'root_admin', exact: true }).waitFor({ state: 'detached' });
    await tabTo(page, person.username);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: person.username, level: 2 }).waitFor();
    await tabTo(page, 'Grant or deduct');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await typeInto(page, 'Tokens', '250');
    await typeInto(page, 'Reason', 'For the workshop');
    await tabTo(page, 'Grant 250');
    await page.keyboard.press('Enter');
    await page.getByText(`+250 tokens for ${person.username}: the balance is 4,250.`).waitFor();
    expect(await balanceOf(url, person)).toMatchObject({ tokens: 4250 });
    // The focus is where it was before the dialog opened.
    await expect.poll(() => page.evaluate<string>(nameOfFocus)).toBe('Grant or deduct');
    expect(pageErrors).toEqual([]);
    await close();
  });
}
