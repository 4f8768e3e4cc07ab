import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, freshName, idOf, newAccount, newAdmin } from '../requests.js';
import { adminRoutes } from '../routes.js';
import { testApi, type TestApi } from '../test-api.js';

type Row = Record<string, unknown>;

async function rows(api: TestApi, auth: string, target: string): Promise<Row[]> {
  const response = await ask(api, 'GET', `/api/admin/${target}`, { auth });
  expect(response.status, response.text).toBe(200);
  return response.body['results'] as Row[];
}

/** The lists of the administration, and that only administrators can read them. */
export function adminListsSuite(engine: OpenedEngine): void {
  describe('the administration', () => {
    test.each(adminRoutes)(
      '$method $path rejects callers who are not administrators',
      async ({ method, path }) => {
        const api = testApi(engine());
        const plain = await newAccount(api);
        const { body } = await ask(api, 'POST', '/api/keys/', { auth: plain.auth, json: { name: 'mine' } });
        expect((await ask(api, method, path)).status).toBe(401);
        expect((await ask(api, method, path, { auth: 'mca_made_up' })).status).toBe(401);
        for (const auth of [plain.auth, body['key'] as string]) {
          const rejected = await ask(api, method, path, { auth });
          expect(rejected.status).toBe(403);
          expect(rejected.body['code']).toBe('admin_required');
        }
      },
    );

    test('accounts are listed with their balance, and found by a part of their name', async () => {
      const api = testApi(engine());
      const [admin, username] = [await newAdmin(api), `Part_of.${freshName()}`];
      const { auth } = await newAccount(api, { username, email: `${username}@example.org` });
      await chat(api, auth, 'Hello');
      const id = await idOf(api, auth);
      const found = await rows(api, admin.auth, `users/?q=${username.toUpperCase()}`);
      expect(found).toEqual([
        {
          ...{
            id,
            username,
            email: `${username}@example.org`,
            email_verified: false,
            pending_email: null,
            role: 'user',
          },
          ...{ status: 'active', tokens: 3900, held: 0 },
          created_at: expect.stringMatching(/Z$/) as string,
          last_seen_at: expect.stringMatching(/Z$/) as string,
          last_signed_in_at: null,
        },
      ]);
      const alone = await ask(api, 'GET', `/api/admin/users/${id}/`, { auth: admin.auth });
      expect(alone.body).toEqual({ ...found[0], uncollected: 0, debt: 0 });
      expect(await rows(api, admin.auth, `users/?q=${username}&role=admin`)).toEqual([]);
      expect(await rows(api, admin.auth, `users/?q=${username}&status=disabled`)).toEqual([]);
    });

    test('accounts have the time of their last sign-in, and are filtered by the time they joined', async () => {
      const api = testApi(engine());
      const [admin, { username }] = [await newAdmin(api), await newAccount(api)];
      const login = { username, password: 'StrongPass123!' };
      expect((await ask(api, 'POST', '/api/login/', { json: login })).status).toBe(200);
      const [found] = await rows(api, admin.auth, `users/?q=${username}`);
      expect(found?.['last_signed_in_at']).toMatch(/Z$/);
      const joinedAt = new Date(found?.['created_at'] as string);
      const [day, shift] = [joinedAt.toISOString().slice(0, 10), 120_000];
      const at = (ms: number) => new Date(joinedAt.getTime() + ms).toISOString();
      for (const [range, count] of [
        [`from=${day}&to=${day}`, 1],
        [`from=${at(shift)}`, 0],
        [`to=${at(-shift)}`, 0],
        [`from=${at(-shift)}&to=${at(shift)}&sort=-tokens`, 1],
      ] as const) {
        expect(await rows(api, admin.auth, `users/?q=${username}&${range}`), range).toHaveLength(count);
      }
      const bad = await ask(api, 'GET', '/api/admin/users/?from=yesterday', { auth: admin.auth });
      expect([bad.status, Object.keys(bad.body['errors'] as object)]).toEqual([400, ['from']]);
    });

    test.each(['created_at', '-created_at', 'username', '-username', 'tokens', '-tokens'])(
      'the pages of accounts sorted by %s together are the whole list',
      async (sort) => {
        const api = testApi(engine());
        const [admin, mark] = [await newAdmin(api), freshName()];
        for (const name of ['c', 'a', 'b']) await newAccount(api, { username: `${mark}x.${name}` });
        const query = `q=${mark}x.&sort=${sort}`;
        const whole = await rows(api, admin.auth, `users/?${query}`);
        expect(whole).toHaveLength(3);
        const paged: Row[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
          const target = `/api/admin/users/?${query}&limit=1${from}`;
          const response = await ask(api, 'GET', target, { auth: admin.auth });
          paged.push(...(response.body['results'] as Row[]));
          cursor = response.body['next'] as string | null;
        }
        expect(paged).toEqual(whole);
        const names = whole.map(({ username }) => (username as string).slice(-1)).join('');
        const descending = sort.startsWith('-');
        if (sort.endsWith('username')) expect(names).toBe(descending ? 'cba' : 'abc');
        if (sort.endsWith('created_at')) expect(names).toBe(descending ? 'bac' : 'cab');
      },
    );

    test('the chats and entries of an account are found by its id, username or email', async () => {
      const api = testApi(engine());
      const [admin, email] = [await newAdmin(api), `${freshName()}@example.org`];
      const { auth, username } = await newAccount(api, { email });
      const sent = await chat(api, auth, 'their Message');
      const id = await idOf(api, auth);
      for (const user of [id, id.toUpperCase(), username.toUpperCase(), email]) {
        const chats = await rows(
          api,
          admin.auth,
          `chats/?user=${user}&status=completed&model=echo&text=MESSAGE`,
        );
        expect(chats).toMatchObject([
          { id: sent.body['id'], user_id: id, username, message: 'their Message', tokens_charged: 100 },
        ]);
        const entries = await rows(api, admin.auth, `entries/?user=${user}`);
        expect(entries.map(({ kind, username: named }) => [kind, named])).toEqual([
          ['charge', username],
          ['grant', username],
        ]);
      }
      const path = `/api/admin/chats/${sent.body['id'] as string}/`;
      const one = await ask(api, 'GET', path, { auth: admin.auth });
      expect(one.body).toMatchObject({ user_id: id, response: 'Echo: their Message' });
      for (const unknown of ['no_such_name', 'a', '%00x'.slice(3), '\u{1F600}', 'x'.repeat(600)]) {
        expect(await rows(api, admin.auth, `chats/?user=${encodeURIComponent(unknown)}`)).toEqual([]);
      }
    });

    test('a time range starts and ends with a time or a day', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      const sent = await chat(api, auth, 'their Message');
      const createdAt = new Date(sent.body['created_at'] as string);
      const [day, shift] = [createdAt.toISOString().slice(0, 10), 120_000];
      const at = (ms: number) => new Date(createdAt.getTime() + ms).toISOString();
      for (const [range, count] of [
        [`from=${day}&to=${day}`, 1],
        [`from=${at(-shift)}`, 1],
        [`from=${at(shift)}`, 0],
        [`to=${at(shift)}`, 1],
        [`to=${at(-shift)}`, 0],
        ['from=1999-12-31&to=2000-01-01', 0],
        ['to=9999-12-30', 1],
      ] as const) {
        expect(await rows(api, admin.auth, `chats/?user=${username}&${range}`), range).toHaveLength(count);
      }
    });

    test('audit events have actor and subject, and are found by either', async () => {
      const api = testApi(engine());
      const [admin, { auth, username }] = [await newAdmin(api), await newAccount(api)];
      await ask(api, 'PATCH', '/api/me/', { auth, json: { username: `${username}.new` } });
      const id = await idOf(api, auth);
      const own = await rows(api, admin.auth, `audit/?actor=${id}`);
      expect(own).toMatchObject([
        { action: 'username_changed', actor_id: id, user_id: id, actor_username: `${username}.new` },
      ]);
      const about = await rows(api, admin.auth, `audit/?subject=${username}.new`);
      expect(about.map(({ action }) => action)).toEqual(['username_changed', 'registered']);
      const registered = await rows(api, admin.auth, `audit/?subject=${id}&action=registered`);
      expect(registered).toMatchObject([{ actor_id: null, actor_username: null }]);
    });

    test.each([
      ['users', 'role', 'owner'],
      ['users', 'role', ''],
      ['users', 'status', 'gone'],
      ['users', 'sort', 'password_hash'],
      ['users', 'sort', '--username'],
      ['users', 'limit', '0'],
      ['users', 'cursor', 'x'],
      ['users', 'cursor', 'WyJ1c2VybmFtZSIsImEiLCJiIl0'],
      ['chats', 'status', 'open'],
      ['chats', 'user', ''],
      ['chats', 'from', 'yesterday'],
      ['chats', 'to', '2026-02-30'],
      ['chats', 'from', '0000-01-01T00:00:00Z'],
      ['chats', 'to', '9999-12-31T23:59:59-23:00'],
      ['chats', 'to', '9999-12-31'],
      ['chats', 'cursor', '?'],
      ['entries', 'kind', 'gift'],
      ['audit', 'action', 'hacked'],
      ['audit', 'to', '1'],
    ])('%s with the %s %j is 400', async (list, field, value) => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const target = `/api/admin/${list}/?${field}=${encodeURIComponent(value)}`;
      const response = await ask(api, 'GET', target, { auth });
      expect(response.status).toBe(400);
      expect(response.body).toMatchObject({
        code: 'invalid_input',
        errors: { [field]: [expect.any(String)] },
      });
    });

    test('a cursor of one sort order is rejected with another', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      await newAdmin(api);
      const page = await ask(api, 'GET', '/api/admin/users/?sort=tokens&limit=1', { auth });
      const target = `/api/admin/users/?sort=username&cursor=${page.body['next'] as string}`;
      expect((await ask(api, 'GET', target, { auth })).body).toMatchObject({
        errors: { cursor: [expect.stringContaining('"next"')] },
      });
    });

    test("an administrator's API key reads everything", async () => {
      const api = testApi(engine());
      const { auth, id } = await newAdmin(api);
      const { body } = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'reports' } });
      for (const target of ['users/', `users/${id}/`, 'chats/', 'entries/', 'audit/']) {
        const path = `/api/admin/${target}`;
        expect((await ask(api, 'GET', path, { auth: body['key'] as string })).status, path).toBe(200);
      }
    });
  });
}
