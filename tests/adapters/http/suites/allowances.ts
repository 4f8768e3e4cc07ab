import { describe, expect, test } from 'vitest';
import { expectSound } from '../../../../src/testing/accounts.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';
import { newServiceKey } from './service-keys.js';

const fullHour = /^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/;

/** Returns a time zone in which it is about noon, so that no period ends meanwhile. */
function zoneNearNoon(): string {
  const hoursToNoon = 12 - new Date().getUTCHours();
  // The signs of these names are reversed: Etc/GMT-3 is three hours ahead of UTC.
  return `Etc/GMT${hoursToNoon > 0 ? '-' : '+'}${Math.abs(hoursToNoon)}`;
}

/** An account without credits of its own, an administrator, and ways to set and to look. */
async function setUp(api: TestApi) {
  const [account, admin] = [await newAccount(api), await newAdmin(api)];
  const userId = await findId(api, admin.auth, account.username);
  const path = `/api/admin/users/${userId}/allowance/`;
  const of = async (auth: string, method: string, json?: unknown) => ask(api, method, path, { auth, json });
  return {
    ...{ account, admin, userId, of },
    read: () => of(admin.auth, 'GET'),
    set: (json: unknown) => of(admin.auth, 'PUT', json),
    remove: () => of(admin.auth, 'DELETE'),
    own: async () => (await ask(api, 'GET', '/api/me/', { auth: account.auth })).body['allowance'],
    tokens: async () => (await balance(api, account.auth))['tokens'],
    kinds: async () => {
      const { body } = await ask(api, 'GET', '/api/tokens/entries/', { auth: account.auth });
      return (body['results'] as { kind: string; amount: number }[]).map(
        ({ kind, amount }) => `${kind} ${amount}`,
      );
    },
  };
}

/** The id of an account, which is not used by this. */
async function findId(api: TestApi, auth: string, username: string): Promise<string> {
  const { body } = await ask(api, 'GET', `/api/admin/users/?q=${username}`, { auth });
  const found = (body['results'] as { id: string; username: string }[]).find(
    (user) => user.username === username,
  );
  return found?.id ?? '';
}

