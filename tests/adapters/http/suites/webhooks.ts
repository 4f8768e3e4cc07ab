import { describe, expect, test } from 'vitest';
import { maxEndpoints } from '../../../../src/domain/events/webhook.js';
import { newOrder } from '../../../../src/testing/order-store/view.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const path = '/api/admin/webhooks/';
const endpoint = { url: 'https://example.com/events', types: ['credits.granted', 'account.created'] };

async function create(api: TestApi, auth: string, json: Record<string, unknown> = {}) {
  return ask(api, 'POST', path, { auth, json: { ...endpoint, ...json } });
}

async function keyOf(api: TestApi, auth: string): Promise<string> {
  const created = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a script' } });
  return created.body['key'] as string;
}

/** Webhook endpoints of administrators, the notifications of accounts, and the test checkout. */
export function webhooksSuite(engine: OpenedEngine): void {
  describe('webhook endpoints', () => {
    test('an administrator creates, changes, tests and deletes one; its secret is shown once', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const created = await create(api, auth);
      expect(created.status).toBe(201);
      expect(created.body['secret']).toMatch(/^whsec_/);
      const own = `${path}${created.body['id'] as string}/`;
      const list = await ask(api, 'GET', path, { auth });
      expect(list.text).toContain(created.body['id'] as string);
      expect(list.text).not.toContain(created.body['secret'] as string);
      const changed = await ask(api, 'PATCH', own, { auth, json: { enabled: false } });
      expect([changed.status, changed.body['enabled']]).toEqual([200, false]);
      expect((await ask(api, 'POST', `${own}test/`, { auth })).status).toBe(200);
      expect((await ask(api, 'GET', `${own}deliveries/`, { auth })).body).toEqual({
        results: [],
        next: null,
      });
      expect((await ask(api, 'DELETE', own, { auth })).status).toBe(204);
      expect((await ask(api, 'DELETE', own, { auth })).status).toBe(404);
    });

    test.each([
      'http://localhost/x',
      'http://127.0.0.1/x',
      'http://[::1]/x',
      'http://169.254.169.254/latest/',
      'ftp://example.com/x',
      'nonsense',
    ])('the address %s is rejected', async (url) => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      expect((await create(api, auth, { url })).status).toBe(400);
    });

    test('an API key of an administrator cannot change them', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const created = await create(api, auth);
      const own = `${path}${created.body['id'] as string}/`;
      const key = await keyOf(api, auth);
      const missing = '01900000-0000-7000-8000-000000000000';
      const attempts = [
        await create(api, key),
        await ask(api, 'PATCH', own, { auth: key, json: { enabled: false } }),
        await ask(api, 'DELETE', own, { auth: key }),
        await ask(api, 'POST', `${own}test/`, { auth: key }),
        await ask(api, 'POST', `${own}deliveries/${missing}/replay/`, { auth: key }),
      ];
      for (const { status, body } of attempts)
        expect([status, body['code']]).toEqual([403, 'session_required']);
    });

    test(`there are at most ${maxEndpoints}`, async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      let last = await create(api, auth);
      for (let count = 1; count <= maxEndpoints && last.status === 201; count += 1)
        last = await create(api, auth);
      expect([last.status, last.body['code']]).toEqual([409, 'too_many_webhooks']);
      const list = await ask(api, 'GET', path, { auth });
      const endpoints = list.body['results'] as { id: string }[];
      expect(endpoints).toHaveLength(maxEndpoints);
      for (const { id } of endpoints) await ask(api, 'DELETE', `${path}${id}/`, { auth });
    });
  });

  test('notifications are changed with a session, field by field', async () => {
    const api = testApi(engine());
    const { auth } = await newAccount(api);
    const own = '/api/me/notifications/';
    const changed = await ask(api, 'PATCH', own, {
      auth,
      json: { low_balance: 700, mail_order_paid: false },
    });
    expect(changed.body).toMatchObject({ low_balance: 700, mail_balance_low: true, mail_order_paid: false });
    const again = await ask(api, 'PATCH', own, { auth, json: { low_balance: null } });
    expect(again.body).toMatchObject({ low_balance: null, mail_order_paid: false });
    expect((await ask(api, 'GET', own, { auth })).body).toEqual(again.body);
    const byKey = await ask(api, 'PATCH', own, { auth: await keyOf(api, auth), json: { low_balance: 5 } });
    expect([byKey.status, byKey.body['code']]).toEqual([403, 'session_required']);
  });

  test('at the test checkout a buyer cannot refund, and an administrator refunds only what is paid', async () => {
    const api = testApi(engine());
    const { auth } = await newAccount(api);
    const order = { ...newOrder(await idOf(api, auth)), provider: 'demo' };
    await api.engine.stores.orderStore.create(order);
    const own = `/api/demo-checkout/${order.id}/`;
    const refunded = await ask(api, 'POST', own, { auth, json: { action: 'refund' } });
    expect([refunded.status, refunded.body['code']]).toEqual([403, 'admin_required']);
    const missing = '/api/demo-checkout/01900000-0000-7000-8000-000000000000/';
    expect((await ask(api, 'POST', missing, { auth, json: { action: 'pay' } })).status).toBe(404);
    const admin = await newAdmin(api);
    const early = await ask(api, 'POST', own, { auth: admin.auth, json: { action: 'refund' } });
    expect([early.status, early.body['code']]).toEqual([409, 'not_refundable']);
  });
}
