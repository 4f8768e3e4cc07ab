import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, freshName, goodPassword, newAccount, type TestResponse } from '../requests.js';
import { authenticatedRoutes, isLikeOpenAi } from '../routes.js';
import { testApi, type TestApi } from '../test-api.js';

/** How a browser says that a page of this server asks. */
const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

/** Returns the cookies that a response sets: values and attributes by name. */
function cookiesOf(response: TestResponse): Record<string, { value: string; attributes: string[] }> {
  const set = response.headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    return [name, { value, attributes: attributes.sort() }];
  });
  return Object.fromEntries(set) as ReturnType<typeof cookiesOf>;
}

/** Returns the cookies that a response sets as a browser sends them to `/api/session/`. */
function jarOf(response: TestResponse): string {
  return Object.entries(cookiesOf(response))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ');
}

/** Registers on a page. */
async function pageSession(api: TestApi): Promise<{ username: string; jar: string; response: TestResponse }> {
  const username = freshName();
  const json = { username, password: goodPassword, cookie: true };
  const response = await ask(api, 'POST', '/api/register/', { json, headers: ownPage });
  for (const { value } of Object.values(cookiesOf(response))) api.engine.secrets.add(value);
  return { username, jar: jarOf(response), response };
}

const statusWith = async (
  api: TestApi,
  jar: string,
  headers: Record<string, string> = ownPage,
  method = 'GET',
) => (await ask(api, method, '/api/sessions/', { headers: { Cookie: jar, ...headers } })).status;

const refresh = (api: TestApi, jar: string, json: object = { cookie: true }, headers = ownPage) =>
  ask(api, 'POST', '/api/session/refresh/', { json, headers: { Cookie: jar, ...headers } });

