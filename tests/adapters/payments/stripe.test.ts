import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stripePayments } from '../../../src/adapters/payments/stripe.js';
import type { CheckoutRequest } from '../../../src/ports/payments.js';
import { codeOf, paymentsView } from '../../../src/testing/payments/view.js';
import type { Outage } from './fake-stripe/fake-stripe.js';
import type { FakeObject } from './fake-stripe/objects.js';
import {
  closeDispute,
  dispute,
  emitForeign,
  endRefund,
  escalate,
  expireDue,
  fail,
  pay,
  refund,
  settle,
} from './fake-stripe/stripe-account.js';
import { openStripeHarness, type StripeHarness } from './stripe-harness.js';

let harness: StripeHarness;
beforeEach(async () => {
  harness = await openStripeHarness({ timeoutMs: 300 });
});
afterEach(() => harness.close());

const { newOrder, paid, factsOf } = paymentsView(() => harness);
const refundOf = ({ orderId, userId, currency }: CheckoutRequest) => ({
  ...{ orderId, userId, currency },
  idempotencyKey: randomUUID(),
});
const kindsOf = async (act: Parameters<StripeHarness['requestsOf']>[0]) =>
  (await factsOf(harness.requestsOf(act))).map(({ kind }) => kind);

describe('a checkout at Stripe', () => {
  test('names the order and the account in the session and in the payment, and ends after an hour', async () => {
    const order = newOrder({ email: 'jane@example.com' });
    await harness.payments.createCheckout(order);
    const [session] = [...harness.fake.account.sessions.values()];
    const metadata = { order_id: order.orderId, account_id: order.userId };
    expect(session).toMatchObject({ mode: 'payment', metadata, customer_email: 'jane@example.com' });
    expect(session?.success_url).toBe(order.successUrl);
    expect((session?.expires_at ?? 0) - (session?.created ?? 0)).toBe(3600);
    await harness.pay(order.orderId);
    expect([...harness.fake.account.paymentIntents.values()]).toMatchObject([{ metadata }]);
  });

  for (const outage of ['refused', 'unavailable', 'broken', 'lost', 'silent'] satisfies Outage[])
    test(`is opened once, although Stripe was away at first (${outage})`, async () => {
      const order = newOrder();
      harness.fake.outage = outage;
      expect(await codeOf(harness.payments.createCheckout(order))).toBe('unavailable');
      harness.fake.outage = null;
      const checkout = await harness.payments.createCheckout(order);
      expect([...harness.fake.account.sessions.keys()]).toEqual([checkout.id]);
      expect(await harness.payments.createCheckout(order)).toEqual(checkout);
    });

  test('is rejected with a wrong key, and with an amount that Stripe does not take', async () => {
    const { webhookSecret, url: apiBase } = harness.fake;
    const payments = stripePayments({ secretKey: 'sk_test_other', webhookSecret, apiBase });
    expect(await codeOf(payments.createCheckout(newOrder()))).toBe('payment_failed');
    const tooLarge = newOrder({ price: Number.MAX_SAFE_INTEGER });
    expect(await codeOf(harness.payments.createCheckout(tooLarge))).toBe('payment_failed');
  });

  test('is opened without an address that Stripe does not take', async () => {
    const order = newOrder({ email: 'jäne@example.com' });
    const checkout = await harness.payments.createCheckout(order);
    expect(await harness.payments.createCheckout(order)).toEqual(checkout);
    expect([...harness.fake.account.sessions.values()]).toMatchObject([{ customer_email: null }]);
  });
});

