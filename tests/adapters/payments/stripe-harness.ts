import { stripePayments } from '../../../src/adapters/payments/stripe.js';
import type { ProviderRequest } from '../../../src/ports/demo-checkout.js';
import type { PaymentsHarness } from '../../../src/testing/payments/view.js';
import { startFakeStripe, type FakeStripe } from './fake-stripe/fake-stripe.js';
import {
  closeDispute,
  decline,
  dispute,
  pay,
  refund,
  type StripeAccount,
} from './fake-stripe/stripe-account.js';
import { signedRequest } from './fake-stripe/webhooks.js';

export interface StripeHarness extends PaymentsHarness {
  fake: FakeStripe;
  /** Does something at Stripe, and returns the requests that Stripe then sends. */
  requestsOf(act: (account: StripeAccount) => void): ProviderRequest[];
  sessionId(orderId: string): string;
  paymentId(orderId: string): string;
}

/** Opens the adapter for Stripe over a fake Stripe, with a clock of the test. */
export async function openStripeHarness({ timeoutMs = 2000 } = {}): Promise<StripeHarness> {
  let at = Date.now();
  const now = () => new Date(at);
  const fake = await startFakeStripe({ now });
  const { account } = fake;
  const { secretKey, webhookSecret, url: apiBase } = fake;
  const requestsOf = (act: (account: StripeAccount) => void) => {
    const before = account.events.length;
    act(account);
    return account.events.slice(before).map((event): ProviderRequest => {
      const { body, headers } = signedRequest(event, { secret: webhookSecret, at: now() });
      return { rawBody: new TextEncoder().encode(body), headers };
    });
  };
  const sessionOf = (orderId: string) => {
    const session = [...account.sessions.values()].find(({ metadata }) => metadata?.['order_id'] === orderId);
    if (session === undefined) throw new TypeError(`There is no session for the order ${orderId}.`);
    return session;
  };
  const paymentId = (orderId: string) => sessionOf(orderId).payment_intent ?? '';
  const disputeId = (orderId: string) =>
    [...account.disputes.values()].find((one) => one.payment_intent === paymentId(orderId))?.id ?? '';
  return {
    fake,
    payments: stripePayments({ secretKey, webhookSecret, apiBase, timeoutMs, now }),
    listsEvents: true,
    now,
    advance: (ms) => {
      at += ms;
    },
    requestsOf,
    sessionId: (orderId) => sessionOf(orderId).id,
    paymentId,
    pay: (orderId) => Promise.resolve(requestsOf(() => pay(account, sessionOf(orderId).id))),
    decline: (orderId) =>
      Promise.resolve(
        requestsOf(() => {
          decline(account, sessionOf(orderId).id);
        }),
      ),
    refund: (orderId) => Promise.resolve(requestsOf(() => refund(account, paymentId(orderId)))),
    dispute: (orderId) => Promise.resolve(requestsOf(() => dispute(account, paymentId(orderId)))),
    closeDispute: (orderId, outcome) =>
      Promise.resolve(
        requestsOf(() => {
          closeDispute(account, disputeId(orderId), outcome);
        }),
      ),
    close: () => fake.close(),
  };
}
