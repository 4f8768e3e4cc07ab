import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { balanceOf, call, logIn } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { newName, password, replies, sendMessage, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** A credit is a millionth of a dollar; a message to `echo` costs 1,500 of them. */
export const dollarSettings = { CREDIT_UNIT: 'USD', CREDIT_DECIMALS: '6', STARTING_TOKENS: '4000000' };

/** The pages of a server whose unit is not the credit itself. */
export function creditUnitSuite(pages: () => ServedPages): void {
  test('the chat page writes balance, prices, charges and history in the unit', async () => {
    const { page, pageErrors, close } = await pages().visit();
    const signUpText = await page.locator('body').innerText();
    expect(signUpText).not.toContain('token');
    await signUp(page);
    await page.getByText('You have 4.00 USD. Each reply shows what it cost.').waitFor();
    await page.getByRole('option', { name: 'echo · 0.0015 USD a message' }).waitFor({ state: 'attached' });
    await sendMessage(page, 'In dollars');
    await replies(page).getByText('Echo: In dollars').waitFor();
    await page.getByText('0.0015 USD', { exact: true }).waitFor();
    await waitForBalance(page, '3.9985 USD');
    await page.getByRole('link', { name: 'Balance', exact: true }).click();
    await page.getByRole('heading', { name: 'Balance', level: 1 }).waitFor();
    await page.getByRole('columnheader', { name: 'USD' }).waitFor();
    await page.getByRole('cell', { name: '−0.001500' }).waitFor();
    await page.getByRole('cell', { name: '+4.000000' }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/tokens?\b/i);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator grants an amount in the unit; more decimals than there are cannot be sent', async () => {
    const { server, visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    const { page, pageErrors, close } = await visit({ path: '/admin/', locale: 'de-DE' });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const link = /#\/first-administrator\/(\S+)/.exec(server.output());
    await page.goto(`${server.url}/admin/${link?.[0] ?? ''}`);
    await page.getByRole('textbox', { name: 'Username', exact: true }).fill('root_admin');
    await page.locator('input[name=password]').fill(password);
    await page.getByLabel('The same password again').fill(password);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByText('The ledger is sound').waitFor();
    await page.getByText('USD granted').waitFor();

    await page.getByRole('menuitem', { name: 'Users' }).click();
    await page.getByRole('columnheader', { name: 'USD' }).waitFor();
    await page.getByRole('link', { name: username }).click();
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    const amount = page.getByRole('textbox', { name: 'USD' });
    await page.getByRole('textbox', { name: 'Reason' }).fill('For dollars');
    const grant = page.getByRole('button', { name: /^Grant/ }).last();
    for (const [typed, problem] of [
      ['0,0000001', 'Enter at most 6 decimals.'],
      ['1.5', 'Enter a number above 0.'],
      ['9007199254,740992', 'This is more than a balance can be.'],
    ] as const) {
      await amount.fill(typed);
      await grant.click();
      await page.getByText(problem).waitFor();
    }
    expect(await accessibilityViolations(page)).toEqual([]);
    // The page writes numbers in the language of the browser, and reads them so.
    await amount.fill('1.234,567891');
    await page.getByRole('button', { name: 'Grant 1.234,567891', exact: true }).click();
    await page.getByText(`+1.234,567891 USD for ${username}: the balance is 1.238,567891.`).waitFor();
    const account = await logIn(server.url, username);
    expect(await balanceOf(server.url, account)).toEqual({ tokens: 1_238_567_891, held: 0 });
    await page.getByRole('tab', { name: 'Ledger' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv).toContain(',amount (USD),balance_after (USD),');
    expect(csv).toContain(',1234.567891,1238.567891,');
    expect(pageErrors).toEqual([]);
    await close();
    await user.close();
  });

  test('the lists of the administration write amounts in the unit, on a desktop and on a phone', async () => {
    const { server, visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    await user.close();
    const account = await logIn(server.url, username);
    await call(server.url, '/api/chat/', { authToken: account.authToken, body: { message: 'In dollars' } });
    const { page, pageErrors, close } = await visit({ path: '/admin/#/entries', locale: 'en-GB' });
    await signIn(page, 'root_admin');
    const expectAmounts = async (list: string, amounts: readonly string[]) => {
      await page.goto(`${server.url}/admin/#/${list}`);
      const row = page.getByRole('row').filter({ hasText: username });
      for (const amount of amounts) await row.getByText(amount, { exact: true }).first().waitFor();
    };
    await expectAmounts('entries', ['-0.001500', '3.998500', '+4.000000', '4.000000']);
    await expectAmounts('users', ['3.998500']);
    await expectAmounts('chats', ['0.001500']);
    await page.setViewportSize({ width: 390, height: 780 });
    await page.locator('li').filter({ hasText: username }).first().waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/1,?500|3,?998,?500/);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test("a limit above an administrator's is refused with that limit in the unit", async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit();
    const username = await signUp(page);
    const [{ authToken }, root] = [await logIn(server.url, username), await logIn(server.url, 'root_admin')];
    const { body } = await call<{ id: string }>(server.url, '/api/me/', { authToken });
    const cap = { scope: 'account', window: 'day', limit: 1_500_000 };
    const set = { authToken: root.authToken, body: cap };
    expect((await call(server.url, `/api/admin/users/${body.id}/caps/`, set)).status).toBe(201);
    await page.getByRole('link', { name: 'Balance', exact: true }).click();
    const limits = page.getByRole('region', { name: 'Spending limits' });
    await limits.getByText('1.50 USD each day').waitFor();
    await limits.getByLabel('USD at most').fill('1.500001');
    await limits.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByText('Must be at most 1.50 USD, the limit that an administrator').waitFor();
    await limits.getByLabel('Begins again').selectOption('each month');
    await limits.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByText('1.500001 USD each month').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an account that an administrator creates starts with an amount in the unit', async () => {
    const { server, visit } = pages();
    const username = newName();
    const { page, pageErrors, close } = await visit({ path: '/admin/#/users/create', locale: 'en-GB' });
    await signIn(page, 'root_admin');
    await page.locator('input[name=username]').fill(username);
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByLabel('USD to start with').fill('0.1234567');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Enter at most 6 decimals.').waitFor();
    await page.getByLabel('USD to start with').fill('0.25');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('0.25 USD').waitFor();
    const account = await logIn(server.url, username);
    expect(await balanceOf(server.url, account)).toEqual({ tokens: 250_000, held: 0 });
    expect(pageErrors).toEqual([]);
    await close();
  });
}
