import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Two packages for sale, one of them with a hostile name. */
export const packagesForSale = [
  { id: 'small', name: 'Small', credits: 10_000, price: 900, currency: 'eur' },
  {
    ...{ id: 'family', name: `<b>Family</b> ${'x'.repeat(80)}`, credits: 50_000, bonus_credits: 5_000 },
    ...{ bonus_expires_after: '30d', price: 3900, currency: 'eur', limit_per_account: 1 },
  },
];

/** Opens the packages, and chooses one. */
async function choose(page: Page, name: RegExp): Promise<void> {
  await page.locator('.pill').click();
  await page.getByRole('link', { name: 'Get more tokens' }).first().click();
  await page.getByRole('button', { name }).click();
}

/** Spends credits of the package Small on a chat, and reads a statement with both. */
export async function spendAndReadStatement(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Start a conversation' }).click();
  await sendMessage(page, 'Bought');
  await replies(page).getByText('Echo: Bought').waitFor();
  await waitForBalance(page, '12,500');
  await page.locator('.pill').click();
  await page.getByRole('link', { name: 'Statement' }).click();
  const statement = page.getByRole('table', { name: /^Statement of/ });
  await statement.getByRole('row', { name: 'Bought 1 +10,000' }).waitFor();
  await statement.getByRole('row', { name: 'Replies by echo 1 -1,500' }).waitFor();
  await statement.getByRole('row', { name: 'At the end 12,500' }).waitFor();
}

