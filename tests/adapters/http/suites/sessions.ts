import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

/** Logs in again, and returns both tokens. */
async function signIn(api: TestApi, account: { username: string; password: string }, agent = 'a device') {
  const { username, password } = account;
  const headers = { 'User-Agent': agent };
  const { body } = await ask(api, 'POST', '/api/login/', { json: { username, password }, headers });
  return { auth: body['token'] as string, refreshSecret: body['refresh_token'] as string };
}

const refresh = (api: TestApi, refreshSecret: string) =>
  ask(api, 'POST', '/api/session/refresh/', { json: { refresh_token: refreshSecret } });

const statusOf = async (api: TestApi, auth: string) => (await ask(api, 'GET', '/api/me/', { auth })).status;

/** Going on with sessions, seeing them, ending them. */
export function sessionsSuite(engine: OpenedEngine): void {
  describe('sessions', () => {
    test('a refresh brings a new pair, and the old access token stops working', async () => {
      const api = testApi(engine());
      const old = await signIn(api, await newAccount(api));
      const refreshed = await refresh(api, old.refreshSecret);
      expect(refreshed.status).toBe(200);
      const auth = refreshed.body['token'] as string;
      expect(refreshed.body['refresh_token']).not.toBe(old.refreshSecret);
      expect(Object.keys(refreshed.body).sort()).toEqual(
        ['expires_at', 'refresh_expires_at', 'refresh_token', 'token'].sort(),
      );
      expect(await statusOf(api, old.auth)).toBe(401);
      expect(await statusOf(api, auth)).toBe(200);
    });

    test('two tabs that refresh at once never log each other out, round after round', async () => {
      const api = testApi(engine());
      let { refreshSecret } = await signIn(api, await newAccount(api));
      for (let round = 0; round < 100; round += 1) {
        const [one, two] = await Promise.all([refresh(api, refreshSecret), refresh(api, refreshSecret)]);
        expect([one.status, two.status]).toEqual([200, 200]);
        expect(await statusOf(api, one.body['token'] as string)).toBe(200);
        expect(await statusOf(api, two.body['token'] as string)).toBe(200);
        refreshSecret = (round % 2 === 0 ? one : two).body['refresh_token'] as string;
      }
    });

    test('what is no refresh token is refused alike: unknown, malformed, an access token, of an ended session', async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const { auth, refreshSecret } = await signIn(api, account);
      const unknown = refreshSecret.replace(/.{43}$/, 'A'.repeat(43));
      const malformed = ['', 'x', auth, unknown, ` ${refreshSecret}`];
      const refusals = await Promise.all(malformed.map((secret) => refresh(api, secret)));
      await ask(api, 'POST', '/api/logout/', { auth });
      refusals.push(await refresh(api, refreshSecret));
      for (const refusal of refusals) {
        expect(refusal.status).toBe(401);
        expect(refusal.body).toEqual(refusals[0]?.body);
      }
    });

    test('a refresh token does not authenticate a request', async () => {
      const api = testApi(engine());
      const { refreshSecret } = await signIn(api, await newAccount(api));
      expect(await statusOf(api, refreshSecret)).toBe(401);
    });

    test('sessions are listed with their device, and the current one is marked', async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const phone = await signIn(api, account, 'phone');
      await signIn(api, account, 'laptop');
      const { body } = await ask(api, 'GET', '/api/sessions/', { auth: phone.auth });
      const results = body['results'] as { user_agent: string | null; current: boolean }[];
      expect(results).toHaveLength(3);
      const current = results.filter((session) => session.current);
      expect(current.map((session) => session.user_agent)).toEqual(['phone']);
      expect(Object.keys(results[0] ?? {}).sort()).toEqual(
        ['created_at', 'current', 'id', 'last_used_at', 'user_agent'].sort(),
      );
    });

    test("one session is ended, and with it its refresh token; another's cannot be", async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const [phone, laptop] = [await signIn(api, account, 'phone'), await signIn(api, account, 'laptop')];
      const stranger = await newAccount(api);
      const list = await ask(api, 'GET', '/api/sessions/', { auth: laptop.auth });
      const sessions = list.body['results'] as { id: string; user_agent: string }[];
      const path = `/api/sessions/${sessions.find(({ user_agent }) => user_agent === 'phone')?.id ?? ''}/`;
      expect((await ask(api, 'DELETE', path, { auth: stranger.auth })).status).toBe(404);
      expect((await ask(api, 'DELETE', path, { auth: laptop.auth })).status).toBe(204);
      expect((await ask(api, 'DELETE', path, { auth: laptop.auth })).status).toBe(404);
      expect(await statusOf(api, phone.auth)).toBe(401);
      expect((await refresh(api, phone.refreshSecret)).status).toBe(401);
      expect(await statusOf(api, laptop.auth)).toBe(200);
      expect((await ask(api, 'DELETE', '/api/sessions/nonsense/', { auth: laptop.auth })).status).toBe(404);
    });

    test('all other sessions are ended, and this one stays', async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const [phone, laptop] = [await signIn(api, account), await signIn(api, account)];
      expect((await ask(api, 'DELETE', '/api/sessions/', { auth: laptop.auth })).status).toBe(204);
      expect(await statusOf(api, phone.auth)).toBe(401);
      expect(await statusOf(api, account.auth)).toBe(401);
      expect(await statusOf(api, laptop.auth)).toBe(200);
    });
  });
}
