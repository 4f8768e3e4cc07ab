import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, newAccount } from '../requests.js';
import { authenticatedRoutes, isLikeOpenAi } from '../routes.js';
import { testApi } from '../test-api.js';

/** Who is let in, and how long. */
export function authenticationSuite(engine: OpenedEngine): void {
  describe('authentication', () => {
    test.each(authenticatedRoutes)('$method $path is for accounts only', async ({ method, path }) => {
      const response = await ask(testApi(engine()), method, path);
      expect(response.status).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
      if (isLikeOpenAi(path)) {
        const message = 'Authentication is required.';
        const type = 'authentication_error';
        if (path.startsWith('/v1/messages/')) {
          expect(response.body).toEqual({
            type: 'error',
            error: { type, message, code: 'unauthenticated', details: { error_code: 'unauthenticated' } },
            request_id: response.headers.get('request-id'),
          });
          return;
        }
        expect(response.body).toEqual({ error: { message, type, param: null, code: 'invalid_api_key' } });
        return;
      }
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:unauthenticated',
        title: 'Unauthorized',
        status: 401,
        detail: 'Authentication is required.',
        code: 'unauthenticated',
      });
    });

    test.each(['Token', 'token', 'TOKEN', 'Bearer', 'bearer', 'BEARER', 'tOkEn', 'Token  '])(
      'the scheme "%s" is taken',
      async (scheme) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        const response = await ask(api, 'GET', '/api/me/', {
          headers: { Authorization: `${scheme} ${auth}` },
        });
        expect(response.status).toBe(200);
      },
    );

    test('a secret that is not valid gets 401 with invalid_token, whatever is wrong with it', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const otherEnd = auth.endsWith('A') ? 'B' : 'A';
      const wrong = [
        'Token',
        'Token ',
        auth,
        `Basic ${auth}`,
        `Token${auth}`,
        `Token "${auth}"`,
        `Token ${auth} ${auth}`,
        `Token ${auth}, Token ${auth}`,
        `Token ${auth.slice(0, -1)}`,
        `Token ${auth.slice(0, -1)}${otherEnd}`,
        `Token ${auth}A`,
        `Token ${auth.toUpperCase()}`,
        `Token ${auth.replace('mca_', 'mcr_')}`,
        `Token ${auth.replace(/[0-9a-f]{32}/, '0'.repeat(32))}`,
        'Token null',
        `Token ${'a'.repeat(10_000)}`,
        `Token ${' '.repeat(10_000)}a b`,
        "Token ' or 1=1 --",
      ];
      for (const header of wrong) {
        const response = await ask(api, 'GET', '/api/me/', { headers: { Authorization: header } });
        expect(response.status, header).toBe(401);
        expect(response.headers.get('WWW-Authenticate'), header).toBe('Bearer error="invalid_token"');
        expect(response.body, header).toMatchObject({ code: 'unauthenticated' });
      }
    });

    test('an access token ends with its time', async () => {
      const api = testApi(engine(), { policy: { accessTtlMs: -1 } });
      const { auth } = await newAccount(api);
      const response = await ask(api, 'GET', '/api/me/', { auth });
      expect(response.status).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    });

    test('logout ends this session at once, on every route, and no other session', async () => {
      const api = testApi(engine());
      const { auth, username, password } = await newAccount(api);
      const other = await ask(api, 'POST', '/api/login/', { json: { username, password } });
      const left = await ask(api, 'POST', '/api/logout/', { auth });
      expect(left).toMatchObject({ status: 204, text: '' });
      for (const { method, path } of authenticatedRoutes) {
        const response = await ask(api, method, path, { auth });
        expect(response.status).toBe(401);
        expect(response.headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
      }
      expect((await ask(api, 'GET', '/api/me/', { auth: other.body['token'] as string })).status).toBe(200);
    });

    test('disabling an account ends every session of it at once', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      const bystander = await newAccount(api);
      await engine().disable(username);
      for (const { method, path } of authenticatedRoutes) {
        expect((await ask(api, method, path, { auth })).status).toBe(401);
      }
      expect((await ask(api, 'GET', '/api/me/', { auth: bystander.auth })).status).toBe(200);
    });

    test('the account shows itself, without anything secret', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api, { email: 'Self@Example.com' });
      const response = await ask(api, 'GET', '/api/me/', { auth });
      expect(response.body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        username,
        email: 'Self@Example.com',
        email_verified: false,
        pending_email: null,
        role: 'user',
        has_password: true,
        two_factors: false,
        debt: 0,
        tokens: 4000,
        unit: { name: 'tokens', decimals: 0 },
        caps: [],
        allowance: null,
        created_at: expect.stringMatching(/Z$/) as string,
      });
    });
  });
}