/** Buying with the test checkout, and refunds, with the administrator `root_admin`. */
export function buyingSuite(pages: () => ServedPages): void {
  const origin = () => pages().server.url;
  const visit = (options?: Parameters<ServedPages['visit']>[0]) => pages().visit(options);

  test('a user buys at the test checkout: the balance rises without a reload, also in another tab, and the statement adds up', async () => {
    const { page, pageErrors, openTab, close } = await visit();
    await signUp(page);
    await page.locator('.pill').click();
    await page.getByRole('link', { name: 'Get more tokens' }).click();
    await page.getByRole('button', { name: 'Buy for €9.00: Small' }).waitFor();
    await page.getByText('5,000 tokens more as a bonus, for 30 days').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Buy for €9.00: Small' }).click();
    await page.getByRole('button', { name: 'Pay', exact: true }).waitFor();

    // A second tab that waits for the payment shows it without a reload.
    const orders = await openTab('/#/buy');
    await orders.getByRole('link', { name: 'Small' }).click();
    await orders.getByText('Waiting for the payment').waitFor();
    expect(await accessibilityViolations(orders)).toEqual([]);
    await waitForBalance(orders, '4,000');
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await orders.getByText('Thank you. The payment has arrived, and 10,000 tokens were added.').waitFor();
    await waitForBalance(orders, '14,000');
    await page.getByText('Thank you. The payment has arrived, and 10,000 tokens were added.').waitFor();
    await waitForBalance(page, '14,000');
    expect(await accessibilityViolations(page)).toEqual([]);

    await spendAndReadStatement(page);
    expect(await accessibilityViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^statement-\d{4}-\d{2}\.csv$/);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.goto(`${origin()}/#/buy`);
    await page.getByRole('region', { name: 'Your orders' }).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors.filter((error) => !error.includes('net::ERR_ABORTED'))).toEqual([]);
    await close();
  });

  test('a buyer returns to the name of the machine by which the page was opened', async () => {
    const url = origin().replace('127.0.0.1', 'localhost');
    const { page, close } = await pages().visit({ expects: /ERR_ABORTED/ }, url);
    await signUp(page);
    await choose(page, /^Buy for .*Small/);
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await waitForBalance(page, '14,000');
    expect(new URL(page.url()).origin).toBe(url);
    await close();
  });

  test('a declined card leaves the order open; a package that can be bought once is not sold twice', async () => {
    const { page, close } = await visit({ expects: /409|ERR_ABORTED/ });
    await signUp(page);
    await choose(page, /^Buy for .*<b>Family/);
    await page.getByRole('button', { name: 'Pay with a card that is declined' }).click();
    await page.getByText('The card was declined.').waitFor();
    await page.getByRole('link', { name: 'Back without paying' }).click();
    await page.getByText('Waiting for the payment').waitFor();
    await page.getByRole('link', { name: 'All packages and orders' }).click();
    await page.getByText('Not paid').waitFor();
    await page.getByRole('button', { name: /^Buy for .*<b>Family/ }).click();
    await page.getByText('You have bought this package as often as an account can.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await close();
  });

  test('an administrator refunds an order in part and in whole; what was spent is owed, until a purchase pays it', async () => {
    const { server } = pages();
    const user = await visit({ expects: /402|ERR_ABORTED/ });
    const username = await signUp(user.page);
    await choose(user.page, /^Buy for .*Small/);
    await user.page.getByRole('button', { name: 'Pay', exact: true }).click();
    await waitForBalance(user.page, '14,000');
    const { authToken } = await logIn(server.url, 'root_admin');
    const { authToken: own } = await logIn(server.url, username);
    const { id } = (await call<{ id: string }>(server.url, '/api/me/', { authToken: own })).body;
    const spent = await call(server.url, `/api/admin/users/${id}/spend/`, {
      ...{ authToken, headers: { 'Idempotency-Key': username } },
      body: { action: 'video.render', amount: 12_000 },
    });
    expect(spent.status).toBeLessThan(300);

    const { page, pageErrors, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, 'root_admin');
    await page.getByRole('menuitem', { name: 'Orders' }).click();
    await page.getByText('None: everything that the payment provider has reported').waitFor();
    const row = page.getByRole('row', { name: username });
    await row.getByText('Paid', { exact: true }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'User' }).fill(username);
    await awaitUntil('only the orders of the user are shown', 20_000, async () =>
      (await page.getByRole('row', { name: /Small/ }).count()) === 1 ? true : null,
    );
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const [, line = '', end] = (await readFile(await (await download).path(), 'utf8')).split('\r\n');
    expect(line).toContain(`,${username},paid,small,Small,10000,0,9.00,0.00,eur,`);
    expect(end).toBe('');
    const refund = async (amount: string, text: string) => {
      await row.getByRole('button', { name: `Refund the order Small of ${username}` }).click();
      await page.getByRole('textbox', { name: 'Amount (EUR)' }).fill(amount);
      await page
        .getByRole('button', { name: /^Refund/ })
        .last()
        .click();
      await page.getByText(text).first().waitFor();
    };
    await refund('9.01', 'Enter at most €9.00.');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await refund('0.90', '€0.90 were paid back.');
    await row.getByText('Partly refunded').waitFor();
    await refund('8.10', '€8.10 were paid back.');
    await row.getByText('Refunded', { exact: true }).waitFor();
    expect(await row.getByRole('button', { name: /^Refund/ }).count()).toBe(0);
    await row.getByRole('link', { name: username }).click();
    await page.getByText('8,000 tokens owed').waitFor();
    await page.getByRole('cell', { name: 'At the end' }).waitFor();
    await page.getByRole('tab', { name: 'Orders' }).click();
    await page.getByRole('tabpanel', { name: 'Orders' }).getByText('Refunded').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);

    await user.page.goto(`${origin()}/#/`);
    await user.page.reload();
    await user.page.getByText('You owe 8,000 tokens').waitFor();
    expect(await accessibilityViolations(user.page)).toEqual([]);
    await sendMessage(user.page, 'On credit');
    await user.page.getByText('so you owe 8,000 tokens').waitFor();
    await expect.poll(() => messageBox(user.page).inputValue()).toBe('On credit');
    await choose(user.page, /^Buy for .*Small/);
    await user.page.getByRole('button', { name: 'Pay', exact: true }).click();
    await waitForBalance(user.page, '2,000');
    await user.page.getByRole('link', { name: 'Start a conversation' }).click();
    await messageBox(user.page).waitFor();
    expect(await user.page.getByText('You owe').count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
    await user.close();
  });
}