describe('a payment at Stripe', () => {
  test('by a bank transfer is paid when the money arrives', async () => {
    const order = newOrder();
    const { id } = await harness.payments.createCheckout(order);
    expect(await kindsOf((account) => pay(account, id, { isDelayed: true }))).toEqual([]);
    const requests = harness.requestsOf((account) => {
      settle(account, id);
    });
    expect(await factsOf(requests)).toMatchObject([{ kind: 'paid', id: harness.paymentId(order.orderId) }]);
  });

  test('by a bank transfer that fails ends the checkout', async () => {
    const { id } = await harness.payments.createCheckout(newOrder());
    pay(harness.fake.account, id, { isDelayed: true });
    const kinds = await kindsOf((account) => {
      fail(account, id);
    });
    expect(kinds).toEqual(['expired']);
  });

  test('that is not made within an hour ends the checkout', async () => {
    const order = newOrder();
    const { id } = await harness.payments.createCheckout(order);
    harness.advance(61 * 60_000);
    const requests = harness.requestsOf(expireDue);
    expect(await factsOf(requests)).toMatchObject([
      { kind: 'expired', id, orderId: order.orderId, amount: null },
    ]);
  });
});

describe('money that goes back at Stripe', () => {
  test('a pending refund is a fact once it has succeeded, and a failed one is none', async () => {
    const { account } = harness.fake;
    const payment = await paid(newOrder());
    const pending = refund(account, payment.id, { amount: 100, status: 'pending' });
    expect(await kindsOf(() => undefined)).toEqual([]);
    const requests = harness.requestsOf(() => {
      endRefund(account, pending.id, 'succeeded');
    });
    expect(await factsOf(requests)).toMatchObject([{ kind: 'refunded', id: pending.id, amount: 100 }]);
    const failing = refund(account, payment.id, { amount: 100, status: 'pending' });
    const failed = await kindsOf(() => {
      endRefund(account, failing.id, 'failed');
    });
    expect(failed).toEqual([]);
  });

  test('a key is for one refund, also a long one', async () => {
    const order = newOrder();
    const payment = await paid(order);
    const { orderId, userId, currency } = order;
    const request = { orderId, userId, paymentId: payment.id, currency, idempotencyKey: 'k'.repeat(300) };
    const first = await harness.payments.refund({ ...request, amount: 200 });
    expect(await harness.payments.refund({ ...request, amount: 200 })).toEqual(first);
    await expect(harness.payments.refund({ ...request, amount: 100 })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect(harness.fake.account.refunds.size).toBe(1);
  });

  test('a pending refund that is asked for is known later', async () => {
    const order = newOrder();
    const payment = await paid(order);
    harness.fake.account.refundStatus = 'pending';
    const { orderId, userId, currency } = order;
    const request = {
      orderId,
      userId,
      paymentId: payment.id,
      amount: 500,
      currency,
      idempotencyKey: randomUUID(),
    };
    expect(await harness.payments.refund(request)).toBeNull();
    expect(harness.fake.account.refunds.size).toBe(1);
  });

  test('a refund of more than was paid is rejected, and one that Stripe does not respond to can be repeated', async () => {
    const order = newOrder();
    const payment = await paid(order);
    const { orderId, userId, currency } = order;
    const request = {
      orderId,
      userId,
      paymentId: payment.id,
      amount: 501,
      currency,
      idempotencyKey: randomUUID(),
    };
    expect(await codeOf(harness.payments.refund(request))).toBe('payment_failed');
    harness.fake.outage = 'lost';
    const right = { ...request, amount: 500, idempotencyKey: randomUUID() };
    expect(await codeOf(harness.payments.refund(right))).toBe('unavailable');
    harness.fake.outage = null;
    const [made] = [...harness.fake.account.refunds.keys()];
    expect(await harness.payments.refund(right)).toMatchObject({ id: made, amount: 500 });
    expect(harness.fake.account.refunds.size).toBe(1);
  });

  for (const status of ['pending', 'failed', 'rejected'] as const)
    test(`a refund that has failed is made once more when it is asked for again, with the same key: ${status}`, async () => {
      const { account } = harness.fake;
      const order = newOrder();
      const payment = await paid(order);
      const request = { ...refundOf(order), paymentId: payment.id, amount: 500 };
      account.refundStatus = status;
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        const made = await codeOf(harness.payments.refund(request));
        expect(made).toBe(status === 'pending' ? 'nothing was thrown' : 'payment_failed');
        for (const { id, status: state } of account.refunds.values())
          if (state === 'pending') endRefund(account, id, 'failed');
      }
      account.refundStatus = 'succeeded';
      const made = await harness.payments.refund(request);
      expect(made).toMatchObject({ kind: 'refunded', amount: 500 });
      expect((await harness.payments.refund(request))?.id).toBe(made?.id);
      const succeeded = [...account.refunds.values()].filter((refunded) => refunded.status === 'succeeded');
      expect(succeeded.map(({ id }) => id)).toEqual([made?.id]);
    });

  test('a pending refund is asked for once, and a repetition finds that it has succeeded', async () => {
    const { account } = harness.fake;
    const order = newOrder();
    const payment = await paid(order);
    const request = { ...refundOf(order), paymentId: payment.id, amount: 200 };
    account.refundStatus = 'pending';
    expect(await harness.payments.refund(request)).toBeNull();
    expect(await harness.payments.refund(request)).toBeNull();
    const [id = ''] = account.refunds.keys();
    endRefund(account, id, 'succeeded');
    expect(await harness.payments.refund(request)).toMatchObject({ id, amount: 200 });
    expect(account.refunds.size).toBe(1);
  });

  test('a refund of which Stripe does not know the outcome is never asked for under another key', async () => {
    const { account, requests } = harness.fake;
    const order = newOrder();
    const payment = await paid(order);
    const request = { ...refundOf(order), paymentId: payment.id, amount: 200 };
    harness.fake.outage = 'broken';
    expect(await codeOf(harness.payments.refund(request))).toBe('unavailable');
    harness.fake.outage = null;
    const before = requests.length;
    expect(await codeOf(harness.payments.refund(request))).toBe('unavailable');
    expect(requests.slice(before)).toEqual(['POST /v1/refunds']);
    expect(account.refunds.size).toBe(0);
  });

  test('an inquiry is no dispute until the bank takes the money', async () => {
    const { account } = harness.fake;
    const payment = await paid(newOrder());
    expect(await kindsOf(() => dispute(account, payment.id, { status: 'warning_needs_response' }))).toEqual(
      [],
    );
    const [id = ''] = account.disputes.keys();
    const escalated = await kindsOf(() => {
      escalate(account, id);
    });
    expect(escalated).toEqual(['disputed']);
    const lost = await kindsOf(() => {
      closeDispute(account, id, 'lost');
    });
    expect(lost).toEqual(['dispute_lost']);
  });

  test('a dispute that was prevented is lost if the money was withdrawn, and otherwise won', async () => {
    const { account } = harness.fake;
    for (const [status, outcome] of [
      ['needs_response', 'dispute_lost'],
      ['prevented', 'dispute_won'],
    ] as const) {
      const payment = await paid(newOrder());
      const opened = dispute(account, payment.id, { status });
      const kinds = await kindsOf(() => {
        closeDispute(account, opened.id, 'prevented');
      });
      expect(kinds).toEqual([outcome]);
    }
  });

  test('an event is not read while Stripe cannot say what the payment was for', async () => {
    const order = newOrder();
    await paid(order);
    const [request] = await harness.refund(order.orderId);
    harness.fake.outage = 'unavailable';
    const { rawBody = new Uint8Array(), headers = {} } = request ?? {};
    expect(await codeOf(harness.payments.readEvent(rawBody, headers))).toBe('unavailable');
  });
});

