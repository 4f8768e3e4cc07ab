import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../../src/adapters/http/routes.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

interface DocumentedList {
  path: string;
  names: string[];
}

interface Parameter {
  name: string;
  in: string;
}

/** Every GET of the API that returns a list or has query parameters, with their names. */
const lists = Object.entries(openApiDocument(apiRoutes).paths).flatMap(
  ([path, { get }]): DocumentedList[] => {
    if (get === undefined || !path.startsWith('/api/')) return [];
    const names = (get.parameters as Parameter[]).filter((parameter) => parameter.in === 'query');
    const isList = JSON.stringify(get.responses['200']).includes('"results"');
    return isList || names.length > 0 ? [{ path, names: names.map(({ name }) => name) }] : [];
  },
);

/** Valid values by parameter; the others accept any word. */
const validValues: Record<string, string> = {
  limit: '1',
  format: 'json',
  from: '2026-01-01',
  to: '2026-01-02',
  role: 'user',
  sort: 'created_at',
  kind: 'grant',
  action: 'registered',
  left: 'true',
  total: 'true',
  pinned: 'true',
  month: '2026-01',
};

function validValue(path: string, name: string): string {
  if (name === 'status' && path.includes('orders')) return 'paid';
  if (name === 'status') return path.includes('users') ? 'active' : 'completed';
  return validValues[name] ?? 'jane';
}

async function openList(api: TestApi, path: string): Promise<{ target: string; auth: string }> {
  const { auth, id } = await newAdmin(api);
  const { body } = await chat(api, auth, 'Hello');
  const ownId = path.startsWith('/api/admin/users/')
    ? id
    : path.startsWith('/api/admin/webhooks/')
      ? await newWebhook(api, auth)
      : (body['conversation_id'] as string);
  const conversationId = body['conversation_id'] as string;
  return { target: path.replace('{id}', ownId).replace('{conversation_id}', conversationId), auth };
}

async function newWebhook(api: TestApi, auth: string): Promise<string> {
  const json = { url: 'https://example.com/', types: ['credits.granted'] };
  return (await ask(api, 'POST', '/api/admin/webhooks/', { auth, json })).body['id'] as string;
}

/** Validation of the query parameters of lists. */
export function listQueriesSuite(engine: OpenedEngine): void {
  describe('the query of a list', () => {
    test('is documented for every list', () => {
      const paths = lists.map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining(['/api/admin/chats/', '/api/keys/', '/api/admin/stats/']));
      expect(paths.length).toBeGreaterThanOrEqual(12);
    });

    test.each(lists)('of $path accepts each documented parameter once', async ({ path, names }) => {
      const api = testApi(engine());
      const { target, auth } = await openList(api, path);
      for (const name of names.filter((documented) => documented !== 'cursor')) {
        const pair = `${name}=${validValue(path, name)}`;
        const once = await ask(api, 'GET', `${target}?${pair}`, { auth });
        expect(once.status, `${pair}: ${once.text}`).toBe(200);
        const twice = await ask(api, 'GET', `${target}?${pair}&${pair}`, { auth });
        expect(twice.status, pair).toBe(400);
        expect(twice.body['errors']).toEqual({ [name]: ['Must not be repeated.'] });
      }
    });

    test.each(lists)('of $path rejects every other parameter, and names it', async ({ path, names }) => {
      const api = testApi(engine());
      const { target, auth } = await openList(api, path);
      const others = ['user_id', 'User', 'Limit', 'page', '_', 'x[]', '__proto__', 'constructor', 'ü'];
      for (const other of others) {
        for (const headers of [{}, { Accept: 'text/csv' }]) {
          const query = `${encodeURIComponent(other)}=1`;
          const rejected = await ask(api, 'GET', `${target}?${query}`, { auth, headers });
          expect(rejected.status, other).toBe(400);
          expect(rejected.body['code']).toBe('invalid_input');
          expect(Object.keys(rejected.body['errors'] as object)).toEqual([other]);
          for (const name of names) expect(rejected.text).toContain(name);
        }
      }
      if (names.includes('limit')) {
        const both = await ask(api, 'GET', `${target}?limit=0&other=1&third`, { auth });
        expect(Object.keys(both.body['errors'] as object)).toEqual(['limit', 'other', 'third']);
      }
      expect((await ask(api, 'GET', `${target}?other=1`)).status).toBe(401);
    });

    test('with a total has it on the first page only, by its filters', async () => {
      const api = testApi(engine());
      const { auth, id } = await newAdmin(api);
      for (const message of ['One', 'Two', 'Three']) await chat(api, auth, message);
      const read = async (query: string) =>
        (await ask(api, 'GET', `/api/admin/chats/?user=${id}&limit=2&${query}`, { auth })).body;
      const first = await read('total=true');
      expect(first).toMatchObject({ total: 3, results: [{ message: 'Three' }, { message: 'Two' }] });
      expect(await read('total=true&text=two')).toMatchObject({ total: 1 });
      expect(await read(`total=true&cursor=${String(first['next'])}`)).not.toHaveProperty('total');
      expect(await read('total=false')).not.toHaveProperty('total');
      const { body } = await ask(api, 'GET', '/api/admin/chats/?user=unknown&total=true', { auth });
      expect(body).toEqual({ results: [], next: null, total: 0 });
    });

    test("with an account's id under another name is rejected instead of returning everything", async () => {
      const api = testApi(engine());
      const { auth, id } = await newAdmin(api);
      await chat(api, auth, 'Hello');
      const rejected = await ask(api, 'GET', `/api/admin/chats/?user_id=${id}&format=csv`, { auth });
      expect(rejected.status).toBe(400);
      expect(rejected.body['errors']).toEqual({
        user_id: [
          'Is not a parameter of this path, which has user, status, model, text, from, to, sort, limit, cursor, format, total.',
        ],
      });
      expect((await ask(api, 'GET', `/api/admin/chats/?user=${id}&format=csv`, { auth })).status).toBe(200);
    });
  });
}
