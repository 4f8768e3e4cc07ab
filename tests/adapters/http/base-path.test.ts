import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
import { mountableApp } from '../../../src/adapters/http/mountable-app.js';
import { openEngine, type Engine } from './engines.js';
import { ask, freshName, goodPassword, until } from './requests.js';
import { linesLog, testApi, type TestApi } from './test-api.js';

const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

/** A browser's cookies of one host: by name and path, sent where the path lets them, those of longer paths first. */
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
  ])('%s limits its cookies to that path, and names them by it', async (publicUrl, path, prefix, end) => {
    const isSecure = prefix !== '';
    expect(attributesOf(await register(testApi(engine, { publicUrl })))).toEqual([
      [`${prefix}metered_chat_access${end}`, path, isSecure],
      [`${prefix}metered_chat_refresh${end}`, `${path}/api/session/`, isSecure],
    ]);
  });

  test('takes the path of the core’s publicUrl if it has none of its own', async () => {
    const api = testApi(engine, { policy: { publicUrl: 'https://shop.test/assistant/' } });
    // Whether it is reached by TLS is what its own requests say.
    expect(attributesOf(await register(api))).toEqual([
      ['metered_chat_access.assistant', '/assistant', false],
      ['metered_chat_refresh.assistant', '/assistant/api/session/', false],
    ]);
  });

  test('refuses a path that no cookie can be limited to', () => {
    expect(() => testApi(engine, { publicUrl: 'https://shop.test/a;b' })).toThrow(TypeError);
  });

  test('does not mix its cookies with those of others on its host, below it and above it', async () => {
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
    // The longest first: a host matches in this order.
    for (const { path, api } of mounts.toSorted((one, other) => other.path.length - one.path.length)) {
      host.all(`${path}/*`, path === '' ? (c) => api.app.fetch(c.req.raw) : mount(api.app.fetch));
    }
    const asking = async (method: string, path: string, json?: object) => {
      const headers = { ...ownPage, Cookie: jar.sentTo(path), 'Content-Type': 'application/json' };
      const body = json === undefined ? null : JSON.stringify(json);
      const response = await host.request(path, { method, headers, body });
      jar.take(response.headers);
      return {
        status: response.status,
        body: (await response.json().catch(() => ({}))) as Record<string, unknown>,
      };
    };
    const whoAmI = (path: string) => asking('GET', `${path}/api/me/`);
    const names = new Map<string, string>();
    for (const { path } of mounts) {
      expect((await whoAmI(path)).status, path).toBe(401);
      names.set(path, freshName());
      const json = { username: names.get(path), password: goodPassword, cookie: true };
      expect((await asking('POST', `${path}/api/register/`, json)).status).toBe(201);
    }
    expect(jar.size()).toBe(8);
    for (let round = 0; round < 2; round += 1) {
      for (const { path } of mounts) {
        expect((await whoAmI(path)).body['username'], path).toBe(names.get(path));
        expect((await asking('POST', `${path}/api/session/refresh/`, { cookie: true })).status).toBe(200);
      }
    }
    expect((await asking('POST', '/a/api/logout/')).status).toBe(204);
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
  ])('%s is served alike whether a proxy takes %s off its requests or not', async (publicUrl, prefix) => {
    // Not the checked app: it looks prefixed paths up in the document.
    const api = { app: mountableApp({ core: testApi(engine).core, publicUrl, log: linesLog([]) }), engine };
    for (const path of [`${prefix}/api/register/`, '/api/register/', `${prefix}/api/register`]) {
      expect((await register(api, path)).status, path).toBe(201);
    }
    for (const path of [`${prefix}/health/live`, '/health/live']) {
      expect((await ask(api, 'GET', path)).status, path).toBe(200);
    }
    // What the path decides is decided by the path within the app.
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
  ])('%s is the server of its OpenAPI document by %s', async (publicUrl, url) => {
    const { body } = await ask(testApi(engine, { publicUrl }), 'GET', '/api/openapi.json');
    expect(body['servers']).toEqual([{ url }]);
  });

  test('puts one slash between its URL and the paths that it links to', async () => {
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
    }).core.admin.issueFirstAdminLink();
    expect(link).toMatch(/^https:\/\/shop\.test\/assistant\/admin\/#\/first-administrator\//);
  });
});
