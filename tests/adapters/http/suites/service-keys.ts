import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import type { ServiceScope } from '../../../../src/domain/auth/service-key.js';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import { newId } from '../../../../src/testing/accounts.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, freshName, goodPassword, idOf, newAccount, newAdmin } from '../requests.js';
import { authenticatedRoutes, isLikeOpenAi } from '../routes.js';
import { testApi, type TestApi } from '../test-api.js';

const path = '/api/admin/service-keys/';

async function create(api: TestApi, auth: string, json: Record<string, unknown> = {}) {
  const body = { name: 'images', scopes: ['metering'], ...json };
  const response = await ask(api, 'POST', path, { auth, json: body });
  return { ...response, id: response.body['id'] as string, key: response.body['key'] as string };
}

async function listed(api: TestApi, auth: string) {
  return (await ask(api, 'GET', path, { auth })).body['results'] as Record<string, unknown>[];
}

/** The secret of a service key with these scopes, of a new administrator. */
export async function newServiceKey(api: TestApi, ...scopes: ServiceScope[]): Promise<string> {
  const { auth } = await newAdmin(api);
  return (await create(api, auth, { scopes })).key;
}

/** The scope that covers a route; null if no service key may call it. */
function requiredScope(method: string, route: string): ServiceScope | null {
  if (!route.startsWith('/api/admin/')) return null;
  if (method === 'GET') return 'read';
  if (method === 'POST' && route.endsWith('/tokens/')) return 'grants';
  if (/\/(spend|holds|settle|renew|release)\/$/.test(route)) return 'metering';
  return null;
}

