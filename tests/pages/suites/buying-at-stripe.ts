import { expect, test } from 'vitest';
import type { FakeStripe } from '../../adapters/payments/fake-stripe/fake-stripe.js';
import { dispute } from '../../adapters/payments/fake-stripe/stripe-account.js';
import { signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';
import { spendAndReadStatement } from './buying.js';

/** Buying at a fake Stripe over HTTP, whose webhooks arrive at once and repeatedly, with the administrator `root_admin`. */
export function buyingAtStripeSuite(pages: () => ServedPages, fake: () => FakeStripe): void {
  /** The checkout is at another server, and the page is left while it still reads. */
  const visit = (options: Parameters<ServedPages['visit']>[0] = {}) =>
    pages().visit({ expects: new RegExp(`^elsewhere: ${fake().url}/|ERR_ABORTED`), ...options });

  test('a user buys at Stripe: the balance rises without a reload, a chat spends, and the statement adds up', async () => {
    const { page, pageErrors, openTab, close } = await visit();
    await signUp(page);
    await page.locator('.pill').click();
    await page.getByRole('link', { name: 'Get more tokens' }).click();
    await page.getByRole('button', { name: 'Buy for €9.00: Small' }).click();
    await page.getByRole('heading', { name: 'Fake checkout' }).waitFor();
    expect(new URL(page.url()).origin).toBe(fake().url);
    await expect.poll(() => page.locator('#amount').innerText()).toBe('900 eur');

    const orders = await openTab('/#/buy');
    await orders.getByRole('link', { name: 'Small' }).click();
    await orders.getByText('Waiting for the payment').waitFor();
    await waitForBalance(orders, '4,000');
    await page.getByRole('button', { name: 'Pay with a card that is declined' }).click();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Thank you. The payment has arrived, and 10,000 tokens were added.').waitFor();
    expect(new URL(page.url()).origin).toBe(pages().server.url);
    await waitForBalance(page, '14,000');
    // The other tab was neither reloaded nor clicked.
    await orders.getByText('Thank you. The payment has arrived, and 10,000 tokens were added.').waitFor();
    await waitForBalance(orders, '14,000');

    await spendAndReadStatement(page);
    expect(fake().webhooks.pending()).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('who gives up at Stripe comes back to an open order; refunds and disputes there are seen by administrators', async () => {
    const user = await visit();
    const username = await signUp(user.page);
    await user.page.locator('.pill').click();
    await user.page.getByRole('link', { name: 'Get more tokens' }).click();
    await user.page.getByRole('button', { name: 'Buy for €9.00: Small' }).click();
    await user.page.getByRole('button', { name: 'Back', exact: true }).click();
    await user.page.getByText('Waiting for the payment').waitFor();
    await user.page.getByRole('button', { name: 'Go to the checkout' }).click();
    await user.page.getByRole('button', { name: 'Pay', exact: true }).click();
    await waitForBalance(user.page, '14,000');

    const { page, pageErrors, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, 'root_admin');
    await page.getByRole('menuitem', { name: 'Orders' }).click();
    const row = page.getByRole('row', { name: username });
    await row.getByText('Paid', { exact: true }).waitFor();
    await row.getByRole('button', { name: `Refund the order Small of ${username}` }).click();
    await page.getByRole('textbox', { name: 'Amount (EUR)' }).fill('4.50');
    await page.getByRole('dialog').getByRole('button', { name: 'Refund €4.50' }).click();
    await page.getByText('€4.50 were paid back.').first().waitFor();
    await row.getByText('Partly refunded').waitFor();
    await row.getByText('€4.50 paid back').waitFor();
    const payment = [...fake().account.paymentIntents.keys()].at(-1) ?? '';
    dispute(fake().account, payment, { amount: 450 });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await row.getByText('Disputed', { exact: true }).waitFor();
    expect([...pageErrors, ...user.pageErrors]).toEqual([]);
    await close();
    await user.close();
  });
}
