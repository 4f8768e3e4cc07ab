import { describe, expect, test } from 'vitest';
import { expectSound, newId } from '../../../../src/testing/accounts.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';
import { newServiceKey } from './service-keys.js';

const hourMs = 60 * 60 * 1000;
const inOneHour = () => new Date(Date.now() + hourMs).toISOString();

interface LotBody {
  id: string;
  kind: string;
  amount: number;
  left: number;
  priority: number;
  expires_at: string | null;
  created_at: string;
}

/** An account, an administrator, and ways to grant and to look. */
async function setUp(api: TestApi) {
  const [account, admin] = [await newAccount(api), await newAdmin(api)];
  const userId = await idOf(api, account.auth);
  const grant = (json: object, key?: string, auth = admin.auth) =>
    ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, {
      ...{ auth, json: { reason: 'a gift', ...json } },
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    });
  const list = (query = '') => ask(api, 'GET', `/api/tokens/lots/${query}`, { auth: account.auth });
  const listAsAdmin = (query = '', auth = admin.auth) =>
    ask(api, 'GET', `/api/admin/users/${userId}/lots/${query}`, { auth });
  const lots = async (query = '') => (await list(query)).body['results'] as LotBody[];
  const left = async () => (await lots()).map((lot) => [lot.kind, lot.left]);
  const entries = async () =>
    (await ask(api, 'GET', '/api/tokens/entries/', { auth: account.auth })).body['results'] as {
      kind: string;
      amount: number;
      reason: string | null;
    }[];
  return { account, admin, userId, grant, list, listAsAdmin, lots, left, entries };
}