/** Sessions of this server's own pages, whose secrets are in cookies. */
export function cookiesSuite(engine: OpenedEngine): void {
  describe('sessions in cookies', () => {
    test('register, login and refresh put both tokens into cookies, and none into the body', async () => {
      const api = testApi(engine());
      const { username, jar, response: registered } = await pageSession(api);
      const json = { username, password: goodPassword, cookie: true };
      const loggedIn = await ask(api, 'POST', '/api/login/', { json, headers: ownPage });
      for (const response of [
        registered,
        loggedIn,
        await refresh(api, jar),
        await refresh(api, jarOf(loggedIn), {}),
      ]) {
        expect(response.status).toBeLessThan(300);
        const { message, ...times } = response.body;
        expect(message).toBe(response === registered ? 'User registered successfully.' : undefined);
        expect(Object.keys(times).sort()).toEqual(['expires_at', 'refresh_expires_at']);
        expect(response.text).not.toMatch(/mc[ar]_/);
        const cookies = cookiesOf(response);
        expect(cookies['metered_chat_access']?.value).toMatch(/^mca_/);
        expect(cookies['metered_chat_refresh']?.value).toMatch(/^mcr_/);
      }
    });

    test('the cookies are for this server alone, hidden from scripts, and live as long as their secrets', async () => {
      const { response } = await pageSession(testApi(engine()));
      const { metered_chat_access: access, metered_chat_refresh: refreshed } = cookiesOf(response);
      const ageOf = (attributes: string[] = []) =>
        Number(attributes.find((attribute) => attribute.startsWith('Max-Age='))?.slice(8));
      const others = (attributes: string[] = []) => attributes.filter((each) => !each.startsWith('Max-Age='));
      expect(others(access?.attributes)).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict']);
      expect(others(refreshed?.attributes)).toEqual(['HttpOnly', 'Path=/api/session/', 'SameSite=Strict']);
      expect(ageOf(access?.attributes)).toBeGreaterThan(24 * 60 * 60 - 30);
      expect(ageOf(access?.attributes)).toBeLessThanOrEqual(24 * 60 * 60);
      expect(ageOf(refreshed?.attributes)).toBeGreaterThan(30 * 24 * 60 * 60 - 30);
    });

    test('where the server is reached by TLS, they are Secure and bound to the host, and nothing else is taken', async () => {
      const api = testApi(engine(), { publicUrl: 'https://chat.example.test' });
      const { jar, response } = await pageSession(api);
      const cookies = cookiesOf(response);
      expect(Object.keys(cookies)).toEqual(['__Host-metered_chat_access', '__Secure-metered_chat_refresh']);
      for (const { attributes } of Object.values(cookies)) expect(attributes).toContain('Secure');
      expect(await statusWith(api, jar)).toBe(200);
      expect(await statusWith(api, jar.replaceAll(/__(Host|Secure)-/g, ''))).toBe(401);
      expect(await statusWith(api, jar, { Origin: 'https://chat.example.test' })).toBe(200);
      expect((await refresh(api, jar)).status).toBe(200);
      const byTls = await ask(testApi(engine()), 'POST', 'https://localhost/api/register/', {
        json: { username: freshName(), password: goodPassword, cookie: true },
        headers: ownPage,
      });
      expect(byTls.headers.getSetCookie().every((line) => line.includes('; Secure'))).toBe(true);
    });

    test('the longest that a browser may keep a cookie is no fault', async () => {
      const api = testApi(engine(), { policy: { refreshTtlMs: 1000 * 24 * 60 * 60 * 1000 } });
      expect((await pageSession(api)).response.headers.getSetCookie()[1]).toContain('Max-Age=34560000');
    });

    test('a cookie opens every route of the API to a page of this server, and none that is like OpenAI’s', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const withoutEnd = authenticatedRoutes.filter(({ path }) => path !== '/api/logout/');
      for (const { method, path } of withoutEnd) {
        const { status } = await ask(api, method, path, { headers: { Cookie: jar, ...ownPage } });
        if (isLikeOpenAi(path)) expect(status, path).toBe(401);
        else expect(status, `${method} ${path}`).not.toBe(401);
      }
    });

    test.each([
      [{ 'Sec-Fetch-Site': 'same-origin' }],
      [{ 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' }],
      [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }],
      [{ Origin: 'http://localhost' }],
      [{ 'X-Requested-With': 'metered-chat' }],
    ])('a request is of our own page with %j', async (headers) => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      expect(await statusWith(api, jar, headers)).toBe(200);
      expect(await statusWith(api, jar, headers, 'DELETE')).toBe(204);
      expect((await refresh(api, jar, { cookie: true }, headers as typeof ownPage)).status).toBe(200);
    });

    test('a link of our own page is known by its referrer, which lets it read and nothing else', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const headers = { Referer: 'http://localhost/admin/' };
      expect(await statusWith(api, jar, headers)).toBe(200);
      expect(await statusWith(api, jar, headers, 'DELETE')).toBe(401);
      expect((await refresh(api, jar, { cookie: true }, headers as never)).status).toBe(400);
    });

    test.each([
      [{}],
      [{ 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
      [{ 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.localhost' }],
      [{ 'Sec-Fetch-Site': 'none' }],
      [{ 'Sec-Fetch-Site': '' }],
      [{ 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' }],
      [{ 'Sec-Fetch-Site': 'cross-site', 'X-Requested-With': 'metered-chat' }],
      [{ 'Sec-Fetch-Site': 'same-origin, cross-site' }],
      [{ Origin: 'http://localhost:8000' }],
      [{ Origin: 'https://localhost' }],
      [{ Origin: 'http://localhost.evil.example' }],
      [{ Origin: 'null' }],
      [{ Origin: '' }],
      [{ Origin: 'https://evil.example', 'X-Requested-With': 'metered-chat' }],
      [{ 'X-Requested-With': 'XMLHttpRequest' }],
      [{ Referer: 'http://localhost.evil.example/' }],
      [{ Referer: 'https://evil.example/http://localhost/' }],
      [{ Referer: 'localhost' }],
      [{ Referer: 'http://localhost/', 'Sec-Fetch-Site': 'same-site' }],
      [{ Referer: 'http://localhost/', Origin: 'https://evil.example' }],
    ])('a cookie does not authenticate a request with %j', async (headers) => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      expect(await statusWith(api, jar, headers as Record<string, string>)).toBe(401);
      expect(await statusWith(api, jar, headers as Record<string, string>, 'DELETE')).toBe(401);
      const parts = { json: { message: 'Hi' }, headers: { Cookie: jar, ...headers } };
      expect((await ask(api, 'POST', '/api/chat/', parts)).status).toBe(401);
      expect((await refresh(api, jar, {}, headers as typeof ownPage)).status).toBe(400);
      const login = { username: freshName(), password: goodPassword, cookie: true };
      for (const path of ['/api/login/', '/api/register/', '/api/session/refresh/']) {
        const response = await ask(api, 'POST', path, { json: login, headers: { Cookie: jar, ...headers } });
        expect(response.body, path).toMatchObject({
          code: 'invalid_input',
          errors: { cookie: expect.anything() as unknown },
        });
        expect(response.headers.getSetCookie()).toEqual([]);
      }
      expect(await statusWith(api, jar), 'and nothing has happened').toBe(200);
    });

    test('no page of another origin may send what shows a page of ours, listed or not', async () => {
      const api = testApi(engine(), { corsOrigins: ['https://app.example.com'] });
      const headers = {
        Origin: 'https://app.example.com',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-requested-with',
      };
      const asked = await ask(api, 'OPTIONS', '/api/chat/', { headers });
      expect(asked.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).not.toContain(
        'x-requested-with',
      );
      expect(asked.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    });

    test('where there is an Authorization header, it alone counts', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const other = await newAccount(api);
      const me = await ask(api, 'GET', '/api/me/', {
        auth: other.auth,
        headers: { Cookie: jar, ...ownPage },
      });
      expect(me.body['username']).toBe(other.username);
      for (const Authorization of ['Token nonsense', '', 'Basic eA==']) {
        expect(await statusWith(api, jar, { ...ownPage, Authorization })).toBe(401);
      }
      const left = await ask(api, 'POST', '/api/logout/', {
        auth: other.auth,
        headers: { Cookie: jar, ...ownPage },
      });
      expect([left.status, left.headers.getSetCookie()]).toEqual([204, []]);
      expect(await statusWith(api, jar)).toBe(200);
    });

    test('a logout ends the session at once and takes the cookies back', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const left = await ask(api, 'POST', '/api/logout/', { headers: { Cookie: jar, ...ownPage } });
      expect(left.status).toBe(204);
      const cookies = cookiesOf(left);
      expect(Object.keys(cookies)).toEqual(['metered_chat_access', 'metered_chat_refresh']);
      for (const { value, attributes } of Object.values(cookies)) {
        expect([value, attributes.includes('Max-Age=0')]).toEqual(['', true]);
      }
      expect(await statusWith(api, jar)).toBe(401);
      expect((await refresh(api, jar)).status).toBe(401);
    });

    test('erasing the account deletes its cookies', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const parts = { json: { current_password: goodPassword }, headers: { Cookie: jar, ...ownPage } };
      const erased = await ask(api, 'DELETE', '/api/me/', parts);
      expect(erased.status).toBe(204);
      expect(erased.headers.getSetCookie()).toHaveLength(2);
    });

    test('a disabled account is refused at once, cookie or not', async () => {
      const api = testApi(engine());
      const { username, jar } = await pageSession(api);
      await engine().disable(username);
      expect(await statusWith(api, jar)).toBe(401);
      expect((await refresh(api, jar)).status).toBe(401);
    });

    test('two tabs that refresh at once share a cookie jar and never log each other out, round after round', async () => {
      const api = testApi(engine());
      let { jar } = await pageSession(api);
      for (let round = 0; round < 30; round += 1) {
        const [one, two] = await Promise.all([refresh(api, jar), refresh(api, jar)]);
        expect([one.status, two.status]).toEqual([200, 200]);
        for (const response of [one, two]) expect(await statusWith(api, jarOf(response))).toBe(200);
        // Whose cookies are the last to arrive is chance.
        jar = jarOf(round % 2 === 0 ? one : two);
      }
    });

    test('a refresh without a secret is refused: by what is missing, or as a secret that is not valid', async () => {
      const api = testApi(engine());
      expect((await refresh(api, '', {})).body).toMatchObject({
        errors: { refresh_token: ['Is required.'] },
      });
      expect((await refresh(api, '', { cookie: true })).status).toBe(401);
      expect((await refresh(api, 'metered_chat_refresh=nonsense')).status).toBe(401);
      const { jar } = await pageSession(api);
      expect((await refresh(api, jar.replaceAll(/mc[ar]_/g, 'mca_'))).status).toBe(401);
    });

    test('a program’s session can move into cookies, and a page’s stays there', async () => {
      const api = testApi(engine());
      const json = { username: freshName(), password: goodPassword };
      const program = await ask(api, 'POST', '/api/register/', { json });
      const moved = await refresh(api, '', { refresh_token: program.body['refresh_token'], cookie: true });
      expect(await statusWith(api, jarOf(moved))).toBe(200);
      const stayed = await refresh(api, jarOf(moved), { cookie: false });
      expect(stayed.body['token']).toBeUndefined();
      expect(await statusWith(api, jarOf(stayed))).toBe(200);
    });

    test('a page chats and pays with its cookie', async () => {
      const api = testApi(engine());
      const { jar } = await pageSession(api);
      const parts = { json: { message: 'Hello' }, headers: { Cookie: jar, ...ownPage } };
      const response = await ask(api, 'POST', '/api/chat/', parts);
      expect(response.body).toMatchObject({ response: 'Echo: Hello', remaining_tokens: 3900 });
      expect((await chat(api, '', 'Hello')).status).toBe(401);
    });
  });
}
