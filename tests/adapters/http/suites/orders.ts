import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import { noPayments } from '../../../../src/domain/orders/no-payments.js';
import type { PaymentFact, Payments } from '../../../../src/ports/payments.js';
import { smallPackage } from '../../../../src/testing/order-store/view.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, idOf, newAccount, newAdmin } from '../requests.js';
import { sendUiMessage } from '../ui-messages.js';
import { testApi, type TestApi } from '../test-api.js';

const packages = [
  { ...smallPackage, bonusCredits: 50 },
  { ...smallPackage, id: 'once', limitPerAccount: 1 },
];

/** A provider whose events are facts in JSON, signed by a header. */
function scriptedPayments(): Payments & { fails: boolean } {
  const failIfAsked = () => {
    if (provider.fails) throw new DomainError('payment_failed', 'The provider failed.');
  };
  const provider: Payments & { fails: boolean } = {
    fails: false,
    provider: 'scripted',
    createCheckout: ({ orderId }) => {
      failIfAsked();
      return Promise.resolve({ id: `cs-${orderId}`, url: `https://pay.example.com/${orderId}` });
    },
    readEvent: (rawBody, headers) => {
      if (headers['x-signature'] !== 'valid')
        return Promise.reject(new DomainError('invalid_signature', 'The signature is wrong.'));
      const fact = JSON.parse(new TextDecoder().decode(rawBody)) as PaymentFact | null;
      return Promise.resolve(fact && { ...fact, occurredAt: new Date(fact.occurredAt) });
    },
    eventsSince: () => Promise.resolve({ facts: [], cursor: 'end', hasMore: false }),
    refund: ({ orderId, paymentId, amount, currency, idempotencyKey }) => {
      failIfAsked();
      return Promise.resolve(
        factOf(orderId, { kind: 'refunded', id: idempotencyKey, paymentId, amount, currency }),
      );
    },
  };
  return provider;
}

function factOf(orderId: string, overrides: Partial<PaymentFact> = {}): PaymentFact {
  const paymentId = `pay-${orderId}`;
  const paid = { kind: 'paid', id: paymentId, orderId, paymentId, amount: 1000, currency: 'eur' } as const;
  return { ...paid, occurredAt: new Date(), ...overrides };
}

