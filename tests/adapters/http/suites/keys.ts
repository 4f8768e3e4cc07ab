import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { ask, goodPassword, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

async function createKey(api: TestApi, auth: string, more: Record<string, unknown> = {}) {
  const { body, status } = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'deploy', ...more } });
  return { status, body, id: body['id'] as string, key: body['key'] as string };
}

/** The keys of programs. */
export function keysSuite(engine: OpenedEngine): void {
  describe('API keys', () => {
    test('a key is shown once, then known by its name and last characters', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const created = await createKey(api, auth);
      expect(created.status).toBe(201);
      expect(created.key).toMatch(/^mck_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
      const listed = await ask(api, 'GET', '/api/keys/', { auth });
      expect(listed.body['results']).toMatchObject([
        { id: created.id, name: 'deploy', last_characters: created.key.slice(-4), last_used_at: null },
      ]);
      expect(listed.text).not.toContain(created.key);
    });

    test('a key chats and reads like an access token, and its use is noted', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { key } = await createKey(api, auth);
      const bearer = { Authorization: `Bearer ${key}` };
      const json = { message: 'Hi' };
      expect((await ask(api, 'POST', '/api/chat/', { headers: bearer, json })).status).toBe(200);
      for (const path of ['/api/me/', '/api/tokens/', '/api/chat/', '/api/tokens/entries/', '/api/keys/']) {
        expect((await ask(api, 'GET', path, { auth: key })).status, path).toBe(200);
      }
      const { body } = await ask(api, 'GET', '/api/keys/', { auth });
      expect((body['results'] as { last_used_at: string }[])[0]?.last_used_at).toMatch(/^\d{4}-/);
    });

    test('an account has a hundred keys and not one more, and can have another for one that is removed', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const first = await createKey(api, auth);
      for (let made = 1; made < 100; made += 1) expect((await createKey(api, auth)).status).toBe(201);
      const refused = await createKey(api, auth);
      expect([refused.status, refused.body['code']]).toEqual([409, 'too_many_keys']);
      expect((await ask(api, 'DELETE', `/api/keys/${first.id}/`, { auth })).status).toBe(204);
      expect((await createKey(api, auth)).status).toBe(201);
    });

    test('a key cannot change the account, its password, email, sessions or keys', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { key, id } = await createKey(api, auth);
      const sessions = await ask(api, 'GET', '/api/sessions/', { auth });
      const session = (sessions.body['results'] as { id: string }[])[0]?.id ?? '';
      const current = { current_password: goodPassword };
      const attempts = [
        ['PATCH', '/api/me/', { username: 'other_name' }],
        ['PATCH', '/api/me/', { email: 'a@example.org', ...current }],
        ['DELETE', '/api/me/', current],
        ['POST', '/api/me/password/', { ...current, new_password: 'Another-Pass-99' }],
        ['POST', '/api/keys/', { name: 'another' }],
        ['DELETE', `/api/keys/${id}/`, undefined],
        ['DELETE', '/api/sessions/', undefined],
        ['DELETE', `/api/sessions/${session}/`, undefined],
        ['POST', '/api/logout/', undefined],
      ] as const;
      for (const [method, path, json] of attempts) {
        const refused = await ask(api, method, path, { auth: key, json });
        expect(refused.status, `${method} ${path}`).toBe(403);
        expect(refused.body['code']).toBe('session_required');
      }
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
    });

    test("a removed key is refused at once; another's key cannot be removed", async () => {
      const api = testApi(engine());
      const [owner, stranger] = [await newAccount(api), await newAccount(api)];
      const { key, id } = await createKey(api, owner.auth);
      const path = `/api/keys/${id}/`;
      expect((await ask(api, 'DELETE', path, { auth: stranger.auth })).status).toBe(404);
      expect((await ask(api, 'DELETE', path, { auth: owner.auth })).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(401);
      expect((await ask(api, 'DELETE', path, { auth: owner.auth })).status).toBe(404);
    });

    test('a key stays when its owner logs out, and ends when they are disabled', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      const { key } = await createKey(api, auth);
      await ask(api, 'POST', '/api/logout/', { auth });
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(200);
      await engine().disable(username);
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(401);
    });

    test('keys stay when all other sessions end, and go with them by ?keys=true', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { key } = await createKey(api, auth);
      const end = (query: string) => ask(api, 'DELETE', `/api/sessions/${query}`, { auth });
      expect((await end('')).status).toBe(204);
      expect((await end('?keys=false')).status).toBe(204);
      const faulty = await end('?keys=yes');
      expect([faulty.status, Object.keys(faulty.body['errors'] as object)]).toEqual([400, ['keys']]);
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(200);
      expect((await end('?keys=true')).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(401);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
    });

    test('a name or an expiry that cannot be is refused', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      for (const faulty of [
        { name: '' },
        { name: 'n'.repeat(101) },
        { name: 7 },
        { expires_at: 'tomorrow' },
        { expires_at: '2001-01-01T00:00:00Z' },
      ]) {
        expect((await createKey(api, auth, faulty)).status, JSON.stringify(faulty)).toBe(400);
      }
      expect((await createKey(api, auth, { expires_at: '2101-01-01T00:00:00Z' })).status).toBe(201);
    });
  });
}