describe('events of other programs of the same account', () => {
  test('are no facts', async () => {
    const { account } = harness.fake;
    const { id } = await harness.payments.createCheckout(newOrder());
    pay(account, id);
    const session = account.sessions.get(id);
    if (session === undefined) throw new TypeError('There is no session.');
    const foreign: [string, Record<string, string> | null][] = [
      ['no metadata', null],
      ['an order of its own', { order_id: randomUUID() }],
      ['other metadata', { shop: 'shoes' }],
    ];
    for (const [what, metadata] of foreign)
      expect([
        what,
        await kindsOf(() => emitForeign(account, 'checkout.session.completed', { ...session, metadata })),
      ]).toEqual([what, []]);
    const unknown = { ...session, object: 'invoice' } as unknown as FakeObject;
    expect(await kindsOf(() => emitForeign(account, 'invoice.paid', unknown))).toEqual([]);
  });

  test('and of connected accounts, which choose what is in them, are no facts', async () => {
    const { account } = harness.fake;
    const { id } = await harness.payments.createCheckout(newOrder());
    const requests = harness.requestsOf(() => {
      account.connectedAccount = 'acct_1';
      pay(account, id);
    });
    expect(await factsOf(requests)).toEqual([]);
  });
});

describe('the list of events at Stripe', () => {
  test('is read in pages of a hundred', async () => {
    const orders = Array.from({ length: 60 }, () => newOrder());
    for (const order of orders) {
      const { id } = await harness.payments.createCheckout(order);
      const payment = pay(harness.fake.account, id);
      refund(harness.fake.account, payment.id);
    }
    let cursor: string | null = null;
    const ids: string[] = [];
    for (let hasMore = true; hasMore;) {
      const page = await harness.payments.eventsSince(cursor);
      ids.push(...page.facts.map(({ kind, orderId }) => `${kind} ${orderId}`));
      ({ cursor, hasMore } = page);
    }
    expect(new Set(ids).size).toBe(120);
  }, 30_000);

  test('is read again for an hour, for events that appear in it late', async () => {
    const late = newOrder();
    const { id } = await harness.payments.createCheckout(late);
    pay(harness.fake.account, id);
    const { account } = harness.fake;
    for (const event of account.events) account.unlisted.add(event.id);
    harness.advance(50 * 60_000);
    await paid(newOrder());
    let cursor: string | null = null;
    for (let hasMore = true; hasMore;) ({ cursor, hasMore } = await harness.payments.eventsSince(cursor));
    account.unlisted.clear();
    const { facts } = await harness.payments.eventsSince(cursor);
    expect(facts.map(({ orderId }) => orderId)).toContain(late.orderId);
  });

  test('is read from its newest event on, wherever that is in the list', async () => {
    const { account } = harness.fake;
    await paid(newOrder());
    harness.advance(3 * 60 * 60_000);
    await paid(newOrder());
    const from = String(Math.floor(account.now().getTime() / 1000) - 4 * 3600);
    const { cursor } = await harness.payments.eventsSince(from);
    account.listsOldestFirst = true;
    expect((await harness.payments.eventsSince(from)).cursor).toBe(cursor);
    expect(Number(cursor)).toBeGreaterThan(Number(from) + 3 * 3600);
  });

  test('is read again from its beginning after a clock that was days ahead', async () => {
    const order = newOrder();
    await paid(order);
    const ahead = String(Math.floor(harness.now().getTime() / 1000) + 3 * 24 * 3600);
    const orderIds: string[] = [];
    let cursor: string | null = ahead;
    for (let hasMore = true; hasMore;) {
      const page = await harness.payments.eventsSince(cursor);
      orderIds.push(...page.facts.map(({ orderId }) => orderId));
      ({ cursor, hasMore } = page);
    }
    expect(orderIds).toContain(order.orderId);
    expect(Number(cursor)).toBeLessThanOrEqual(harness.now().getTime() / 1000);
  });

  test('rejects while Stripe is away, so that the cursor stays', async () => {
    harness.fake.outage = 'refused';
    expect(await codeOf(harness.payments.eventsSince(null))).toBe('unavailable');
  });
});
