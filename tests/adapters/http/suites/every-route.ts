import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, newAccount, read } from '../requests.js';
import { apiPaths, isLikeOpenAi } from '../routes.js';
import { testApi } from '../test-api.js';

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'];

/** The rules that hold for every route: paths, methods, ids, headers and problem documents. */
export function everyRouteSuite(engine: OpenedEngine): void {
  describe('every route', () => {
    test.each(apiPaths)('$path is served with and without its slash', async ({ path, methods }) => {
      const api = testApi(engine());
      for (const method of methods) {
        const { auth } = await newAccount(api);
        const given = await ask(api, method, path, { auth });
        const bare = await ask(api, method, path.slice(0, -1), { auth: (await newAccount(api)).auth });
        expect(given.text).not.toContain('There is nothing at this path.');
        expect(bare.status).toBe(given.status);
        expect(Object.keys(bare.body)).toEqual(Object.keys(given.body));
      }
    });

    test.each(apiPaths)('$path rejects any other method with 405 and Allow', async ({ path, methods }) => {
      const api = testApi(engine());
      const allowed: string[] = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      for (const method of everyMethod.filter((other) => !allowed.includes(other))) {
        const response = await ask(api, method, path);
        expect(response.status, method).toBe(405);
        expect(response.headers.get('Allow')?.split(', ').sort()).toEqual([...allowed].sort());
        if (method !== 'HEAD') {
          const { code } = (isLikeOpenAi(path) ? response.body['error'] : response.body) as { code: unknown };
          expect(code).toBe('method_not_allowed');
        }
      }
    });

    test('HEAD has the response of GET, without the body', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const path of ['/api/tokens/', '/api/me/', '/health/live']) {
        const head = await ask(api, 'HEAD', path, { auth });
        expect(head).toMatchObject({ status: 200, text: '' });
      }
      expect((await ask(api, 'HEAD', '/api/tokens/')).status).toBe(401);
    });

    test.each([
      '/',
      '/api',
      '/api/',
      '/api/nothing/',
      '/api/tokens/nothing',
      '/api/tokens//',
      '/API/tokens/',
      '/favicon.ico',
      '/api/register/%2e',
    ])('there is nothing at %s', async (path) => {
      const response = await ask(testApi(engine()), 'GET', path);
      expect(response.status).toBe(path.endsWith('%2e') ? 405 : 404);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    });

    test('an error is a problem document with all its members', async () => {
      const response = await ask(testApi(engine()), 'GET', '/api/nothing/');
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:not_found',
        title: 'Not Found',
        status: 404,
        detail: 'There is nothing at this path.',
        code: 'not_found',
      });
    });

    test('an internal error is a 500 that contains only its request id', async () => {
      const opened = engine();
      const api = testApi({
        ...opened,
        stores: {
          ...opened.stores,
          creditLedger: {
            ...opened.stores.creditLedger,
            balance: () => Promise.reject(new Error('the inner workings')),
          },
        },
      });
      const { auth } = await newAccount(api);
      const response = await ask(api, 'GET', '/api/tokens/', {
        auth,
        headers: { 'X-Request-Id': 'the-broken-one' },
      });
      expect(response.status).toBe(500);
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:internal_error',
        title: 'Internal Server Error',
        status: 500,
        detail: 'An internal error occurred. The log has its details under the request id.',
        code: 'internal_error',
        request_id: 'the-broken-one',
      });
      const logged = api.logLines.filter((line) => line.includes('the-broken-one'));
      expect(logged.some((line) => line.includes('the inner workings'))).toBe(true);
    });

    test('a valid request id is kept, and any other is replaced', async () => {
      const api = testApi(engine());
      const kept = '0190cafe-0000-7000-8000-00000000abcd';
      const response = await ask(api, 'GET', '/health/live', { headers: { 'X-Request-Id': kept } });
      expect(response.headers.get('X-Request-Id')).toBe(kept);
      for (const insane of ['', 'a b', 'a'.repeat(256), '<script>', 'a\tb']) {
        const made = await ask(api, 'GET', '/api/nothing/', { headers: { 'X-Request-Id': insane } });
        expect(made.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
      }
    });

    test('every response below /api/ and /v1/ has Cache-Control: no-store, whatever its status', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const responses = [
        await ask(api, 'GET', '/api/tokens/', { auth }),
        await ask(api, 'GET', '/api/tokens', { auth }),
        await ask(api, 'GET', '/api/tokens/'),
        await ask(api, 'GET', '/api/nothing/'),
        await ask(api, 'DELETE', '/api/register/'),
        await ask(api, 'POST', '/api/register/', { json: {} }),
        await ask(api, 'GET', '/api/tokens/?limit=%FF'),
        await ask(api, 'POST', '/api/logout/', { auth }),
        await ask(api, 'GET', '/v1/models'),
        await ask(api, 'GET', '/v1/nothing'),
        await ask(api, 'POST', '/v1/chat/completions', { auth, json: {} }),
      ];
      expect(responses.map(({ headers }) => headers.get('Cache-Control'))).toEqual(
        responses.map(() => 'no-store'),
      );
    });

    test('every response has the security headers', async () => {
      const api = testApi(engine());
      for (const path of ['/health/live', '/api/nothing/', '/api/tokens/']) {
        const { headers } = await ask(api, 'GET', path);
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
        expect(headers.get('X-Frame-Options')).toBe('DENY');
        expect(headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'");
        expect(headers.get('Referrer-Policy')).toBe('no-referrer');
        expect(headers.get('X-Powered-By')).toBeNull();
      }
    });

    test.each([
      '/api/tokens/%00',
      '/api/tokens/%FF',
      '/api/tokens/%ED%A0%80',
      '/api/tokens/%',
      '/api/tokens/%zz',
      '/api/tokens/?limit=%00',
      '/api/tokens/?limit=%C3%28',
      '/api/tokens/?%ED%B0%80=1',
      '/api/tokens/entries/?cursor=%E0%A4',
    ])('a path or query that is not valid text is 400: %s', async (path) => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const response = await ask(api, 'GET', path, { auth });
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({ code: 'malformed_url' });
    });

    test('a percent-encoded path is the path that it encodes', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const response = await ask(api, 'GET', '/api/%74okens/', { auth });
      expect(response).toMatchObject({ status: 200, body: { tokens: 4000 } });
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    });

    test('a request is logged by its path, never by its query or headers', async () => {
      const api = testApi(engine());
      const headers = { 'X-Request-Id': 'the-logged-one', 'X-Private': 'a-private-header' };
      await read(await api.app.request('/api/nothing/?private=query-of-mine', { headers }));
      const [line] = api.logLines.filter((logged) => logged.includes('the-logged-one'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({
        message: 'request',
        method: 'GET',
        path: '/api/nothing',
        status: 404,
      });
      expect(line).not.toMatch(/query-of-mine|a-private-header/);
    });
  });
}
