import { describe, expect, test } from 'vitest';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import { expectSound, newId } from '../../../../src/testing/accounts.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, idOf, newAccount, newAdmin, until } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { newServiceKey } from './service-keys.js';

const image = { action: 'image.generate', amount: 40 };

/** A program with a service key, and an account that it meters. */
async function setUp(api: TestApi) {
  const account = await newAccount(api);
  const userId = await idOf(api, account.auth);
  const auth = await newServiceKey(api, 'metering');
  const post = (path: string, json?: unknown, key?: string) =>
    ask(api, 'POST', `/api/admin/${path}`, {
      ...{ auth, json },
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    });
  return {
    ...{ account, userId, auth, post },
    spend: (json: unknown, key?: string) => post(`users/${userId}/spend/`, json, key),
    hold: (json: unknown, key?: string) => post(`users/${userId}/holds/`, json, key),
    holdId: async (json: object = image) => (await post(`users/${userId}/holds/`, json)).body['id'] as string,
    end: (how: 'settle' | 'renew' | 'release', id: string, json?: unknown, key?: string) =>
      post(`holds/${id}/${how}/`, json, key),
    entries: async () =>
      (await ask(api, 'GET', '/api/tokens/entries/', { auth: account.auth })).body['results'] as Record<
        string,
        unknown
      >[],
    tokens: () => balance(api, account.auth),
  };
}