/** Allowances of accounts, by default and by account. */
export function allowancesSuite(engine: OpenedEngine): void {
  const apiWith = (policy: TestApiOptions['policy'] = {}) =>
    testApi(engine(), { policy: { startingCredits: 0, timeZone: zoneNearNoon(), ...policy } });
  const monthly = { allowance: { amount: 300, every: 'month' } } as const;

  describe('an allowance', () => {
    test('is none, unless one is set', async () => {
      const { read, own, tokens, kinds } = await setUp(apiWith());
      const none = { amount: 0, every: null, renews_at: null, is_default: true };
      expect([(await read()).status, (await read()).body]).toEqual([200, none]);
      expect(await own()).toBeNull();
      expect(await tokens()).toBe(0);
      expect(await kinds()).toEqual([]);
    });

    test('by default is given by the first use of an account, once, and seen with its end', async () => {
      const api = apiWith(monthly);
      const { account, read, own, kinds, tokens } = await setUp(api);
      const renewsAt = (await read()).body['renews_at'] as string;
      expect(renewsAt).toMatch(fullHour);
      expect(new Date(renewsAt).getTime()).toBeGreaterThan(Date.now());
      expect((await read()).body).toEqual({
        ...{ amount: 300, every: 'month', renews_at: renewsAt, is_default: true },
      });
      const replies = await Promise.all(Array.from({ length: 5 }, () => chat(api, account.auth, 'Hi')));
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 402, 402]);
      expect(await own()).toEqual({ amount: 300, every: 'month', renews_at: renewsAt });
      expect(await tokens()).toBe(0);
      expect((await kinds()).filter((kind) => kind.startsWith('allowance'))).toEqual(['allowance 300']);
      const lots = await ask(api, 'GET', '/api/tokens/lots/', { auth: account.auth });
      expect(lots.body['results']).toMatchObject([
        { kind: 'allowance', amount: 300, left: 0, priority: 10, expires_at: renewsAt },
      ]);
      await expectSound(engine().stores);
    });

    test('is given by reading the own balance, but not by what an administrator reads', async () => {
      const api = apiWith(monthly);
      const { admin, userId, tokens, kinds } = await setUp(api);
      for (const target of ['', 'lots/', 'allowance/', 'caps/']) {
        const { status } = await ask(api, 'GET', `/api/admin/users/${userId}/${target}`, {
          auth: admin.auth,
        });
        expect(status).toBe(200);
      }
      const listed = await ask(api, 'GET', `/api/admin/users/?q=${userId}`, { auth: admin.auth });
      expect(listed.status).toBe(200);
      const entries = await ask(api, 'GET', `/api/admin/entries/?user=${userId}`, { auth: admin.auth });
      expect(entries.body['results']).toEqual([]);
      expect(await tokens()).toBe(300);
      expect(await kinds()).toEqual(['allowance 300']);
    });

    test('is given by the first charge of a program, too', async () => {
      const api = apiWith(monthly);
      const { userId, kinds } = await setUp(api);
      const auth = await newServiceKey(api, 'metering');
      const json = { action: 'image.generate', amount: 120 };
      const spent = await ask(api, 'POST', `/api/admin/users/${userId}/spend/`, { auth, json });
      expect([spent.status, spent.body['balance']]).toEqual([201, 180]);
      expect(await kinds()).toEqual(['charge -120', 'allowance 300']);
    });

    test('of one account replaces the default, from its next use on; what was given stays', async () => {
      const { set, read, own, remove, tokens, kinds } = await setUp(apiWith(monthly));
      const put = await set({ amount: 70, every: 'day' });
      expect(put.status).toBe(200);
      const renewsAt = expect.stringMatching(fullHour) as string;
      const daily = { amount: 70, every: 'day', renews_at: renewsAt };
      expect(put.body).toEqual({ ...daily, is_default: false });
      expect((await read()).body).toEqual(put.body);
      expect(await tokens()).toBe(70);
      expect(await own()).toEqual(daily);
      expect((await set({ amount: 500, every: 'day' })).status).toBe(200);
      expect(await tokens()).toBe(70);
      expect((await remove()).status).toBe(204);
      expect((await read()).body).toMatchObject({ amount: 300, every: 'month', is_default: true });
      expect(await tokens()).toBe(370);
      expect((await remove()).status).toBe(204);
      expect(await kinds()).toEqual(['allowance 300', 'allowance 70']);
      await expectSound(engine().stores);
    });

    test('of 0 means none, whatever the default is', async () => {
      const { set, own, tokens } = await setUp(apiWith(monthly));
      const put = await set({ amount: 0, every: 'month' });
      expect(put.body).toEqual({ amount: 0, every: null, renews_at: null, is_default: false });
      expect(await own()).toBeNull();
      expect(await tokens()).toBe(0);
    });

    test('leaves at the end of its period, by an entry', async () => {
      const api = apiWith(monthly);
      const { account, userId, tokens, kinds } = await setUp(api);
      await chat(api, account.auth, 'Hi');
      await engine().ageLots(userId, 32 * 24 * 60 * 60 * 1000);
      expect(await tokens()).toBe(0);
      expect(await kinds()).toEqual(['expiry -200', 'charge -100', 'allowance 300']);
      await expectSound(engine().stores);
    });

    test('follows the days of the time zone', async () => {
      const { set } = await setUp(apiWith({ timeZone: 'Asia/Kolkata' }));
      const { body } = await set({ amount: 5, every: 'day' });
      expect(body['renews_at']).toMatch(/T18:30:00\.000Z$/);
    });

    test.each([
      [{}, ['amount', 'every']],
      [{ amount: -1, every: 'day' }, ['amount']],
      [{ amount: 0.5, every: 'day' }, ['amount']],
      [{ amount: 2 ** 53, every: 'day' }, ['amount']],
      [{ amount: '5', every: 'day' }, ['amount']],
      [{ amount: 5, every: 'hour' }, ['every']],
      [{ amount: 5, every: 'DAY' }, ['every']],
      [{ amount: 5, every: null }, ['every']],
    ])('is not set to %j', async (json, fields) => {
      const { set, read } = await setUp(apiWith());
      const rejected = await set(json);
      expect([rejected.status, rejected.body['code']]).toEqual([400, 'invalid_input']);
      expect(Object.keys(rejected.body['errors'] as object).sort()).toEqual(fields);
      expect((await read()).body).toMatchObject({ amount: 0, is_default: true });
    });

    test('is read and changed by administrators only; a service key that reads sees it', async () => {
      const api = apiWith();
      const { account, admin, of } = await setUp(api);
      const statuses = async (auth: string) => [
        (await of(auth, 'GET')).status,
        (await of(auth, 'PUT', { amount: 5, every: 'day' })).status,
        (await of(auth, 'DELETE')).status,
      ];
      expect(await statuses('mca_nothing')).toEqual([401, 401, 401]);
      expect(await statuses(account.auth)).toEqual([403, 403, 403]);
      expect(await statuses(await newServiceKey(api, 'read'))).toEqual([200, 403, 403]);
      expect(await statuses(await newServiceKey(api, 'grants', 'metering'))).toEqual([403, 403, 403]);
      expect(await statuses(admin.auth)).toEqual([200, 200, 204]);
    });

    test('is changed with a line in the audit log', async () => {
      const api = apiWith();
      const { admin, userId, set, remove } = await setUp(api);
      await set({ amount: 5, every: 'day' });
      await remove();
      const query = `?action=allowance_changed&actor=${admin.id}`;
      const { body } = await ask(api, 'GET', `/api/admin/audit/${query}`, { auth: admin.auth });
      expect(body['results']).toMatchObject([{ user_id: userId }, { user_id: userId }]);
    });

    test('is for accounts that exist', async () => {
      const api = apiWith(monthly);
      const { account, of, admin } = await setUp(api);
      const json = { current_password: account.password };
      expect((await ask(api, 'DELETE', '/api/me/', { auth: account.auth, json })).status).toBe(204);
      const statuses = [
        await of(admin.auth, 'GET'),
        await of(admin.auth, 'PUT', { amount: 5, every: 'day' }),
        await of(admin.auth, 'DELETE'),
      ].map(({ status }) => status);
      expect(statuses).toEqual([404, 404, 404]);
    });
  });
}