/** The keys of programs that belong to the installation. */
export function serviceKeysSuite(engine: OpenedEngine): void {
  describe('service keys', () => {
    test('a key is shown once, then known by its name, scopes and last characters', async () => {
      const api = testApi(engine());
      const admin = await newAdmin(api);
      const expires_at = '2090-01-31T12:00:00.000Z';
      const created = await create(api, admin.auth, { scopes: ['read', 'metering', 'read'], expires_at });
      expect(created.status).toBe(201);
      expect(created.key).toMatch(/^mcm_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
      const [first] = await listed(api, admin.auth);
      expect(first).toEqual({
        ...{ id: created.id, name: 'images', scopes: ['metering', 'read'], created_by: admin.id },
        ...{ last_characters: created.key.slice(-4), last_used_at: null, expires_at },
        created_at: expect.any(String) as string,
      });
      expect((await ask(api, 'GET', path, { auth: admin.auth })).text).not.toContain(created.key);
      expect((await ask(api, 'GET', path, { auth: created.key })).status).toBe(200);
      expect((await listed(api, admin.auth))[0]?.['last_used_at']).toMatch(/^\d{4}-/);
    });

    test('a mail reports a new key to its administrator', async () => {
      const api = testApi(engine());
      const username = freshName();
      const email = `${username}@example.org`;
      const login = { username, password: goodPassword };
      await api.core.admin.createAdmin({ caller: operatorCaller, email, ...login });
      const { body } = await ask(api, 'POST', '/api/login/', { json: login });
      api.mails.splice(0);
      const created = await create(api, body['token'] as string, { scopes: ['grants'] });
      expect(api.mails).toMatchObject([{ to: email, subject: 'A new service key' }]);
      const [{ text } = { text: '' }] = api.mails;
      expect(text).toContain('“images”');
      expect(text).toContain('grants');
      expect(text).toContain('https://chat.example.test/admin/');
      expect(text).not.toContain(created.key);
    });

    const cases: { name: string; scopes: ServiceScope[] }[] = [
      { name: 'metering', scopes: ['metering'] },
      { name: 'grants', scopes: ['grants'] },
      { name: 'read', scopes: ['read'] },
      { name: 'every scope', scopes: ['metering', 'grants', 'read'] },
    ];
    test.each(cases)('a key with $name reaches the routes of its scopes and no other', async ({ scopes }) => {
      const api = testApi(engine());
      const auth = await newServiceKey(api, ...scopes);
      for (const { method, path: route } of authenticatedRoutes) {
        const { status, body } = await ask(api, method, route, { auth });
        const scope = requiredScope(method, route);
        if (scope !== null && scopes.includes(scope)) {
          expect([401, 403], `${method} ${route}`).not.toContain(status);
          continue;
        }
        expect(status, `${method} ${route}`).toBe(403);
        const { code } = (isLikeOpenAi(route) ? body['error'] : body) as { code: unknown };
        expect(code).toBe('insufficient_scope');
      }
    });

    test('a key without a scope, which only a store can hold, reaches no route', async () => {
      const api = testApi(engine());
      const by = { kind: 'service_key', keyId: newId(), scopes: [] } as const;
      const without = testApi(engine(), {
        wrapCore: (core) => ({
          ...core,
          auth: { ...core.auth, identify: () => Promise.resolve({ by }) },
        }),
      });
      const auth = await newServiceKey(api, 'read');
      for (const { method, path: route } of authenticatedRoutes) {
        expect((await ask(without, method, route, { auth })).status, `${method} ${route}`).toBe(403);
      }
    });

    test('a removed, an expired, a made-up and a changed key is 401 on every route', async () => {
      const api = testApi(engine());
      const admin = await newAdmin(api);
      const removed = await create(api, admin.auth, { scopes: ['metering', 'grants', 'read'] });
      expect((await ask(api, 'GET', path, { auth: removed.key })).status).toBe(200);
      expect((await ask(api, 'DELETE', `${path}${removed.id}/`, { auth: admin.auth })).status).toBe(204);
      const living = (await create(api, admin.auth, { scopes: ['read'] })).key;
      const secrets = [
        removed.key,
        await expiredKey(api),
        `mcm_${newId().replaceAll('-', '')}_${'a'.repeat(43)}`,
        `${living.slice(0, -1)}${living.endsWith('A') ? 'B' : 'A'}`,
        living.replace('mcm_', 'mck_'),
        living.toUpperCase(),
      ];
      for (const auth of secrets) {
        for (const { method, path: route } of authenticatedRoutes) {
          const { status, headers } = await ask(api, method, route, { auth });
          expect(status, `${auth.slice(0, 8)} ${method} ${route}`).toBe(401);
          expect(headers.get('WWW-Authenticate')).toContain('invalid_token');
        }
      }
    });

    test('a key works only in the header, not in the cookie of a session', async () => {
      const api = testApi(engine());
      const auth = await newServiceKey(api, 'read');
      const bearer = { Authorization: `Bearer ${auth}` };
      expect((await ask(api, 'GET', path, { headers: bearer })).status).toBe(200);
      const cookie = { Cookie: `metered_chat_access=${auth}` };
      expect((await ask(api, 'GET', path, { headers: cookie })).status).toBe(401);
    });

    test('a key remains when its administrator is dismissed, disabled or erased', async () => {
      const api = testApi(engine());
      const [admin, other] = [await newAdmin(api), await newAdmin(api)];
      const { key } = await create(api, admin.auth, { scopes: ['read'] });
      const user = `/api/admin/users/${admin.id}/`;
      for (const change of [{ role: 'user' }, { status: 'disabled' }]) {
        await ask(api, 'PATCH', user, { auth: other.auth, json: change });
        expect((await ask(api, 'GET', path, { auth: key })).status).toBe(200);
      }
      expect((await ask(api, 'DELETE', user, { auth: other.auth })).status).toBe(204);
      expect((await ask(api, 'GET', path, { auth: key })).status).toBe(200);
    });

    test('there are a hundred keys and not one more, and another for one that is removed', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const made: string[] = [];
      for (;;) {
        const created = await create(api, auth);
        if (created.status !== 201) {
          expect([created.status, created.body['code']]).toEqual([409, 'too_many_keys']);
          break;
        }
        made.push(created.id);
      }
      expect(await listed(api, auth)).toHaveLength(100);
      expect((await ask(api, 'DELETE', `${path}${made.pop() ?? ''}/`, { auth })).status).toBe(204);
      made.push((await create(api, auth)).id);
      for (const id of made) await ask(api, 'DELETE', `${path}${id}/`, { auth });
    });

    test.each([
      [{ name: '' }, ['name']],
      [{ name: 'x'.repeat(101) }, ['name']],
      [{ name: undefined }, ['name']],
      [{ scopes: undefined }, ['scopes']],
      [{ scopes: [] }, ['scopes']],
      [{ scopes: 'read' }, ['scopes']],
      [{ scopes: ['read', 'write'] }, ['scopes.1']],
      [{ scopes: [null] }, ['scopes.0']],
      [{ expires_at: '2001-01-01T00:00:00Z' }, ['expires_at']],
      [{ expires_at: 'tomorrow' }, ['expires_at']],
    ])('no key is created with %j', async (json, fields) => {
      const api = testApi(engine());
      const rejected = await create(api, (await newAdmin(api)).auth, json);
      expect(rejected.status).toBe(400);
      expect(Object.keys(rejected.body['errors'] as object)).toEqual(fields);
    });

    test('only the session of an administrator creates and removes keys', async () => {
      const api = testApi(engine());
      const [admin, account] = [await newAdmin(api), await newAccount(api)];
      const { id, key } = await create(api, admin.auth, { scopes: ['metering', 'grants', 'read'] });
      const json = { name: 'of an administrator' };
      const apiKey = (await ask(api, 'POST', '/api/keys/', { auth: admin.auth, json })).body['key'] as string;
      for (const [auth, code] of [
        [account.auth, 'admin_required'],
        [apiKey, 'session_required'],
        [key, 'insufficient_scope'],
      ] as const) {
        const attempts = [
          await create(api, auth),
          await ask(api, 'DELETE', `${path}${id}/`, { auth }),
          await ask(api, 'DELETE', `${path}${newId()}/`, { auth }),
        ];
        for (const { status, body } of attempts) expect([status, body['code']]).toEqual([403, code]);
      }
      expect((await ask(api, 'GET', path, { auth: apiKey })).status).toBe(200);
    });

    test('the audit log has who created and removed a key, and what the key did', async () => {
      const api = testApi(engine());
      const [admin, account] = [await newAdmin(api), await newAccount(api)];
      const userId = await idOf(api, account.auth);
      const { id, key } = await create(api, admin.auth, { scopes: ['grants', 'read'] });
      const json = { amount: 5, reason: 'A gift' };
      const grant = await ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, { auth: key, json });
      expect(grant.status).toBe(201);
      expect(await balance(api, account.auth)).toMatchObject({ tokens: 4005 });
      await ask(api, 'DELETE', `${path}${id}/`, { auth: admin.auth });
      const events = async (query: string) =>
        (await ask(api, 'GET', `/api/admin/audit/?${query}`, { auth: admin.auth })).body['results'];
      const by = { actor_id: admin.id, service_key_id: null, user_id: null, subject_id: id };
      expect(await events(`subject=${id}`)).toMatchObject([
        { ...by, action: 'service_key_removed' },
        { ...by, action: 'service_key_created' },
      ]);
      expect(await events(`actor=${id}`)).toMatchObject([
        {
          ...{ action: 'balance_adjusted', actor_id: null, actor_username: null, service_key_id: id },
          ...{ user_id: userId, username: account.username, subject_id: grant.body['id'] },
        },
      ]);
    });

    test("an account's export has what a service key did to it, without the key's address", async () => {
      const api = testApi(engine(), { trustedProxies: [] });
      const account = await newAccount(api);
      const userId = await idOf(api, account.auth);
      const auth = await newServiceKey(api, 'grants');
      await ask(api, 'POST', `/api/admin/users/${userId}/tokens/`, {
        ...{ auth, json: { amount: 5, reason: 'A gift' } },
        headers: { 'User-Agent': 'the billing program' },
      });
      const exported = await ask(api, 'GET', '/api/me/export/', { auth: account.auth });
      expect(exported.text).toContain('balance_adjusted');
      expect(exported.text).not.toContain('the billing program');
    });

    test('requests of a key are limited, whatever they are, and those of another key apart', async () => {
      const limits = { ...noLimits, requestsByServiceKey: { max: 2, windowMs: 60_000 } };
      const api = testApi(engine(), { policy: { limits } });
      const [first, second] = [await newServiceKey(api, 'read'), await newServiceKey(api, 'read')];
      const used = await ask(api, 'GET', path, { auth: first });
      expect([used.status, used.headers.get('RateLimit-Remaining')]).toEqual([200, '1']);
      expect((await ask(api, 'GET', '/api/admin/users/', { auth: first })).status).toBe(200);
      const limited = await ask(api, 'GET', path, { auth: first });
      expect([limited.status, limited.body['code']]).toEqual([429, 'rate_limited']);
      expect(limited.headers.get('Retry-After')).toMatch(/^\d+$/);
      expect((await ask(api, 'GET', path, { auth: second })).status).toBe(200);
      const { auth } = await newAdmin(api);
      const asAdmin = await ask(api, 'GET', path, { auth });
      expect([asAdmin.status, asAdmin.headers.get('RateLimit-Limit')]).toEqual([200, null]);
    });
  });

  async function expiredKey(api: TestApi): Promise<string> {
    const { serviceKeyStore } = engine().stores;
    const expired = testApi({
      ...engine(),
      stores: {
        ...engine().stores,
        serviceKeyStore: {
          ...serviceKeyStore,
          create: (key) => serviceKeyStore.create({ ...key, expiresAt: new Date(Date.now() - 1000) }),
        },
      },
    });
    const { auth } = await newAdmin(api);
    const { key } = await create(expired, auth, { scopes: ['metering', 'grants', 'read'] });
    return key;
  }
}