/** The lots of accounts, and grants that make them. */
export function lotsSuite(engine: OpenedEngine): void {
  describe('the lots of an account', () => {
    test('are one, which does not expire, as long as it got credits once', async () => {
      const api = testApi(engine());
      const { account, userId, list, listAsAdmin } = await setUp(api);
      await chat(api, account.auth, 'Hi');
      const { status, body } = await list();
      expect(status).toBe(200);
      expect(body).toEqual({
        results: [
          {
            ...{ id: userId, kind: 'opening', amount: 4000, left: 3900, priority: 50, expires_at: null },
            created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          },
        ],
        next: null,
      });
      expect((await listAsAdmin()).body).toEqual(body);
      await expectSound(engine().stores);
    });

    test('are added by grants, newest first, with their priority and expiry', async () => {
      const api = testApi(engine());
      const { grant, lots, listAsAdmin, list } = await setUp(api);
      const expiresAt = inOneHour();
      const plain = await grant({ amount: 500 });
      const promotion = await grant({ amount: 300, expires_at: expiresAt, priority: 7 });
      expect([plain.status, promotion.status]).toEqual([201, 201]);
      expect(await lots()).toMatchObject([
        {
          id: promotion.body['id'],
          kind: 'grant',
          amount: 300,
          left: 300,
          priority: 7,
          expires_at: expiresAt,
        },
        { id: plain.body['id'], kind: 'grant', amount: 500, left: 500, priority: 20, expires_at: null },
        { kind: 'opening', amount: 4000, left: 4000, priority: 50, expires_at: null },
      ]);
      expect((await listAsAdmin()).text).toBe((await list()).text);
    });

    test('are spent by priority, then by expiry, then by age; what is held is still left', async () => {
      const api = testApi(engine());
      const { account, userId, grant, left } = await setUp(api);
      await grant({ amount: 60 });
      await grant({ amount: 60, expires_at: inOneHour() });
      await grant({ amount: 60, priority: 900 });
      await chat(api, account.auth, 'Hi');
      expect(await left()).toEqual([
        ['grant', 60],
        ['grant', 0],
        ['grant', 20],
        ['opening', 4000],
      ]);
      await api.core.metering.reserve({ userId, action: 'image.generate', amount: 50 });
      expect(await balance(api, account.auth)).toMatchObject({ tokens: 4030, held: 50 });
      expect((await left()).reduce((sum, [, credits]) => sum + Number(credits), 0)).toBe(4080);
      await expectSound(engine().stores);
    });

    test('that have expired cannot be spent, and leave by an entry with the reason of the grant', async () => {
      const api = testApi(engine());
      const { account, userId, grant, lots, entries } = await setUp(api);
      await grant({ amount: -3900 });
      await grant({ amount: 250, reason: 'spring', expires_at: inOneHour() });
      expect((await chat(api, account.auth, 'Hi')).body).toMatchObject({ remaining_tokens: 250 });
      await engine().ageLots(userId, 2 * hourMs);
      const refused = await chat(api, account.auth, 'Hi');
      expect([refused.status, refused.body['code']]).toEqual([200, undefined]);
      expect(refused.body).toMatchObject({ remaining_tokens: 0 });
      expect((await chat(api, account.auth, 'Hi')).body).toMatchObject({
        ...{ code: 'insufficient_tokens', remaining_tokens: 0, required_tokens: 100 },
      });
      expect(await entries()).toMatchObject([
        { kind: 'charge', amount: -100 },
        { kind: 'expiry', amount: -150, reason: 'spring' },
        { kind: 'charge', amount: -100 },
        { kind: 'grant', amount: 250, reason: 'spring' },
        { kind: 'adjustment', amount: -3900 },
        { kind: 'grant', amount: 4000 },
      ]);
      expect(await lots('?left=true')).toEqual([]);
      expect((await lots()).map(({ kind, left }) => [kind, left])).toEqual([
        ['grant', 0],
        ['opening', 0],
      ]);
      await expectSound(engine().stores);
    });

    test('with something left can be asked for alone, in pages that go on', async () => {
      const api = testApi(engine());
      const { account, grant, list, listAsAdmin, lots } = await setUp(api);
      for (const amount of [100, 200, 300]) await grant({ amount, priority: amount });
      await chat(api, account.auth, 'Hi');
      await chat(api, account.auth, 'Hi');
      for (const page of [list, listAsAdmin]) {
        const first = await page('?limit=2');
        const second = await page(`?limit=2&cursor=${first.body['next'] as string}`);
        const all = [first, second].flatMap(({ body }) => body['results'] as LotBody[]);
        expect(all).toEqual(await lots());
        expect(second.body['next']).toBeNull();
      }
      // The opening lot of 4,000 has the priority 50.
      expect((await lots('?left=true')).map(({ amount, left }) => [amount, left])).toEqual([
        [300, 300],
        [200, 200],
        [100, 100],
        [4000, 3800],
      ]);
      await grant({ amount: -3800, lot_id: (await lots()).at(-1)?.id });
      expect(await lots('?left=true&limit=1')).toMatchObject([{ amount: 300 }]);
      expect((await lots('?left=true')).map(({ amount }) => amount)).toEqual([300, 200, 100]);
      for (const query of ['?left=false', '?left=', '?limit=0', '?cursor=x', '?kind=grant']) {
        expect((await list(query)).status, query).toBe(400);
        expect((await listAsAdmin(query)).status, query).toBe(400);
      }
    });

    test('lose what is removed: from the named lot first, then in the order in which they are spent', async () => {
      const api = testApi(engine());
      const { grant, lots, left } = await setUp(api);
      const { body: first } = await grant({ amount: 50 });
      const { body: second } = await grant({ amount: 70 });
      const removed = await grant({ amount: -90, lot_id: String(second['id']).toUpperCase() });
      expect(removed.body).toMatchObject({ kind: 'adjustment', amount: -90, balance_after: 4030 });
      expect(await left()).toEqual([
        ['grant', 0],
        ['grant', 30],
        ['opening', 4000],
      ]);
      await grant({ amount: -10 });
      expect((await lots()).find(({ id }) => id === first['id'])).toMatchObject({ left: 20 });
      await expectSound(engine().stores);
    });

    test.each([
      [{ amount: 5, expires_at: '2001-01-01T00:00:00Z' }, 'expires_at'],
      [{ amount: 5, expires_at: 'tomorrow' }, 'expires_at'],
      [{ amount: 5, expires_at: 1_900_000_000 }, 'expires_at'],
      [{ amount: -5, expires_at: '2999-01-01T00:00:00Z' }, 'expires_at'],
      [{ amount: 5, priority: -1 }, 'priority'],
      [{ amount: 5, priority: 1001 }, 'priority'],
      [{ amount: 5, priority: 1.5 }, 'priority'],
      [{ amount: 5, priority: '1' }, 'priority'],
      [{ amount: -5, priority: 1 }, 'priority'],
      [{ amount: 5, lot_id: newId() }, 'lot_id'],
      [{ amount: -5, lot_id: newId() }, 'lot_id'],
      [{ amount: -5, lot_id: 'newest' }, 'lot_id'],
    ])('are not changed by %j', async (json, field) => {
      const api = testApi(engine());
      const { account, grant, left } = await setUp(api);
      const rejected = await grant(json);
      expect([rejected.status, rejected.body['code']]).toEqual([400, 'invalid_input']);
      expect(Object.keys(rejected.body['errors'] as object)).toEqual([field]);
      expect(await balance(api, account.auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await left()).toEqual([['opening', 4000]]);
    });

    test('of another account are not taken from', async () => {
      const api = testApi(engine());
      const [one, other] = [await setUp(api), await setUp(api)];
      const { body } = await other.grant({ amount: 50 });
      const rejected = await one.grant({ amount: -5, lot_id: body['id'] });
      expect([rejected.status, Object.keys(rejected.body['errors'] as object)]).toEqual([400, ['lot_id']]);
      expect(await other.left()).toEqual([
        ['grant', 50],
        ['opening', 4000],
      ]);
    });

    test('are added once for a repeated Idempotency-Key; another expiry or priority is 422', async () => {
      const api = testApi(engine());
      const { grant, left } = await setUp(api);
      const json = { amount: 50, expires_at: inOneHour(), priority: 5 };
      const first = await grant(json, 'k');
      const again = await grant(json, 'k');
      expect(again.text).toBe(first.text);
      expect(again.headers.get('Idempotent-Replayed')).toBe('true');
      for (const other of [{ priority: 6 }, { priority: null }, { expires_at: null }]) {
        const reused = await grant({ ...json, ...other }, 'k');
        expect([reused.status, reused.body['code']]).toEqual([422, 'idempotency_key_reused']);
      }
      expect(await left()).toEqual([
        ['grant', 50],
        ['opening', 4000],
      ]);
    });

    test('are seen by their owner, administrators and service keys that read, and changed by those that grant', async () => {
      const api = testApi(engine());
      const { account, admin, grant, list, listAsAdmin } = await setUp(api);
      const json = { name: 'a program' };
      const keyOf = async (auth: string) =>
        (await ask(api, 'POST', '/api/keys/', { auth, json })).body['key'] as string;
      const [reads, grants, meters] = [
        await newServiceKey(api, 'read'),
        await newServiceKey(api, 'grants'),
        await newServiceKey(api, 'metering'),
      ];
      const statuses = async (auth: string) => [
        (await ask(api, 'GET', '/api/tokens/lots/', { auth })).status,
        (await listAsAdmin('', auth)).status,
        (await grant({ amount: 1, expires_at: inOneHour() }, undefined, auth)).status,
      ];
      expect(await statuses('mca_nothing')).toEqual([401, 401, 401]);
      expect(await statuses(account.auth)).toEqual([200, 403, 403]);
      expect(await statuses(await keyOf(account.auth))).toEqual([200, 403, 403]);
      expect(await statuses(admin.auth)).toEqual([200, 200, 201]);
      expect(await statuses(await keyOf(admin.auth))).toEqual([200, 200, 201]);
      expect(await statuses(reads)).toEqual([403, 200, 403]);
      expect(await statuses(grants)).toEqual([403, 403, 201]);
      expect(await statuses(meters)).toEqual([403, 403, 403]);
      const results = (await list()).body['results'] as LotBody[];
      expect(results.filter(({ amount }) => amount === 1)).toHaveLength(3);
    });
  });
}