/** Packages, orders, events of the payment provider, refunds, and the debts that remain. */
export function ordersSuite(engine: OpenedEngine): void {
  describe('orders', () => {
    const setUp = async () => {
      const payments = scriptedPayments();
      const api = testApi(engine(), { payments, policy: { packages } });
      const { auth } = await newAccount(api);
      return { payments, api, auth, userId: await idOf(api, auth) };
    };
    const order = async (api: TestApi, auth: string, packageId = 'small', key?: string) =>
      ask(api, 'POST', '/api/orders/', {
        ...{ auth, json: { package_id: packageId } },
        ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
      });
    const send = (api: TestApi, fact: PaymentFact | null, signature = 'valid') =>
      ask(api, 'POST', '/api/payments/webhook/', { json: fact, headers: { 'x-signature': signature } });
    const buy = async (api: TestApi, auth: string): Promise<string> => {
      const { body } = await order(api, auth);
      const id = body['id'] as string;
      expect((await send(api, factOf(id))).body).toEqual({ outcome: 'applied' });
      return id;
    };
    const refund = (api: TestApi, auth: string, id: string, json: object = {}, key?: string) =>
      ask(api, 'POST', `/api/admin/orders/${id}/refund/`, {
        ...{ auth, json },
        ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
      });

    test('nothing is for sale by default', async () => {
      const api = testApi(engine(), { payments: noPayments });
      const { auth } = await newAccount(api);
      const listed = await ask(api, 'GET', '/api/packages/', { auth });
      expect([listed.status, listed.body]).toEqual([200, { results: [], next: null }]);
      expect((await order(api, auth)).status).toBe(404);
      expect((await send(api, null)).status).toBe(503);
    });

    test('the tokens arrive by the event, once, and never by the order', async () => {
      const { api, auth } = await setUp();
      const listed = await ask(api, 'GET', '/api/packages/', { auth });
      expect(listed.body['results']).toMatchObject([{ id: 'small', bonus_credits: 50 }, { id: 'once' }]);
      const made = await order(api, auth, 'small', 'one');
      expect(made.status).toBe(201);
      const id = made.body['id'] as string;
      expect(made.body).toMatchObject({ status: 'open', checkout_url: `https://pay.example.com/${id}` });
      const again = await order(api, auth, 'small', 'one');
      expect([again.body['id'], again.headers.get('Idempotent-Replayed')]).toEqual([id, 'true']);
      expect((await order(api, auth, 'once', 'one')).status).toBe(422);
      expect(await balance(api, auth)).toMatchObject({ tokens: 4000 });
      const outcomes = [await send(api, factOf(id)), await send(api, factOf(id))];
      expect(outcomes.map(({ body }) => body['outcome'])).toEqual(['applied', 'seen']);
      expect(await balance(api, auth)).toMatchObject({ tokens: 5050 });
      const read = await ask(api, 'GET', `/api/orders/${id}/`, { auth });
      expect(read.body).toMatchObject({ status: 'paid', checkout_url: null, refunded: 0 });
      const list = await ask(api, 'GET', '/api/orders/', { auth });
      expect(list.body['results']).toEqual([read.body]);
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.body['orders']).toEqual([read.body]);
    });

    test('the limit of a package, an unknown package, and a provider that fails reject an order', async () => {
      const { api, auth, payments } = await setUp();
      expect((await order(api, auth, 'unknown')).body['code']).toBe('not_found');
      payments.fails = true;
      const failed = await order(api, auth, 'once', 'key');
      expect([failed.status, failed.body['code']]).toEqual([502, 'payment_failed']);
      payments.fails = false;
      expect((await order(api, auth, 'once', 'key')).status).toBe(201);
      const limited = await order(api, auth, 'once');
      expect([limited.status, limited.body['code']]).toEqual([409, 'package_limit_reached']);
    });

    test('an event is refused, repeated, ignored or shown to administrators', async () => {
      const { api, auth } = await setUp();
      const { body } = await order(api, auth);
      const id = body['id'] as string;
      const wrong = await send(api, factOf(id), 'wrong');
      expect([wrong.status, wrong.body['code']]).toEqual([400, 'invalid_signature']);
      const early = await send(api, factOf(id, { kind: 'refunded', id: 're' }));
      expect([early.status, early.body['code']]).toEqual([409, 'payment_pending']);
      const text = { raw: '{}', headers: { 'Content-Type': 'text/plain', 'x-signature': 'valid' } };
      expect((await ask(api, 'POST', '/api/payments/webhook/', text)).status).toBe(415);
      expect((await send(api, null)).body).toEqual({ outcome: 'ignored' });
      expect((await send(api, factOf('of another program'))).body).toEqual({ outcome: 'ignored' });
      const odd = await send(api, factOf(id, { id: 'odd', paymentId: 'odd', amount: 999 }));
      expect(odd.body).toEqual({ outcome: 'rejected' });
      expect(await balance(api, auth)).toMatchObject({ tokens: 4000 });
      const admin = await newAdmin(api);
      const shown = await ask(api, 'GET', '/api/admin/payments/problems/', { auth: admin.auth });
      const problems = shown.body['results'] as { reason: string; order_id: string | null }[];
      expect(problems).toContainEqual(expect.objectContaining({ reason: 'wrong_amount', order_id: id }));
      expect(problems.map(({ reason }) => reason)).toContain('invalid_signature');
    });

    test('of refunds with the same key, at once or later, one pays back', async () => {
      const { api, auth } = await setUp();
      const id = await buy(api, auth);
      const admin = await newAdmin(api);
      const once = () => refund(api, admin.auth, id, { amount: 300 }, 'one');
      const sent = [...(await Promise.all([once(), once(), once()])), await once()];
      expect(sent.map(({ status, body }) => [status, body['refunded']])).toEqual(Array(4).fill([200, 300]));
      const other = await refund(api, admin.auth, id, { amount: 300 }, 'two');
      expect(other.body).toMatchObject({ refunded: 600 });
      const invalid = await refund(api, admin.auth, id, { amount: 100 }, 'x'.repeat(256));
      expect([invalid.status, invalid.body['code']]).toEqual([400, 'invalid_input']);
    });

    test('an administrator refunds an order in parts, which is in the audit log', async () => {
      const { api, auth, userId, payments } = await setUp();
      const id = await buy(api, auth);
      const admin = await newAdmin(api);
      const part = await refund(api, admin.auth, id, { amount: 500 });
      expect(part.body).toMatchObject({ status: 'partially_refunded', refunded: 500, user_id: userId });
      expect(await balance(api, auth)).toMatchObject({ tokens: 4525 });
      const tooMuch = await refund(api, admin.auth, id, { amount: 501 });
      expect([tooMuch.status, tooMuch.body['code']]).toEqual([409, 'not_refundable']);
      payments.fails = true;
      expect((await refund(api, admin.auth, id)).body['code']).toBe('payment_failed');
      payments.fails = false;
      expect((await refund(api, admin.auth, id)).body).toMatchObject({ status: 'refunded', refunded: 1000 });
      expect((await refund(api, admin.auth, id)).status).toBe(409);
      expect((await refund(api, auth, id)).status).toBe(403);
      const query = `?action=refund_requested&actor=${admin.id}`;
      const audit = await ask(api, 'GET', `/api/admin/audit/${query}`, { auth: admin.auth });
      expect((audit.body['results'] as unknown[])[0]).toMatchObject({ user_id: userId, subject_id: id });
      const own = `/api/admin/orders/?user=${userId}`;
      const found = await ask(api, 'GET', own, { auth: admin.auth });
      const me = await ask(api, 'GET', '/api/me/', { auth });
      const { username } = me.body;
      expect(found.body['results']).toMatchObject([{ id, provider: 'scripted', username }]);
      const count = async (query: string) =>
        (await ask(api, 'GET', `${own}&${query}`, { auth: admin.auth })).body['results'] as unknown[];
      expect(await count('status=refunded')).toHaveLength(1);
      expect(await count('status=paid')).toEqual([]);
      expect(await count('to=2001-01-01T00:00:00Z')).toEqual([]);
      expect(await count('from=2001-01-01T00:00:00Z')).toHaveLength(1);
      const table = await ask(api, 'GET', `${own}&format=csv`, { auth: admin.auth });
      const [header, row = '', rest] = table.text.split('\r\n');
      expect(header).toBe(
        'id,created_at,user_id,username,status,package_id,package_name,credits,bonus_credits,price,refunded,currency,' +
          'paid_at,expires_at,provider,payment_id',
      );
      expect(row.split(',').slice(2, 12)).toEqual([
        ...[userId, username, 'refunded', 'small', 'Small', '1000', '50', '10.00', '10.00', 'eur'],
      ]);
      expect(row.split(',').slice(14)).toEqual(['scripted', `pay-${id}`]);
      expect(rest).toBe('');
    });

    test('a debt stops whatever takes tokens, until an administrator or a purchase pays it', async () => {
      const { api, auth, userId } = await setUp();
      const id = await buy(api, auth);
      const admin = await newAdmin(api);
      const change = (amount: number) =>
        ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, {
          ...{ auth: admin.auth, json: { amount, reason: 'why' } },
        });
      await change(-5000);
      await refund(api, admin.auth, id);
      const me = await ask(api, 'GET', '/api/me/', { auth });
      expect(me.body).toMatchObject({ tokens: 0, debt: 1000 });
      const account = await ask(api, 'GET', `/api/admin/users/${userId}/`, { auth: admin.auth });
      expect(account.body).toMatchObject({ debt: 1000 });
      const messages = [{ role: 'user', content: 'Hello' }];
      const metered = { action: 'tool.search', amount: 0 };
      const refused = [
        await chat(api, auth, 'Hello'),
        await ask(api, 'POST', '/v1/chat/completions', { auth, json: { model: 'echo', messages } }),
        await ask(api, 'POST', '/v1/responses', {
          auth,
          json: { model: 'echo', input: 'Hello', store: false },
        }),
        await ask(api, 'POST', '/v1/messages', {
          ...{ auth, headers: { 'anthropic-version': '2023-06-01' } },
          json: { model: 'echo', messages, max_tokens: 9 },
        }),
        await sendUiMessage(api, auth),
        await ask(api, 'POST', `/api/admin/users/${userId}/spend/`, { auth: admin.auth, json: metered }),
        await ask(api, 'POST', `/api/admin/users/${userId}/holds/`, { auth: admin.auth, json: metered }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([402, 402, 402, 402, 402, 402, 402]);
      expect(refused[0]?.body).toMatchObject({ code: 'debt_outstanding', debt: 1000 });
      expect(JSON.stringify(refused[1]?.body)).toContain('debt_outstanding');
      expect((await change(400)).body).toMatchObject({ kind: 'grant', amount: 400 });
      expect((await ask(api, 'GET', '/api/me/', { auth })).body).toMatchObject({ tokens: 0, debt: 600 });
      await buy(api, auth);
      expect((await ask(api, 'GET', '/api/me/', { auth })).body).toMatchObject({ tokens: 450, debt: 0 });
      expect((await chat(api, auth, 'Hello')).status).toBe(200);
    });
  });
}
