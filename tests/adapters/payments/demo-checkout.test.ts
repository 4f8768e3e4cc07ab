import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoPayments } from '../../../src/adapters/payments/demo.js';
import { expectSound } from '../../../src/testing/accounts.js';
import { openEngine, type Engine } from '../http/engines.js';
import { ask, balance, newAccount, newAdmin } from '../http/requests.js';
import { testApi, type TestApi } from '../http/test-api.js';

const hostile = {
  ...{ id: 'small', name: '<img src=x onerror=alert(1)>', credits: 10_000, bonusCredits: 0 },
  ...{ bonusExpiresAfterMs: null, price: 500, currency: 'eur', expiresAfterMs: null, limitPerAccount: null },
};

const publicUrl = 'https://chat.example.test';

/** The API with a test checkout of its own, as after a restart of the server. */
function start(engine: Engine): TestApi {
  const demo = demoPayments();
  return testApi(engine, { payments: demo, demoCheckout: demo, policy: { packages: [hostile], publicUrl } });
}

describe('the test checkout', () => {
  let engine: Engine;
  let api: TestApi;
  beforeAll(async () => {
    engine = await openEngine('memory');
  });
  afterAll(async () => {
    await expectSound(engine.stores);
    await engine.close();
  });
  beforeEach(() => {
    api = start(engine);
  });

  const buy = async () => {
    const account = await newAccount(api);
    const { body } = await ask(api, 'POST', '/api/orders/', {
      auth: account.auth,
      json: { package_id: 'small' },
    });
    return { account, id: String(body['id']), url: String(body['checkout_url']) };
  };
  const act = (auth: string, id: string, action: string) =>
    ask(api, 'POST', `/api/demo-checkout/${id}/`, { auth, json: { action } });

  test('is paid by the person who ordered, once, and also after a restart', async () => {
    const { account, id, url } = await buy();
    expect(url).toBe(`${publicUrl}/demo-checkout?order=${id}`);
    expect((await act(account.auth, id, 'decline')).body).toMatchObject({ status: 'open' });
    api = start(engine);
    const paid = await Promise.all([1, 2, 3].map(() => act(account.auth, id, 'pay')));
    for (const { status } of paid) expect([200, 409]).toContain(status);
    expect(await balance(api, account.auth)).toMatchObject({ tokens: 14_000 });
    expect((await act(account.auth, id, 'pay')).status).toBe(409);
    expect(await balance(api, account.auth)).toMatchObject({ tokens: 14_000 });
  });

  test.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/base/demo-checkout'],
    ['http://[::1]:8000', 'http://[::1]:8000/base/demo-checkout'],
    ['http://localhost:8000', 'http://localhost:8000/base/demo-checkout'],
    ['http://127.0.0.1:9000', 'http://localhost:8000/base/demo-checkout'],
    ['https://127.0.0.1:8000', 'http://localhost:8000/base/demo-checkout'],
    ['http://127.0.0.1.example.com:8000', 'http://localhost:8000/base/demo-checkout'],
    ['https://elsewhere.example', 'http://localhost:8000/base/demo-checkout'],
    ['null', 'http://localhost:8000/base/demo-checkout'],
  ])(
    'is at the name of the own machine by which the browser came, and at no other: %s',
    async (Origin, at) => {
      const demo = demoPayments();
      const local = testApi(engine, {
        ...{ payments: demo, demoCheckout: demo },
        policy: { packages: [hostile], publicUrl: 'http://localhost:8000/base' },
      });
      const { auth } = await newAccount(local);
      const json = { package_id: 'small' };
      const { body } = await ask(local, 'POST', '/api/orders/', { auth, json, headers: { Origin } });
      expect(body['checkout_url']).toBe(`${at}?order=${String(body['id'])}`);
    },
  );

  test('is at the public URL, whatever name the browser states', async () => {
    const { auth } = await newAccount(api);
    const headers = { Origin: 'http://127.0.0.1:8000' };
    const { body } = await ask(api, 'POST', '/api/orders/', { auth, json: { package_id: 'small' }, headers });
    expect(body['checkout_url']).toBe(`${publicUrl}/demo-checkout?order=${String(body['id'])}`);
  });

  test('says how many decimals the price has', async () => {
    for (const [currency, decimals] of [
      ['eur', 2],
      ['jpy', 0],
      ['kwd', 3],
      ['isk', 2],
    ] as const) {
      const demo = demoPayments();
      const packages = [{ ...hostile, currency }];
      const local = testApi(engine, { payments: demo, demoCheckout: demo, policy: { packages } });
      const { auth } = await newAccount(local);
      const made = await ask(local, 'POST', '/api/orders/', { auth, json: { package_id: 'small' } });
      const read = await ask(local, 'GET', `/api/demo-checkout/${String(made.body['id'])}/`, { auth });
      expect([currency, read.body['currency_decimals']]).toEqual([currency, decimals]);
    }
  });

  test('is of no other account', async () => {
    const { id } = await buy();
    const other = await newAccount(api);
    expect((await ask(api, 'GET', `/api/demo-checkout/${id}/`, { auth: other.auth })).status).toBe(404);
    for (const action of ['pay', 'decline']) expect((await act(other.auth, id, action)).status).toBe(404);
    expect((await ask(api, 'GET', `/api/demo-checkout/${id}/`)).status).toBe(401);
  });

  test('lets only administrators refund and dispute', async () => {
    const { account, id } = await buy();
    await act(account.auth, id, 'pay');
    for (const action of ['refund', 'dispute', 'win_dispute', 'lose_dispute'])
      expect((await act(account.auth, id, action)).status).toBe(403);
    const admin = await newAdmin(api);
    expect((await act(admin.auth, id, 'dispute')).body).toMatchObject({ status: 'disputed' });
    expect((await act(admin.auth, id, 'lose_dispute')).body).toMatchObject({ status: 'dispute_lost' });
    expect(await balance(api, account.auth)).toMatchObject({ tokens: 4000 });
    const second = await buy();
    await act(second.account.auth, second.id, 'pay');
    expect((await act(admin.auth, second.id, 'refund')).body).toMatchObject({
      status: 'refunded',
      actions: [],
    });
    expect(await balance(api, second.account.auth)).toMatchObject({ tokens: 4000 });
  });

  test('has a page without inline scripts, which says that it is a test', async () => {
    const page = await ask(api, 'GET', '/demo-checkout?order=%3Cscript%3E');
    expect(page.status).toBe(200);
    expect(page.text).toContain('This is a test.');
    expect(page.text).not.toMatch(
      /<script(?!( type="module"( blocking="render")?)? src="account\/)|onerror|%3Cscript/,
    );
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    const script = await ask(api, 'GET', '/account/demo-checkout.js');
    expect(script.text).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
  });

  test('does not exist if payments are no tests', async () => {
    const { account, id } = await buy();
    const other = testApi(engine, { demoCheckout: null, policy: { packages: [hostile] } });
    for (const path of ['/demo-checkout', `/api/demo-checkout/${id}/`])
      expect((await ask(other, 'GET', path, { auth: account.auth })).status).toBe(404);
  });

  test('accepts no event that it has not made itself', async () => {
    const { account, id } = await buy();
    const raw = JSON.stringify({
      kind: 'paid',
      id: 'x',
      orderId: id,
      paymentId: 'x',
      amount: 500,
      currency: 'eur',
    });
    for (const signature of ['', `t=${Date.now()},v1=${'0'.repeat(64)}`]) {
      const headers = { 'Content-Type': 'application/json', 'demo-signature': signature };
      expect((await ask(api, 'POST', '/api/payments/webhook/', { raw, headers })).status).toBe(400);
    }
    expect(await balance(api, account.auth)).toMatchObject({ tokens: 4000 });
  });
});
