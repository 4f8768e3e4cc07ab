import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '../../../cpu-time.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';

/** Login: the names that an account goes by, and what a failure gives away. */
export function signInSuite(engine: OpenedEngine): void {
  describe('login', () => {
    test('takes the username or the email, in either field or case', async () => {
      const api = testApi(engine());
      const username = `Case_${freshName()}`;
      const email = `${username}@Example.com`;
      const { password } = await newAccount(api, { username, email });
      const names = [
        { username },
        { username: username.toUpperCase() },
        { username: username.toLowerCase() },
        { email },
        { email: email.toLowerCase() },
        { username: email },
        { username: email.toUpperCase() },
        { username: null, email },
      ];
      for (const name of names) {
        const response = await ask(api, 'POST', '/api/login/', { json: { ...name, password } });
        expect(response.status, JSON.stringify(name)).toBe(200);
        const me = await ask(api, 'GET', '/api/me/', { auth: response.body['token'] as string });
        expect(me.body).toMatchObject({ username, email });
      }
    });

    test('names what is missing', async () => {
      const api = testApi(engine());
      const responses = [
        await ask(api, 'POST', '/api/login/', { json: { password: 'a' } }),
        await ask(api, 'POST', '/api/login/', { json: { username: 'a' } }),
      ];
      expect(responses.map(({ status, body }) => [status, body['errors']])).toEqual([
        [400, { username: ['Is required.'] }],
        [400, { password: ['Is required.'] }],
      ]);
    });

    test('every failure looks alike and costs exactly one comparison', async () => {
      const api = testApi(engine());
      const { username, password, auth } = await newAccount(api, { email: `${freshName()}@example.com` });
      const { body: me } = await ask(api, 'GET', '/api/me/', { auth });
      const disabled = await newAccount(api);
      await engine().disable(disabled.username);
      const failures = [
        { username, password: 'a wrong one' },
        { email: me['email'], password: 'a wrong one' },
        { username: 'unknown_user', password },
        { email: 'unknown@example.com', password },
        { username: 'no body at all', password },
        { username: '', password },
        { username: 'a'.repeat(100_000), password },
        { username: disabled.username, password: disabled.password },
        { username: disabled.username, password: 'a wrong one' },
        { username, password: '' },
        { username, password: 'a'.repeat(2000) },
      ];
      const responses = [];
      for (const json of failures) {
        const before = api.comparisons.length;
        const response = await ask(api, 'POST', '/api/login/', { json });
        expect(api.comparisons.length - before, JSON.stringify(json)).toBe(1);
        response.headers.delete('X-Request-Id');
        responses.push({ ...response, headers: Object.fromEntries(response.headers) });
      }
      expect(responses[0]).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
        body: { code: 'invalid_credentials', detail: 'No active account has this name and password.' },
      });
      for (const response of responses) expect(response).toEqual(responses[0]);
    });

    test('a login of the largest size costs no more than a moment, whatever is in it', async () => {
      const api = testApi(engine());
      const marks = `a${'\u0300\u0316'.repeat(200_000)}`;
      const { username } = await newAccount(api);
      for (const json of [
        { username, password: marks },
        { username: `${marks}@example.com`, password: 'a' },
      ]) {
        const signIn = async () => {
          expect((await ask(api, 'POST', '/api/login/', { json })).status).toBe(401);
        };
        expect(await cpuTimeMs(signIn)).toBeLessThan(1000);
      }
    });

    test('each login opens a session of its own', async () => {
      const api = testApi(engine());
      const { username, password } = await newAccount(api);
      const secrets = new Set<unknown>();
      for (let round = 0; round < 5; round += 1) {
        const response = await ask(api, 'POST', '/api/login/', { json: { username, password } });
        expect(Object.keys(response.body)).toEqual([
          'token',
          'expires_at',
          'refresh_token',
          'refresh_expires_at',
        ]);
        secrets.add(response.body['token']);
      }
      expect(secrets.size).toBe(5);
    });

    test('a User-Agent of any bytes and length is no obstacle', async () => {
      const api = testApi(engine());
      const { username, password } = await newAccount(api);
      for (const agent of ['', 'é'.repeat(5000), '\u00ff\u0080 curl', 'a'.repeat(8000)]) {
        const headers = { 'User-Agent': agent };
        const response = await ask(api, 'POST', '/api/login/', { json: { username, password }, headers });
        expect(response.status).toBe(200);
      }
    });
  });
}
