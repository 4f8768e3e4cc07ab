import { expect, test } from 'vitest';
import { call } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Spending limits on both pages, with the administrator `root_admin`. */
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
    expect(await messageBox(page).inputValue()).toBe('Beyond the limit');
    await waitForBalance(page, '2,500');
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Show my spending limits' }).click();
    await limits.getByText('1,500 spent, 500 left').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    const remove = limits.getByRole('button', { name: 'Remove the limit of 2,000 tokens each month' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
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
    expect([(await send('cheap')).status, (await send('echo')).status]).toEqual([200, 400]);
    expect([(await send('cheap')).status, (await send('cheap')).status]).toEqual([200, 402]);
    await page.getByRole('link', { name: username }).click();
    await keys.getByText('2 spent, 0 left').waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator sets a limit, which the user sees and cannot remove', async () => {
    const { visit } = pages();
    const user = await visit();
    const username = await signUp(user.page);
    const { page, pageErrors, close } = await visit({ path: '/admin/#/users' });
    await signIn(page, 'root_admin');
    await page.getByRole('link', { name: username, exact: true }).click();
    const limits = page.getByRole('region', { name: 'Spending limits' }).first();
    await limits.getByText('None: only the balance limits what is spent.').waitFor();
    await limits.getByRole('button', { name: 'Set a limit' }).click();
    await page.getByRole('textbox', { name: 'Tokens at most' }).fill('1000');
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await limits.getByRole('row', { name: /^the whole account 1,000 each day 0 1,000/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await user.page.locator('.pill').click();
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
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors).toEqual([]);
    await close();
    await user.close();
  });

  test('limits that cannot be read are said to be so, and can be tried again', async () => {
    const { visit } = pages();
    const { page, close } = await visit({ expects: /caps/ });
    const username = await signUp(page);
    await page.route(/\/api\/me\/caps\//, (route) => route.abort('connectionreset'));
    await page.locator('.pill').click();
    await page.getByText('The server cannot be reached.').first().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await close();
    const other = await visit({ path: '/admin/#/users', expects: /caps/ });
    await signIn(other.page, 'root_admin');
    await other.page.route(/\/caps\//, (route) => route.abort('connectionreset'));
    await other.page.getByRole('link', { name: username, exact: true }).click();
    const limits = other.page.getByRole('region', { name: 'Spending limits' }).first();
    await limits.getByText('The server cannot be reached.').waitFor();
    await other.page.unroute(/\/caps\//);
    await limits.getByRole('button', { name: 'Try again' }).click();
    await limits.getByText('None: only the balance limits what is spent.').waitFor();
    await other.close();
  });
}
