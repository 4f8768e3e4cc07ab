import { expect, test } from 'vitest';
import { openUser } from '../administrator.js';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Lots, allowances and spending limits on both pages, with the administrator `root_admin`. */
export function walletSuite(pages: () => ServedPages): void {
  test('a user sets a limit on the account; a message beyond it is not sent, and the page says when the limit begins again', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /\b402\b.*\/api\/chat\/$/ });
    await signUp(page);
    await page.getByRole('link', { name: 'Tokens', exact: true }).click();
    const limits = page.getByRole('region', { name: 'Spending limits' });
    await limits.getByText('No limits.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await limits.getByLabel('Tokens at most').fill('1.5');
    await limits.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByText('Enter a whole number.').waitFor();
    await limits.getByLabel('Begins again').selectOption('each month');
    await limits.getByLabel('Tokens at most').fill('2,000');
    await limits.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByText('2,000 tokens each month').waitFor();
    await limits.getByText('0 spent, 2,000 left, begins again').waitFor();

    await page.getByRole('button', { name: 'New conversation' }).click();
    await sendMessage(page, 'Within the limit');
    await waitForBalance(page, '2,500');
    await sendMessage(page, 'Beyond the limit');
    await page
      .getByText(
        'The spending limit of 2,000 tokens each month leaves 500; this message requires 1,500 tokens.',
      )
      .waitFor();
    await page.getByText(/The limit begins again on \w+ 1, \d{4}/).waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('Beyond the limit');
    await waitForBalance(page, '2,500');
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Show my spending limits' }).click();
    await limits.getByText('1,500 spent, 500 left').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    const remove = limits.getByRole('button', { name: 'Remove the limit of 2,000 tokens each month' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The focus is back on the button that opened the dialog.
    await page.locator('.limits .things button:focus').press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await limits.getByText('No limits.').waitFor();
    await page.goBack();
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: Beyond the limit').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a user limits a key to a model and to an amount, and sees what is left of it beside the key', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit();
    const username = await signUp(page);
    await page.getByRole('link', { name: username }).click();
    const keys = page.getByRole('region', { name: 'API keys' });
    await keys.getByLabel('Name of the new key').fill('night job');
    await keys.getByRole('checkbox', { name: 'cheap' }).check();
    await keys.getByRole('button', { name: 'Create a key' }).click();
    const authToken = await keys.locator('.secret').innerText();
    await keys.getByText('Only with cheap').waitFor();
    await keys.getByRole('link', { name: 'Set a spending limit for a key' }).click();
    const limits = page.getByRole('region', { name: 'Spending limits' });
    await limits.getByLabel('Limit for').selectOption('the key night job');
    await limits.getByLabel('Begins again').selectOption('never');
    await limits.getByLabel('Tokens at most').fill('2');
    await limits.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByText('The key night job', { exact: true }).waitFor();
    const send = (model: string) =>
      call(server.url, '/api/chat/', { authToken, body: { message: 'x', model } });
    expect([(await send('cheap')).status, (await send('echo')).status]).toEqual([200, 403]);
    expect([(await send('cheap')).status, (await send('cheap')).status]).toEqual([200, 402]);
    await page.getByRole('link', { name: username }).click();
    await keys.getByText('2 spent, 0 left').waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator grants credits that end; the user sees what expires soon, and in which order lots are spent', async () => {
    const { visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    const visited = await visit({ path: '/admin/#/users' });
    const { page, pageErrors, close } = visited;
    await signIn(page, 'root_admin');
    await openUser(page, username);
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('500');
    await page.getByRole('textbox', { name: 'Reason' }).fill('For the spring');
    const soon = new Date(Date.now() + 5 * dayMs);
    await page.getByLabel('Expires (optional)').fill(soon.toISOString().slice(0, 16));
    await page.getByLabel('Priority (optional)').fill('many');
    await page.getByRole('button', { name: 'Grant 500' }).click();
    await page.getByText('Enter a whole number.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel('Priority (optional)').fill('15');
    await page.getByRole('button', { name: 'Grant 500' }).click();
    await page.getByText(`+500 tokens for ${username}: the balance is 4,500.`).waitFor();
    const lots = page.getByRole('table', { name: 'Lots' });
    await lots.getByRole('row', { name: /^Grant 500 .* 500 15/ }).waitFor();
    await lots.getByRole('row', { name: /^Earlier balance 4,000 never 4,000 50/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('button', { name: 'Deduct' }).first().click();
    await page.getByLabel('Take from').click();
    await page.getByRole('option', { name: /^Earlier balance: 4,000 tokens/ }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('100');
    await page.getByRole('textbox', { name: 'Reason' }).fill('By mistake');
    await page.getByRole('button', { name: 'Deduct 100' }).click();
    await lots.getByRole('row', { name: /^Earlier balance 3,900 never 4,000/ }).waitFor();

    await user.page.reload();
    await user.page.getByText(/^500 tokens expire on /).waitFor();
    expect(await accessibilityViolations(user.page)).toEqual([]);
    await user.page.locator('.pill').click();
    const table = user.page.getByRole('region', { name: 'What you have' }).last();
    await table.getByRole('row', { name: /^Grant/ }).waitFor();
    await expect.poll(() => table.getByRole('row').nth(1).innerText()).toContain('Grant');
    await expect.poll(() => table.getByRole('row').nth(2).innerText()).toContain('Earlier balance');
    expect(await accessibilityViolations(user.page)).toEqual([]);
    await user.page.setViewportSize({ width: 390, height: 780 });
    expect(await user.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect([...pageErrors, ...user.pageErrors]).toEqual([]);
    await close();
    await user.close();
  });

  test('an administrator sets an allowance and a limit, which the user sees and cannot remove', async () => {
    const { visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    const { page, pageErrors, close } = await visit({ path: '/admin/#/users' });
    await signIn(page, 'root_admin');
    await openUser(page, username);
    const allowance = page.getByRole('region', { name: 'Allowance' });
    await allowance.getByText('None: the server has no default allowance.').waitFor();
    await allowance.getByRole('button', { name: 'Set the allowance' }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('300');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Set the allowance' }).click();
    await allowance.getByText('300 tokens each month, set for this account').waitFor();

    const limits = page.getByRole('region', { name: 'Spending limits' }).first();
    await limits.getByText('None: only the balance limits what is spent.').waitFor();
    await limits.getByRole('button', { name: 'Set a limit' }).click();
    await page.getByRole('textbox', { name: 'Tokens at most' }).fill('1000');
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByRole('row', { name: /^the whole account 1,000 each day 0 1,000/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await user.page.locator('.pill').click();
    await user.page.getByText('You get 300 tokens each month.').waitFor();
    await waitForBalance(user.page, '4,300');
    const own = user.page.getByRole('region', { name: 'Spending limits' });
    await own.getByText('set by an administrator').waitFor();
    expect(await own.getByRole('button', { name: /^Remove/ }).count()).toBe(0);
    await own.getByLabel('Tokens at most').fill('1001');
    await own.getByRole('button', { name: 'Set the limit' }).click();
    await own.locator('[name=limit][aria-invalid=true]').waitFor();
    expect(await accessibilityViolations(user.page)).toEqual([]);

    await limits.getByRole('button', { name: /^Remove the limit/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await limits.getByText('None: only the balance limits what is spent.').waitFor();
    await allowance.getByRole('button', { name: 'Use the default allowance' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use the default' }).click();
    await allowance.getByText('None: the server has no default allowance.').waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors).toEqual([]);
    await close();
    await user.close();
  });

  test('a charge for another action than a chat is shown by its name and units, to the user and to administrators', async () => {
    const { server, visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    const { authToken } = await logIn(server.url, username);
    const root = await logIn(server.url, 'root_admin');
    const me = await call<{ id: string }>(server.url, '/api/me/', { authToken });
    const spent = await call(server.url, `/api/admin/users/${me.body.id}/spend/`, {
      authToken: root.authToken,
      headers: { 'Idempotency-Key': username },
      body: { action: 'image.generate', amount: 250, units: 2 },
    });
    expect(spent.status).toBeLessThan(300);
    await user.page.locator('.pill').click();
    await user.page.getByRole('row', { name: 'image.generate · 2' }).getByText('−250').waitFor();
    const { page, pageErrors, close } = await visit({ path: '/admin/#/entries' });
    await signIn(page, 'root_admin');
    await page.getByRole('row', { name: username }).getByText('image.generate · 2').waitFor();
    expect([...pageErrors, ...user.pageErrors]).toEqual([]);
    await close();
    await user.close();
  });

  test('what a charge took beyond its hold and what nothing covered is seen by administrators', async () => {
    const { server, visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    await user.close();
    const [{ authToken }, root] = [await logIn(server.url, username), await logIn(server.url, 'root_admin')];
    const { id: userId } = (await call<{ id: string }>(server.url, '/api/me/', { authToken })).body;
    const post = async (path: string, body: object) =>
      (await call<{ id: string }>(server.url, `/api/admin/${path}`, { authToken: root.authToken, body }))
        .body;
    const hold = await post(`users/${userId}/holds/`, { action: 'video.render', amount: 3000 });
    await post(`holds/${hold.id}/settle/`, { amount: 4025 });
    const { page, pageErrors, close } = await visit({ path: `/admin/#/users/${userId}/show` });
    await signIn(page, 'root_admin');
    await page
      .getByText('25 tokens used but not charged, because neither the balance nor the limits covered it.')
      .waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Ledger' }).click();
    await page.getByText('1,000 beyond the hold, 25 not collected').waitFor();
    await page.getByRole('menuitem', { name: 'Overview' }).click();
    await page.getByText('Tokens not collected').waitFor();
    await page.getByRole('row', { name: /^video.render 1 4,000 25/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('what cannot be read is said in its place, and can be tried again', async () => {
    const { visit } = pages();
    const { page, close } = await visit({ expects: /lots|caps/ });
    const username = await signUp(page);
    await page.route(/\/api\/(tokens\/lots|me\/caps)\//, (route) => route.abort('connectionreset'));
    await page.locator('.pill').click();
    await page.getByText('The server cannot be reached.').first().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await close();
    const other = await visit({ path: '/admin/#/users', expects: /lots|caps/ });
    await signIn(other.page, 'root_admin');
    await other.page.route(/\/(lots|caps)\//, (route) => route.abort('connectionreset'));
    await openUser(other.page, username);
    const lots = other.page.getByRole('region', { name: 'Lots' }).first();
    await lots.getByText('The server cannot be reached.').waitFor();
    await other.page.unroute(/\/(lots|caps)\//);
    await lots.getByRole('button', { name: 'Try again' }).click();
    await lots.getByRole('row', { name: /^Earlier balance/ }).waitFor();
    await other.close();
  });
}