/** Metering of anything over HTTP. */
export function meteringSuite(engine: OpenedEngine): void {
  describe('metering', () => {
    test('a known price is spent at once, with an entry that says what for', async () => {
      const api = testApi(engine());
      const { userId, spend, entries, tokens } = await setUp(api);
      const details = { size: '1024x1024', seeds: [1, -2.5, null], nested: { 'ключ "1"': true } };
      const spent = await spend({ ...image, units: 3, details });
      expect(spent.status).toBe(201);
      expect(spent.headers.get('Idempotent-Replayed')).toBeNull();
      expect(spent.body).toEqual({
        ...{ id: expect.any(String) as string, user_id: userId, action: 'image.generate' },
        ...{ status: 'settled', held: 40, charged: 40, uncollected: 0, balance: 3960 },
      });
      expect(await tokens()).toMatchObject({ tokens: 3960, held: 0 });
      expect((await entries())[0]).toMatchObject({
        ...{ kind: 'charge', amount: -40, balance_after: 3960, chat_id: null, hold_id: spent.body['id'] },
        ...{ action: 'image.generate', units: 3, details },
      });
      await expectSound(engine().stores);
    });

    test('credits are held and then settled by what it cost; the rest returns', async () => {
      const api = testApi(engine());
      const { userId, hold, end, entries, tokens } = await setUp(api);
      const held = await hold({ ...image, ttl_seconds: 60, details: { prompt: 'a cat' } });
      expect(held.status).toBe(201);
      const about = {
        id: held.body['id'],
        user_id: userId,
        action: 'image.generate',
        held: 40,
        uncollected: 0,
      };
      expect(held.body).toEqual({ ...about, status: 'open', charged: 0, balance: 3960 });
      expect(await tokens()).toMatchObject({ tokens: 3960, held: 40 });
      const renewed = await end('renew', String(about.id), { ttl_seconds: 600 });
      expect([renewed.status, renewed.body]).toEqual([200, held.body]);
      const settled = await end('settle', String(about.id), { amount: 28, units: 1 });
      expect([settled.status, settled.body]).toEqual([
        200,
        { ...about, status: 'settled', charged: 28, balance: 3972 },
      ]);
      expect(await tokens()).toMatchObject({ tokens: 3972, held: 0 });
      expect((await entries())[0]).toMatchObject({
        ...{ kind: 'charge', amount: -28, balance_after: 3972, chat_id: null, hold_id: about.id },
        ...{ action: 'image.generate', units: 1, details: { prompt: 'a cat' } },
      });
    });

    test('a released hold returns whole, with no entry', async () => {
      const api = testApi(engine());
      const { holdId, end, entries, tokens } = await setUp(api);
      const released = await end('release', await holdId());
      expect(released.status).toBe(200);
      expect(released.body).toMatchObject({ status: 'released', held: 40, charged: 0, balance: 4000 });
      expect(await tokens()).toMatchObject({ tokens: 4000, held: 0 });
      expect(await entries()).toHaveLength(1);
    });

    test('a settlement above the hold takes the rest from the balance, and says what it did not cover', async () => {
      const api = testApi(engine());
      const { holdId, end, tokens } = await setUp(api);
      const above = await end('settle', await holdId(), { amount: 100 });
      expect(above.body).toMatchObject({ held: 40, charged: 100, uncollected: 0, balance: 3900 });
      const beyond = await end('settle', await holdId(), { amount: 5000 });
      expect(beyond.body).toMatchObject({ held: 40, charged: 3900, uncollected: 1100, balance: 0 });
      expect(await tokens()).toMatchObject({ tokens: 0, held: 0 });
      await expectSound(engine().stores);
    });

    test('what the balance does not cover is 402, and changes nothing', async () => {
      const api = testApi(engine());
      const { spend, hold, tokens, entries } = await setUp(api);
      for (const refused of [
        await spend({ ...image, amount: 4001 }),
        await hold({ ...image, amount: 4001 }),
        await spend({ ...image, amount: 2 ** 53 - 1 }),
        await hold({ ...image, amount: 2 ** 53 - 1 }),
      ]) {
        expect([refused.status, refused.body['code']]).toEqual([402, 'insufficient_tokens']);
        expect(refused.body).toMatchObject({ remaining_tokens: 4000 });
      }
      expect(await tokens()).toMatchObject({ tokens: 4000, held: 0 });
      expect(await entries()).toHaveLength(1);
      expect((await spend({ ...image, amount: 4000 })).body).toMatchObject({ balance: 0 });
      expect((await spend({ ...image, amount: 0 })).body).toMatchObject({ charged: 0, balance: 0 });
    });

    test('what a cap does not allow is 402, and a settlement takes no more than it allows', async () => {
      const api = testApi(engine());
      const { userId, spend, hold, holdId, end, tokens } = await setUp(api);
      const { auth } = await newAdmin(api);
      const json = { scope: 'account', window: 'total', limit: 100 };
      await ask(api, 'POST', `/api/admin/users/${userId}/caps/`, { auth, json });
      const id = await holdId();
      for (const refused of [await spend({ ...image, amount: 61 }), await hold({ ...image, amount: 61 })]) {
        expect([refused.status, refused.body['code']]).toEqual([402, 'cap_reached']);
      }
      const settled = await end('settle', id, { amount: 150 });
      expect(settled.body).toMatchObject({ charged: 100, uncollected: 50, balance: 3900 });
      expect((await spend({ ...image, amount: 1 })).body['code']).toBe('cap_reached');
      expect(await tokens()).toMatchObject({ tokens: 3900, held: 0 });
      await expectSound(engine().stores);
    });

    test('a hold that has ended is 409, which says how it ended', async () => {
      const api = testApi(engine());
      const { holdId, end } = await setUp(api);
      const [settled, released] = [await holdId(), await holdId()];
      await end('settle', settled, { amount: 1 });
      await end('release', released);
      for (const [id, way] of [
        [settled, 'settled'],
        [released, 'released'],
      ] as const) {
        for (const refused of [
          await end('settle', id, { amount: 1 }),
          await end('release', id),
          await end('renew', id, { ttl_seconds: 60 }),
        ]) {
          expect([refused.status, refused.body['code']]).toEqual([409, 'hold_ended']);
          expect(refused.body['detail']).toContain(way);
        }
      }
    });

    test('a hold whose deadline is past cannot be charged, and its credits return', async () => {
      const api = testApi(engine());
      const { userId, holdId, end, tokens } = await setUp(api);
      const { holdLedger } = engine().stores;
      const exchangeId = await holdId({ ...image, ttl_seconds: 1 });
      await until(async () => !(await holdLedger.renew({ userId, exchangeId }, 1)));
      for (const refused of [
        await end('settle', exchangeId, { amount: 1 }),
        await end('renew', exchangeId, { ttl_seconds: 60 }),
      ]) {
        expect([refused.status, refused.body['code']]).toEqual([409, 'hold_ended']);
        expect(refused.body['detail']).toContain('expired');
      }
      await holdLedger.expireHolds({ everyOpen: false });
      expect(await tokens()).toMatchObject({ tokens: 4000, held: 0 });
    });

    test('a repeated request gets the first result and changes nothing', async () => {
      const api = testApi(engine());
      const { spend, hold, end, tokens } = await setUp(api);
      const twice = async (call: () => ReturnType<typeof spend>) => {
        const [first, second] = [await call(), await call()];
        expect(first.headers.get('Idempotent-Replayed')).toBeNull();
        expect(second.headers.get('Idempotent-Replayed')).toBe('true');
        expect([second.status, second.body]).toEqual([first.status, first.body]);
        return first;
      };
      await twice(() => spend({ ...image, details: { a: 1, b: 2 } }, 'spend'));
      const held = await twice(() => hold(image, 'hold'));
      await twice(() => end('settle', String(held.body['id']), { amount: 10 }, 'settle'));
      const other = await hold(image, 'other');
      await twice(() => end('release', String(other.body['id']), undefined, 'release'));
      expect(await tokens()).toMatchObject({ tokens: 4000 - 40 - 10, held: 0 });
    });

    test('the order of the fields of details makes no other request', async () => {
      const api = testApi(engine());
      const { spend } = await setUp(api);
      await spend({ ...image, details: { a: 1, b: { c: 2, d: 3 } } }, 'order');
      const again = await spend(
        { amount: 40, details: { b: { d: 3, c: 2 }, a: 1 }, action: image.action },
        'order',
      );
      expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([201, 'true']);
    });

    test('another request with the same key is 422', async () => {
      const api = testApi(engine());
      const { account, spend, hold, end, holdId, tokens } = await setUp(api);
      await spend({ ...image, units: 1 }, 'key');
      const id = await holdId();
      await end('settle', id, { amount: 10 }, 'key');
      const released = await holdId();
      await end('release', released, undefined, 'key');
      for (const refused of [
        await spend(image, 'key'),
        await spend({ ...image, units: 2 }, 'key'),
        await spend({ ...image, units: 1, amount: 41 }, 'key'),
        await spend({ ...image, units: 1, details: {} }, 'key'),
        await hold(image, 'key'),
        await end('settle', id, { amount: 11 }, 'key'),
        await end('release', id, undefined, 'key'),
        await end('settle', released, { amount: 10 }, 'key'),
        await chat(api, account.auth, 'Hello', { key: 'key' }),
      ]) {
        expect([refused.status, refused.body['code']]).toEqual([422, 'idempotency_key_reused']);
      }
      expect(await tokens()).toMatchObject({ tokens: 4000 - 40 - 10, held: 0 });
    });

    test('keys of two accounts are apart, and a refusal keeps none', async () => {
      const api = testApi(engine());
      const [one, other] = [await setUp(api), await setUp(api)];
      expect((await one.spend({ ...image, amount: 4001 }, 'same')).status).toBe(402);
      expect((await one.spend(image, 'same')).headers.get('Idempotent-Replayed')).toBeNull();
      expect((await other.spend(image, 'same')).headers.get('Idempotent-Replayed')).toBeNull();
      expect([await one.tokens(), await other.tokens()]).toMatchObject([{ tokens: 3960 }, { tokens: 3960 }]);
    });

    test('of fifty requests at once with one key, one is done and all get its result', async () => {
      const api = testApi(engine());
      const { spend, hold, end, tokens } = await setUp(api);
      const fifty = async (call: () => ReturnType<typeof spend>) => {
        const responses = await Promise.all(Array.from({ length: 50 }, call));
        expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
        const firsts = responses.filter(({ headers }) => headers.get('Idempotent-Replayed') === null);
        expect(firsts).toHaveLength(1);
        return firsts[0]?.body['id'] as string;
      };
      await fifty(() => spend(image, 'spend'));
      const id = await fifty(() => hold(image, 'hold'));
      await fifty(() => end('settle', id, { amount: 10 }, 'settle'));
      expect(await tokens()).toMatchObject({ tokens: 3950, held: 0 });
    });

    test('of two hundred at once on a balance for 37, exactly 37 spend and hold', async () => {
      const api = testApi(engine());
      const { spend, hold, tokens } = await setUp(api);
      await spend({ ...image, amount: 4000 - 37 * 40 });
      const calls = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? spend(image) : hold(image)));
      const statuses = (await Promise.all(calls)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(37);
      expect(statuses.filter((status) => status === 402)).toHaveLength(163);
      expect(await tokens()).toMatchObject({ tokens: 0 });
      await expectSound(engine().stores);
    });

    test('a hold that is settled, released and renewed at once ends once', async () => {
      const api = testApi(engine());
      const { holdId, end, tokens } = await setUp(api);
      let charged = 0;
      for (let round = 0; round < 10; round += 1) {
        const id = await holdId();
        const responses = await Promise.all([
          ...[1, 2, 3].map((amount) => end('settle', id, { amount })),
          ...[1, 2, 3].map(() => end('release', id)),
          end('renew', id, { ttl_seconds: 60 }),
        ]);
        const ended = responses.filter(({ status, body }) => status === 200 && body['status'] !== 'open');
        expect(ended).toHaveLength(1);
        charged += ended[0]?.body['charged'] as number;
        const refusals = responses.filter(({ status }) => status !== 200);
        for (const { body } of refusals) expect(body['code']).toBe('hold_ended');
      }
      expect(await tokens()).toMatchObject({ tokens: 4000 - charged, held: 0 });
      await expectSound(engine().stores);
    });

    test.each([
      [{ amount: 1 }, ['action']],
      [{ action: 'Image', amount: 1 }, ['action']],
      [{ action: '', amount: 1 }, ['action']],
      [{ action: 'a b', amount: 1 }, ['action']],
      [{ action: 'x'.repeat(65), amount: 1 }, ['action']],
      [{ action: 'chat', amount: 1 }, ['action']],
      [{ action: 'a\n', amount: 1 }, ['action']],
      [{ action: ['a'], amount: 1 }, ['action']],
      [{ action: 'a' }, ['amount']],
      [{ action: 'a', amount: -1 }, ['amount']],
      [{ action: 'a', amount: 1.5 }, ['amount']],
      [{ action: 'a', amount: 2 ** 53 }, ['amount']],
      [{ action: 'a', amount: 1e300 }, ['amount']],
      [{ action: 'a', amount: '1' }, ['amount']],
      [{ action: 'a', amount: null }, ['amount']],
      [{ action: 'a', amount: 1, details: [] }, ['details']],
      [{ action: 'a', amount: 1, details: 'x' }, ['details']],
      [{ action: 'a', amount: 1, details: { a: 'x'.repeat(4096) } }, ['details']],
      [{ action: 'a', amount: 1, details: { a: '\0' } }, ['details.a']],
      [{ action: 'a', amount: 1, details: { '\ud800': 1 } }, ['body']],
      [{ action: 'a', amount: 1, details: nested(9) }, ['details']],
    ])('neither spends nor holds with %j', async (json, fields) => {
      const api = testApi(engine());
      const { spend, hold, tokens } = await setUp(api);
      for (const refused of [await spend(json), await hold(json)]) {
        expect(refused.status).toBe(400);
        expect(Object.keys(refused.body['errors'] as object)).toEqual(fields);
      }
      expect(await tokens()).toMatchObject({ tokens: 4000, held: 0 });
    });

    test.each([0, -1, 1.5, 86_401, 1e300, '60', null])(
      'a hold for %j seconds is 400',
      async (ttl_seconds) => {
        const api = testApi(engine());
        const { hold, end, holdId } = await setUp(api);
        for (const refused of [
          await hold({ ...image, ttl_seconds }),
          await end('renew', await holdId(), { ttl_seconds }),
        ]) {
          expect([refused.status, Object.keys(refused.body['errors'] as object)]).toEqual([
            400,
            ['ttl_seconds'],
          ]);
        }
      },
    );

    test.each([
      [{}, ['amount']],
      [{ amount: -1 }, ['amount']],
      [{ amount: 0.1 }, ['amount']],
      [{ amount: 2 ** 53 }, ['amount']],
      [{ amount: 1, units: -1 }, ['units']],
      [{ amount: 1, units: 1.5 }, ['units']],
      [{ amount: 1, units: 2 ** 53 }, ['units']],
      [{ amount: 1, details: [1] }, ['details']],
    ])('a hold is not settled with %j', async (json, fields) => {
      const api = testApi(engine());
      const { end, holdId, tokens } = await setUp(api);
      const refused = await end('settle', await holdId(), json);
      expect([refused.status, Object.keys(refused.body['errors'] as object)]).toEqual([400, fields]);
      expect(await tokens()).toMatchObject({ tokens: 3960, held: 40 });
    });

    test('details are kept as they were sent, also names that JavaScript treats in a special way', async () => {
      const api = testApi(engine());
      const { userId, auth, entries } = await setUp(api);
      const details =
        '{"__proto__":{"a":1},"constructor":"x","toString":null,"😀":"\\u0001 \\\\ \\"","n":1e21}';
      const raw = `{"action":"a","amount":1,"details":${details}}`;
      const headers = { 'Content-Type': 'application/json' };
      const spent = await ask(api, 'POST', `/api/admin/users/${userId}/spend/`, { auth, raw, headers });
      expect(spent.status).toBe(201);
      const kept = (await entries())[0]?.['details'] as object;
      const sorted = (value: object) =>
        Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
      expect(sorted(kept)).toEqual(sorted(JSON.parse(details) as object));
    });

    test('a chat is no hold of this API, and a hold is no chat', async () => {
      const api = testApi(engine());
      const { account, end, holdId } = await setUp(api);
      const admin = await newAdmin(api);
      const sent = await chat(api, account.auth, 'Hello');
      for (const how of ['settle', 'release', 'renew'] as const) {
        const json = { amount: 1, ttl_seconds: 60 };
        expect((await end(how, String(sent.body['id']), json)).status, how).toBe(404);
        expect((await end(how, newId(), json)).status, how).toBe(404);
      }
      const id = await holdId();
      const { body } = await ask(api, 'GET', '/api/chat/', { auth: account.auth });
      expect(JSON.stringify(body)).not.toContain(id);
      expect((await ask(api, 'GET', `/api/admin/chats/${id}/`, { auth: admin.auth })).status).toBe(404);
    });

    test('an erased account cannot be metered, and its open holds cannot be settled', async () => {
      const api = testApi(engine());
      const { userId, spend, hold, end, holdId } = await setUp(api);
      const id = await holdId();
      const admin = await newAdmin(api);
      await ask(api, 'DELETE', `/api/admin/users/${userId}/`, { auth: admin.auth });
      expect([(await spend(image)).status, (await hold(image)).status]).toEqual([404, 404]);
      expect((await end('settle', id, { amount: 1 })).status).toBe(409);
      await expectSound(engine().stores);
    });

    test('the audit log has each charge, hold and end with the key, and none twice', async () => {
      const api = testApi(engine());
      const { userId, spend, hold, end } = await setUp(api);
      const admin = await newAdmin(api);
      for (let time = 0; time < 2; time += 1) await spend(image, 'spend');
      const held = await hold(image);
      const id = String(held.body['id']);
      await end('renew', id, { ttl_seconds: 60 });
      for (let time = 0; time < 2; time += 1) await end('settle', id, { amount: 1 }, 'settle');
      const other = String((await hold(image)).body['id']);
      await end('release', other);
      const { body } = await ask(api, 'GET', `/api/admin/audit/?subject=${userId}`, { auth: admin.auth });
      const events = (body['results'] as Record<string, unknown>[]).slice(0, 5);
      expect(events.map(({ action }) => action)).toEqual([
        ...['hold_released', 'hold_created', 'hold_settled', 'hold_created', 'credits_spent'],
      ]);
      for (const event of events) {
        expect(event).toMatchObject({ actor_id: null, service_key_id: expect.any(String) as string });
      }
      expect(events.map(({ subject_id: subject }) => subject).slice(0, 4)).toEqual([other, other, id, id]);
    });

    test('an administrator meters with a session and with an API key; another account does not', async () => {
      const api = testApi(engine());
      const { userId, account } = await setUp(api);
      const admin = await newAdmin(api);
      const json = { name: 'of an administrator' };
      const key = (await ask(api, 'POST', '/api/keys/', { auth: admin.auth, json })).body['key'] as string;
      const spend = (auth: string) =>
        ask(api, 'POST', `/api/admin/users/${userId}/spend/`, { auth, json: image });
      expect([(await spend(admin.auth)).status, (await spend(key)).status]).toEqual([201, 201]);
      const own = await spend(account.auth);
      expect([own.status, own.body['code']]).toEqual([403, 'admin_required']);
    });

    test('the requests of a service key that meters are limited, too', async () => {
      const limits = { ...noLimits, requestsByServiceKey: { max: 1, windowMs: 60_000 } };
      const api = testApi(engine(), { policy: { limits } });
      const { spend } = await setUp(api);
      const [first, second] = [await spend(image), await spend(image)];
      expect([first.status, first.headers.get('RateLimit-Remaining')]).toEqual([201, '0']);
      expect(second.status).toBe(429);
    });
  });
}

/** Objects within each other. */
function nested(depth: number): object {
  return depth === 0 ? {} : { deeper: nested(depth - 1) };
}
