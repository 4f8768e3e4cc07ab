import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { mountableApp } from '../../../src/adapters/http/mountable-app.js';
import { openEngine, type Engine } from './engines.js';
import { ask, freshName, goodPassword, until } from './requests.js';
import { linesLog, testApi, type TestApi } from './test-api.js';

const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

/** A browser's cookies of one host, by name and path; those of longer paths are sent first. */
function cookieJar() {
  const cookies = new Map<string, { name: string; value: string; path: string }>();
  const covers = (cookiePath: string, path: string) =>
    path === cookiePath ||
    (path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/'));
  return {
    take(headers: Headers) {
      for (const line of headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        const path = /; Path=([^;]*)/.exec(line)?.[1] ?? '/';
        cookies.set(`${name} ${path}`, { name, value, path });
        if (line.includes('Max-Age=0')) cookies.delete(`${name} ${path}`);
      }
    },
    sentTo: (path: string) =>
      [...cookies.values()]
        .filter((cookie) => covers(cookie.path, path))
        .sort((one, other) => other.path.length - one.path.length)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    size: () => cookies.size,
  };
}

describe('an app that is mounted below a path', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('memory');
  });
  afterAll(() => engine.close());

  const register = (api: Pick<TestApi, 'app' | 'engine'>, path = '/api/register/') =>
    ask(api, 'POST', path, {
      json: { username: freshName(), password: goodPassword, cookie: true },
      headers: ownPage,
    });
  const attributesOf = ({ headers }: { headers: Headers }) =>
    headers.getSetCookie().map((line) => {
      const [, name = ''] = /^([^=]+)=/.exec(line) ?? [];
      return [name, /; Path=([^;]*)/.exec(line)?.[1], line.includes('; Secure')];
    });

  test.each([
    ['https://shop.test/assistant', '/assistant', '__Secure-', '.assistant'],
    ['https://shop.test/assistant/', '/assistant', '__Secure-', '.assistant'],
    ['https://shop.test/assistant//', '/assistant', '__Secure-', '.assistant'],
    ['http://shop.test/assistant/', '/assistant', '', '.assistant'],
    ['http://shop.test:8080/a/b.c_d', '/a/b.c_d', '', '.a.b%2ec_d'],
    ['http://shop.test/a.b', '/a.b', '', '.a%2eb'],
    [
      'http://shop.test/gr%C3%B6%C3%9Fe/x%20y',
      '/gr%C3%B6%C3%9Fe/x%20y',
      '',
      '.gr%25C3%25B6%25C3%259Fe.x%2520y',
    ],
    ['http://shop.test/größe', '/gr%C3%B6%C3%9Fe', '', '.gr%25C3%25B6%25C3%259Fe'],
  ])('%s limits its cookies to that path, and names them after it', async (publicUrl, path, prefix, end) => {
    const isSecure = prefix !== '';
    expect(attributesOf(await register(testApi(engine, { publicUrl })))).toEqual([
      [`${prefix}metered_chat_access${end}`, path, isSecure],
      [`${prefix}metered_chat_refresh${end}`, `${path}/api/session/`, isSecure],
    ]);
  });

  test('uses the path of the core’s publicUrl by default', async () => {
    const api = testApi(engine, { policy: { publicUrl: 'https://shop.test/assistant/' } });
    // Whether the connection uses TLS is known from its requests.
    expect(attributesOf(await register(api))).toEqual([
      ['metered_chat_access.assistant', '/assistant', false],
      ['metered_chat_refresh.assistant', '/assistant/api/session/', false],
    ]);
  });

  test('rejects a path that is invalid in a cookie', () => {
    expect(() => testApi(engine, { publicUrl: 'https://shop.test/a;b' })).toThrow(TypeError);
  });

  test('keeps its cookies apart from those of other mounts on the same host', async () => {
    const host = new Hono();
    const jar = cookieJar();
    const paths = ['', '/a', '/a/b', '/ab'];
    const mounts = await Promise.all(
      paths.map(async (path) => {
        const own = await openEngine('memory');
        const api = testApi(own, { publicUrl: `http://localhost${path}` });
        return { path, own, api };
      }),
    );
    // Longest path first: a host matches in this order.
    for (const { path, api } of mounts.toSorted((one, other) => other.path.length - one.path.length)) {
      host.all(`${path}/*`, path === '' ? (c) => api.app.fetch(c.req.raw) : mount(api.app.fetch));
    }
    const send = async (method: string, path: string, json?: object) => {
      const headers = { ...ownPage, Cookie: jar.sentTo(path), 'Content-Type': 'application/json' };
      const body = json === undefined ? null : JSON.stringify(json);
      const response = await host.request(path, { method, headers, body });
      jar.take(response.headers);
      return {
        status: response.status,
        body: (await response.json().catch(() => ({}))) as Record<string, unknown>,
      };
    };
    const whoAmI = (path: string) => send('GET', `${path}/api/me/`);
    const names = new Map<string, string>();
    for (const { path } of mounts) {
      expect((await whoAmI(path)).status, path).toBe(401);
      names.set(path, freshName());
      const json = { username: names.get(path), password: goodPassword, cookie: true };
      expect((await send('POST', `${path}/api/register/`, json)).status).toBe(201);
    }
    expect(jar.size()).toBe(8);
    for (let repetition = 0; repetition < 2; repetition += 1) {
      for (const { path } of mounts) {
        expect((await whoAmI(path)).body['username'], path).toBe(names.get(path));
        expect((await send('POST', `${path}/api/session/refresh/`, { cookie: true })).status).toBe(200);
      }
    }
    expect((await send('POST', '/a/api/logout/')).status).toBe(204);
    expect((await whoAmI('/a')).status).toBe(401);
    for (const path of ['', '/a/b', '/ab'])
      expect((await whoAmI(path)).body['username']).toBe(names.get(path));
    await Promise.all(mounts.map(({ own }) => own.close()));
  });

  test.each([
    ['https://shop.test/assistant', '/assistant'],
    ['https://shop.test/gr%C3%B6%C3%9Fe', '/gr%C3%B6%C3%9Fe'],
    ['https://shop.test/gr%C3%B6%C3%9Fe', '/gr%c3%b6%c3%9fe'],
    ['https://shop.test/a/b', '/a/b'],
    ['https://shop.test/api', '/api'],
    ['https://shop.test/v1', '/v1'],
    ['https://shop.test/health/x', '/health/x'],
  ])('%s is served the same whether or not a proxy strips %s', async (publicUrl, prefix) => {
    // Not the checked app: the document has no prefixed paths.
    const api = { app: mountableApp({ core: testApi(engine).core, publicUrl, log: linesLog([]) }), engine };
    for (const path of [`${prefix}/api/register/`, '/api/register/', `${prefix}/api/register`]) {
      expect((await register(api, path)).status, path).toBe(201);
    }
    for (const path of [`${prefix}/health/live`, '/health/live']) {
      expect((await ask(api, 'GET', path)).status, path).toBe(200);
    }
    // Rules by path apply to the path within the app.
    const openAi = await ask(api, 'GET', `${prefix}/v1/models`);
    expect([openAi.status, openAi.body]).toMatchObject([401, { error: { type: 'authentication_error' } }]);
    expect((await ask(api, 'GET', `${prefix}/api/me/`)).headers.get('Cache-Control')).toBe('no-store');
    for (const path of [
      `${prefix}x/health/live`,
      `${prefix}${prefix}/health/live`,
      `/x${prefix}/health/live`,
    ]) {
      expect((await ask(api, 'GET', path)).status, path).toBe(404);
    }
  });

  test.each([
    ['https://shop.test/assistant/', '/assistant'],
    ['https://shop.test', '/'],
  ])('the OpenAPI document of %s has the server %s', async (publicUrl, url) => {
    const { body } = await ask(testApi(engine, { publicUrl }), 'GET', '/api/openapi.json');
    expect(body['servers']).toEqual([{ url }]);
  });

  test('joins its URL and the paths of links with one slash', async () => {
    const publicUrl = 'https://shop.test/assistant/';
    const api = testApi(engine, { policy: { publicUrl } });
    const json = { username: freshName(), password: goodPassword, email: `${freshName()}@example.org` };
    await ask(api, 'POST', '/api/register/', { json });
    await ask(api, 'POST', '/api/password/forgot/', { json: { email: json.email } });
    await until(() => api.mails.length === 2);
    const texts = api.mails.map((mail) => JSON.stringify(mail));
    expect(texts.join()).toContain('https://shop.test/assistant/verify-email?token=');
    expect(texts.join()).toContain('https://shop.test/assistant/reset-password?token=');
    const link = await testApi(await openEngine('memory'), {
      policy: { publicUrl },
    }).core.admin.issueFirstAdminLink({ caller: operatorCaller });
    expect(link).toMatch(/^https:\/\/shop\.test\/assistant\/admin\/#\/first-administrator\//);
  });
});
