import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { expectSound } from '../../../src/testing/accounts.js';
import { openEngine, type Engine, type EngineName } from '../http/engines.js';
import { ask, balance, newAccount, newAdmin } from '../http/requests.js';
import { testApi, type TestApi } from '../http/test-api.js';
import { dispute, closeDispute, emitForeign, endRefund, pay, refund } from './fake-stripe/stripe-account.js';
import { signedRequest, type WebhookRequest } from './fake-stripe/webhooks.js';
import { openStripeHarness, type StripeHarness } from './stripe-harness.js';

const small = {
  ...{ id: 'small', name: 'Small', credits: 10_000, bonusCredits: 500, bonusExpiresAfterMs: null },
  ...{ price: 500, currency: 'eur', expiresAfterMs: null, limitPerAccount: null },
};

/** A sale by Stripe over HTTP, from the order to its refund. */
export function saleSuite(name: EngineName): void {
  describe(`a sale by Stripe: ${name}`, () => {
    let engine: Engine;
    let harness: StripeHarness;
    let api: TestApi;
    let account: Awaited<ReturnType<typeof newAccount>>;
    beforeAll(async () => {
      engine = await openEngine(name);
    });
    afterAll(() => engine.close());
    beforeEach(async () => {
      harness = await openStripeHarness({ timeoutMs: 300 });
      api = testApi(engine, { payments: harness.payments, policy: { packages: [small] } });
      account = await newAccount(api);
    });
    afterEach(async () => {
      await expectSound(engine.stores);
      await harness.close();
    });

    const order = (key?: string) =>
      ask(api, 'POST', '/api/orders/', {
        auth: account.auth,
        json: { package_id: 'small' },
        ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
      });
    const receive = async ({ body, headers }: WebhookRequest) =>
      (await ask(api, 'POST', '/api/payments/webhook/', { raw: body, headers })).status;
    const deliver = async (act: () => void) => {
      const statuses: number[] = [];
      for (const { rawBody, headers } of harness.requestsOf(act))
        statuses.push(await receive({ body: Buffer.from(rawBody).toString(), headers }));
      return statuses;
    };
    const tokens = async () => (await balance(api, account.auth))['tokens'];
    const sessionId = (id: unknown) => harness.sessionId(String(id));

    test('the credits arrive by the event, once, and leave by the refund', async () => {
      const { status, body } = await order();
      expect([status, body['status']]).toEqual([201, 'open']);
      expect(String(body['checkout_url'])).toContain(harness.fake.url);
      const id = sessionId(body['id']);
      const paidEvents = await deliver(() => pay(harness.fake.account, id));
      expect(new Set(paidEvents)).toEqual(new Set([200]));
      expect(await tokens()).toBe(14_500);
      for (let time = 0; time < 3; time += 1)
        for (const delivery of harness.fake.webhooks.pending())
          expect(
            await receive(
              signedRequest(delivery.event, { secret: harness.fake.webhookSecret, at: harness.now() }),
            ),
          ).toBe(200);
      expect(await tokens()).toBe(14_500);
      await deliver(() => refund(harness.fake.account, harness.paymentId(String(body['id']))));
      expect(await tokens()).toBe(4000);
      const read = await ask(api, 'GET', `/api/orders/${String(body['id'])}/`, { auth: account.auth });
      expect(read.body).toMatchObject({ status: 'refunded', refunded: 500 });
    });

    test('a refund that arrives before its payment is asked for again', async () => {
      const { body } = await order();
      const id = sessionId(body['id']);
      const paid = harness.requestsOf(() => pay(harness.fake.account, id));
      const early = await deliver(() => refund(harness.fake.account, harness.paymentId(String(body['id']))));
      expect(early).toContain(409);
      expect(await tokens()).toBe(4000);
      for (const { rawBody, headers } of paid)
        await receive({ body: Buffer.from(rawBody).toString(), headers });
      for (const { event } of harness.fake.webhooks.pending())
        expect(
          await receive(signedRequest(event, { secret: harness.fake.webhookSecret, at: harness.now() })),
        ).toBe(200);
      expect(await tokens()).toBe(4000);
    });

    test('a dispute that is lost takes the credits back', async () => {
      const { body } = await order();
      await deliver(() => pay(harness.fake.account, sessionId(body['id'])));
      const paymentId = harness.paymentId(String(body['id']));
      await deliver(() => dispute(harness.fake.account, paymentId));
      expect(await tokens()).toBe(14_500);
      const [disputeId = ''] = harness.fake.account.disputes.keys();
      await deliver(() => {
        closeDispute(harness.fake.account, disputeId, 'lost');
      });
      expect(await tokens()).toBe(4000);
    });

    test('a refund that failed at Stripe can be asked for again, and one without a response is made once', async () => {
      const { body } = await order();
      const id = String(body['id']);
      await deliver(() => pay(harness.fake.account, sessionId(id)));
      const admin = await newAdmin(api);
      const askRefund = (amount: number) =>
        ask(api, 'POST', `/api/admin/orders/${id}/refund/`, { auth: admin.auth, json: { amount } });
      const { account: stripe } = harness.fake;
      stripe.refundStatus = 'pending';
      expect((await askRefund(250)).body).toMatchObject({ status: 'paid', refunded: 0 });
      const [pending = ''] = stripe.refunds.keys();
      await deliver(() => {
        endRefund(stripe, pending, 'failed');
      });
      stripe.refundStatus = 'rejected';
      expect((await askRefund(250)).body).toMatchObject({ code: 'payment_failed' });
      expect(await tokens()).toBe(14_500);
      stripe.refundStatus = 'succeeded';
      expect((await askRefund(250)).body).toMatchObject({ status: 'partially_refunded', refunded: 250 });
      expect(await tokens()).toBe(9250);
      harness.fake.outage = 'lost';
      expect((await askRefund(100)).body).toMatchObject({ code: 'unavailable' });
      harness.fake.outage = null;
      expect((await askRefund(100)).body).toMatchObject({ refunded: 350 });
      const amounts = [...stripe.refunds.values()].filter(({ status }) => status === 'succeeded');
      expect(amounts.map(({ amount }) => amount)).toEqual([250, 100]);
      expect(await tokens()).toBe(7150);
    });

    test('the poll repairs events that were lost', async () => {
      const { body } = await order();
      pay(harness.fake.account, sessionId(body['id']));
      expect(await tokens()).toBe(4000);
      expect(await api.core.orders.poll({ caller: operatorCaller })).toBeGreaterThanOrEqual(1);
      expect(await tokens()).toBe(14_500);
      expect(await api.core.orders.poll({ caller: operatorCaller })).toBe(0);
    });

    test('a wrong signature and an old one change nothing, and administrators see them', async () => {
      const { body } = await order();
      const id = sessionId(body['id']);
      const [request] = harness.requestsOf(() => pay(harness.fake.account, id)).slice(-1);
      if (request === undefined) throw new TypeError('Stripe sends no event.');
      const raw = Buffer.from(request.rawBody).toString();
      const signature = { ...request.headers, 'stripe-signature': `t=1,v1=${'0'.repeat(64)}` };
      expect(await receive({ body: raw, headers: signature })).toBe(400);
      expect(await receive({ body: `${raw} `, headers: request.headers })).toBe(400);
      harness.advance(301_000);
      expect(await receive({ body: raw, headers: request.headers })).toBe(400);
      expect(await tokens()).toBe(4000);
      const admin = await newAdmin(api);
      const problems = await api.core.admin.paymentProblems(
        { caller: await api.core.auth.authenticate(admin.auth) },
        { limit: 20, before: null },
      );
      expect(problems.results.map(({ reason }) => reason)).toContain('invalid_signature');
    });

    test('another amount or currency is applied to nothing', async () => {
      for (const change of [{ amount_total: 1 }, { currency: 'usd' }]) {
        const { body } = await order();
        pay(harness.fake.account, sessionId(body['id']));
        const session = harness.fake.account.sessions.get(sessionId(body['id']));
        if (session === undefined) throw new TypeError('There is no session.');
        const statuses = await deliver(() =>
          emitForeign(harness.fake.account, 'checkout.session.completed', { ...session, ...change }),
        );
        expect(statuses).toEqual([200]);
      }
      expect(await tokens()).toBe(4000);
    });

    for (const outage of ['refused', 'unavailable', 'lost', 'silent'] as const)
      test(`an order is repeated with its key after an outage, and has one checkout: ${outage}`, async () => {
        harness.fake.outage = outage;
        expect((await order('one')).status).toBe(503);
        harness.fake.outage = null;
        const { status, body } = await order('one');
        expect([status, body['status']]).toEqual([201, 'open']);
        expect((await order('one')).body['id']).toBe(body['id']);
        expect(harness.fake.account.sessions.size).toBe(1);
        const orders = await ask(api, 'GET', '/api/orders/', { auth: account.auth });
        expect(orders.body['results']).toHaveLength(1);
      });
  });
}
