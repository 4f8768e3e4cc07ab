import { describe, expect, test } from 'vitest';
import { expectSound } from '../../../../src/testing/accounts.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, balance, chat, freshName, goodPassword, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const userAgent = { 'User-Agent': 'an admin page' };

async function setUp(api: TestApi) {
  const [admin, account] = [await newAdmin(api), await newAccount(api)];
  const id = await idOf(api, account.auth);
  const patch = (json: unknown, auth = admin.auth) =>
    ask(api, 'PATCH', `/api/admin/users/${id}/`, { auth, json, headers: userAgent });
  const grant = (json: unknown, key?: string, auth = admin.auth) =>
    ask(api, 'POST', `/api/admin/users/${id}/tokens/`, {
      auth,
      json,
      headers: { ...userAgent, ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
    });
  const { body } = await ask(api, 'POST', '/api/keys/', { auth: admin.auth, json: { name: 'program' } });
  return { admin, account, id, patch, grant, key: body['key'] as string };
}

function create(api: TestApi, auth: string, json: Record<string, unknown>) {
  const body = { username: freshName(), password: goodPassword, ...json };
  return ask(api, 'POST', '/api/admin/users/', { auth, json: body, headers: userAgent });
}

/** Returns what an administrator did to an account according to the audit log, oldest first. */
async function auditedActions(api: TestApi, admin: { auth: string; id: string }, userId: string) {
  const target = `/api/admin/audit/?actor=${admin.id}&subject=${userId}`;
  const { body } = await ask(api, 'GET', target, { auth: admin.auth });
  const events = body['results'] as Record<string, unknown>[];
  expect(events.every(({ user_agent: agent }) => agent === userAgent['User-Agent'])).toBe(true);
  return events.map(({ action }) => action).reverse();
}

/** The actions of administrators on accounts. */
export function adminActionsSuite(engine: OpenedEngine): void {
  describe('an administrator', () => {
    test('changes names, role and status; a disabled account is signed out at once; each change is in the audit log', async () => {
      const api = testApi(engine());
      const { admin, account, id, patch } = await setUp(api);
      const [username, email] = [freshName(), `${freshName()}@example.org`];
      const changed = await patch({ username, email, role: 'admin' });
      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ id, username, email: null, pending_email: email, role: 'admin' });
      expect(api.mails).toMatchObject([{ to: email, userId: id }]);
      const [, secret] = /token=(\S+)/.exec(api.mails[0]?.text ?? '') ?? [];
      expect((await ask(api, 'POST', '/api/email/verify/', { json: { token: secret } })).status).toBe(204);
      expect((await patch({})).body).toMatchObject({ email, email_verified: true, pending_email: null });
      const asAdmin = await ask(api, 'GET', '/api/admin/audit/', { auth: account.auth });
      expect(asAdmin.status).toBe(200);
      expect((await patch({ role: 'user' })).status).toBe(200);
      expect((await ask(api, 'GET', '/api/admin/audit/', { auth: account.auth })).status).toBe(403);
      expect((await patch({ status: 'disabled' })).body).toMatchObject({ status: 'disabled' });
      expect((await ask(api, 'GET', '/api/me/', { auth: account.auth })).status).toBe(401);
      const login = { username, password: account.password };
      expect((await ask(api, 'POST', '/api/login/', { json: login })).status).toBe(401);
      await patch({ status: 'active', email: null });
      expect((await ask(api, 'GET', '/api/me/', { auth: account.auth })).status).toBe(401);
      expect((await ask(api, 'POST', '/api/login/', { json: login })).status).toBe(200);
      expect(await auditedActions(api, admin, id)).toEqual([
        'administrator_appointed',
        'username_changed',
        'email_change_requested',
        'administrator_dismissed',
        'account_disabled',
        'account_enabled',
        'email_changed',
      ]);
    });

    test('cannot set a username or email that is taken or invalid', async () => {
      const api = testApi(engine());
      const { admin, id, patch } = await setUp(api);
      const email = `${freshName()}@example.org`;
      const other = await newAccount(api, { email });
      const taken = await patch({ username: other.username.toUpperCase() });
      expect(taken.status).toBe(409);
      expect(taken.body).toMatchObject({ code: 'username_taken', errors: { username: ['Is taken.'] } });
      expect((await patch({ email: email.toUpperCase() })).body).toMatchObject({ code: 'email_taken' });
      const invalid = await patch({ username: 'a b', email: 'nowhere', role: 'owner', status: 'gone' });
      expect(invalid.status).toBe(400);
      expect(Object.keys(invalid.body['errors'] as object).sort()).toEqual(['role', 'status']);
      const names = await patch({ username: 'a b', email: 'nowhere' });
      expect(Object.keys(names.body['errors'] as object).sort()).toEqual(['email', 'username']);
      expect((await patch({ id: 'x', tokens: 5, email_verified: true })).body).toMatchObject({
        ...{ id, tokens: 4000, email_verified: false },
      });
      expect(await auditedActions(api, admin, id)).toEqual([]);
    });

    test('adds and removes tokens, each with one entry that has the reason', async () => {
      const api = testApi(engine());
      const { admin, account, id, grant } = await setUp(api);
      const granted = await grant({ amount: 500, reason: 'a gift' });
      expect(granted.status).toBe(201);
      expect(granted.body).toMatchObject({
        kind: 'grant',
        amount: 500,
        balance_after: 4500,
        reason: 'a gift',
      });
      const taken = await grant({ amount: -4500, reason: 'taken back' });
      expect(taken.body).toMatchObject({ kind: 'adjustment', amount: -4500, balance_after: 0 });
      const rejected = await grant({ amount: -1, reason: 'more' });
      expect(rejected.status).toBe(409);
      expect(rejected.body).toMatchObject({ code: 'balance_out_of_range', remaining_tokens: 0 });
      expect(await balance(api, account.auth)).toEqual({ tokens: 0, held: 0 });
      expect(await auditedActions(api, admin, id)).toEqual(['balance_adjusted', 'balance_adjusted']);
      const target = `/api/admin/audit/?subject=${granted.body['id'] as string}`;
      expect((await ask(api, 'GET', target, { auth: admin.auth })).body['results']).toHaveLength(1);
    });

    test.each([
      [{ amount: 0, reason: 'why' }, 'amount'],
      [{ amount: 1.5, reason: 'why' }, 'amount'],
      [{ amount: 2 ** 53, reason: 'why' }, 'amount'],
      [{ amount: '5', reason: 'why' }, 'amount'],
      [{ reason: 'why' }, 'amount'],
      [{ amount: 5 }, 'reason'],
      [{ amount: 5, reason: ' ' }, 'reason'],
      [{ amount: 5, reason: 'x'.repeat(501) }, 'reason'],
    ])('cannot adjust a balance with %j', async (json, field) => {
      const api = testApi(engine());
      const { account, grant } = await setUp(api);
      const rejected = await grant(json);
      expect(rejected.status).toBe(400);
      expect(Object.keys(rejected.body['errors'] as object)).toEqual([field]);
      expect(await balance(api, account.auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test('gets the same entry for a repeated Idempotency-Key, also concurrently; another body is 422', async () => {
      const api = testApi(engine());
      const { admin, account, id, grant } = await setUp(api);
      const json = { amount: 5, reason: 'once' };
      const responses = await Promise.all(Array.from({ length: 8 }, () => grant(json, 'k 1')));
      expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201));
      expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
      const replayed = responses.filter(({ headers }) => headers.get('Idempotent-Replayed') === 'true');
      expect(replayed).toHaveLength(7);
      expect((await grant(json, '"k 1"')).headers.get('Idempotent-Replayed')).toBe('true');
      for (const other of [
        { amount: 6, reason: 'once' },
        { amount: 5, reason: 'twice' },
      ]) {
        const reused = await grant(other, 'k 1');
        expect(reused.status).toBe(422);
        expect(reused.body['code']).toBe('idempotency_key_reused');
      }
      expect((await grant(json, 'k'.repeat(256))).status).toBe(400);
      expect((await grant(json, 'k 2')).headers.get('Idempotent-Replayed')).toBeNull();
      expect(await balance(api, account.auth)).toEqual({ tokens: 4010, held: 0 });
      expect(await auditedActions(api, admin, id)).toEqual(['balance_adjusted', 'balance_adjusted']);
    });

    test('signs an account out everywhere', async () => {
      const api = testApi(engine());
      const { admin, account, id } = await setUp(api);
      const { username, password } = account;
      const second = await ask(api, 'POST', '/api/login/', { json: { username, password } });
      const path = `/api/admin/users/${id}/sessions/`;
      expect((await ask(api, 'DELETE', path, { auth: admin.auth, headers: userAgent })).status).toBe(204);
      for (const auth of [account.auth, second.body['token'] as string]) {
        expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(401);
      }
      expect((await ask(api, 'POST', '/api/login/', { json: { username, password } })).status).toBe(200);
      expect(await auditedActions(api, admin, id)).toEqual(['sessions_ended']);
    });

    test('lists the sessions and keys of an account, without secrets, and ends one or all of them', async () => {
      const api = testApi(engine());
      const { admin, account, id } = await setUp(api);
      const { username, password } = account;
      await ask(api, 'POST', '/api/login/', {
        json: { username, password },
        headers: { 'User-Agent': 'laptop' },
      });
      const keys = [];
      for (const name of ['one', 'two', 'three']) {
        keys.push((await ask(api, 'POST', '/api/keys/', { auth: account.auth, json: { name } })).body);
      }
      const path = (rest: string) => `/api/admin/users/${id}/${rest}`;
      const as = { auth: admin.auth, headers: userAgent };
      const listed = async (what: string) =>
        (await ask(api, 'GET', path(what), as)).body['results'] as Record<string, unknown>[];
      const isRevoked = async (key: unknown) =>
        (await ask(api, 'GET', '/api/me/', { auth: key as string })).status === 401;

      const sessions = await listed('sessions/');
      expect(sessions).toHaveLength(2);
      expect(sessions.map(({ current }) => current)).toEqual([false, false]);
      const laptop = sessions.find(({ user_agent: agent }) => agent === 'laptop');
      const shown = await ask(api, 'GET', path('keys/'), as);
      expect(shown.body['results']).toMatchObject([{ name: 'three' }, { name: 'two' }, { name: 'one' }]);
      for (const { key } of keys) expect(shown.text).not.toContain(key);

      expect((await ask(api, 'DELETE', path(`sessions/${String(laptop?.['id'])}/`), as)).status).toBe(204);
      expect(await listed('sessions/')).toHaveLength(1);
      expect((await ask(api, 'DELETE', path(`keys/${String(keys[0]?.['id'])}/`), as)).status).toBe(204);
      expect([await isRevoked(keys[0]?.['key']), await isRevoked(keys[1]?.['key'])]).toEqual([true, false]);
      const elsewhere = `/api/admin/users/${admin.id}/keys/${String(keys[1]?.['id'])}/`;
      expect((await ask(api, 'DELETE', elsewhere, as)).status).toBe(404);

      expect((await ask(api, 'DELETE', path('sessions/'), as)).status).toBe(204);
      expect([await isRevoked(account.auth), await isRevoked(keys[1]?.['key'])]).toEqual([true, false]);
      expect((await ask(api, 'DELETE', path('sessions/?keys=maybe'), as)).status).toBe(400);
      expect((await ask(api, 'DELETE', path('sessions/?keys=true'), as)).status).toBe(204);
      expect([await isRevoked(keys[1]?.['key']), await isRevoked(keys[2]?.['key'])]).toEqual([true, true]);

      const login = await ask(api, 'POST', '/api/login/', { json: { username, password } });
      const auth = login.body['token'] as string;
      const last = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'last' } });
      expect((await ask(api, 'DELETE', path('keys/'), as)).status).toBe(204);
      expect([await isRevoked(auth), await isRevoked(last.body['key'])]).toEqual([false, true]);
      expect(await listed('keys/')).toEqual([]);
      const filtered = `/api/admin/audit/?action=keys_removed&subject=${id}`;
      expect((await ask(api, 'GET', filtered, as)).body['results']).toHaveLength(2);
      expect(await auditedActions(api, admin, id)).toEqual([
        ...['session_ended', 'key_removed', 'sessions_ended'],
        ...['sessions_ended', 'keys_removed', 'keys_removed'],
      ]);
    });

    test('creates accounts, which can sign in at once, with the given starting balance', async () => {
      const api = testApi(engine());
      const { admin } = await setUp(api);
      const email = `${freshName()}@example.org`;
      const plain = await create(api, admin.auth, { email });
      expect(plain.status).toBe(201);
      const id = plain.body['id'] as string;
      expect(plain.body).toEqual(
        (await ask(api, 'GET', `/api/admin/users/${id}/`, { auth: admin.auth })).body,
      );
      expect(plain.body).toMatchObject({ email, role: 'user', status: 'active', tokens: 4000, held: 0 });
      expect(plain.body).toMatchObject({ email_verified: false, last_seen_at: null });
      expect(api.mails).toMatchObject([{ to: email, userId: id }]);
      const login = { username: plain.body['username'], password: goodPassword };
      expect((await ask(api, 'POST', '/api/login/', { json: login })).status).toBe(200);
      expect(await auditedActions(api, admin, id)).toEqual(['account_created']);

      const [rich, poor] = [
        await create(api, admin.auth, { role: 'admin', tokens: 7, email: '' }),
        await create(api, admin.auth, { tokens: 0, email: null, status: 'disabled', id }),
      ];
      expect(rich.body).toMatchObject({ role: 'admin', tokens: 7, email: null });
      expect(await auditedActions(api, admin, rich.body['id'] as string)).toEqual(['administrator_created']);
      expect(poor.body).toMatchObject({ role: 'user', tokens: 0, email: null, status: 'active' });
      expect(poor.body['id']).not.toBe(id);
      const entries = `/api/admin/entries/?user=${poor.body['id'] as string}`;
      expect((await ask(api, 'GET', entries, { auth: admin.auth })).body['results']).toEqual([]);
      await expectSound(engine().stores);
    });

    test('cannot create an account with a taken name, not even with concurrent requests', async () => {
      const api = testApi(engine());
      const { admin, account } = await setUp(api);
      const taken = await create(api, admin.auth, { username: account.username.toUpperCase() });
      expect(taken.status).toBe(409);
      expect(taken.body).toMatchObject({ code: 'username_taken', errors: { username: ['Is taken.'] } });
      const email = `${freshName()}@example.org`;
      const responses = await Promise.all([
        create(api, admin.auth, { email }),
        create(api, admin.auth, { email: email.toUpperCase() }),
      ]);
      expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
      const username = freshName();
      const same = await Promise.all([1, 2, 3].map(() => create(api, admin.auth, { username })));
      expect(same.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    test.each([
      [{ username: 'a b' }, ['username']],
      [{ username: undefined }, ['username']],
      [{ password: undefined }, ['password']],
      [{ password: '12345' }, ['password']],
      [{ username: 'x', email: 'nowhere', password: 'short' }, ['email', 'password', 'username']],
      [{ role: 'owner' }, ['role']],
      [{ tokens: -1 }, ['tokens']],
      [{ tokens: 1.5 }, ['tokens']],
      [{ tokens: 2 ** 53 }, ['tokens']],
      [{ tokens: '5' }, ['tokens']],
    ])('cannot create an account with %j', async (json, fields) => {
      const api = testApi(engine());
      const { admin } = await setUp(api);
      const rejected = await create(api, admin.auth, json);
      expect(rejected.status).toBe(400);
      expect(Object.keys(rejected.body['errors'] as object).sort()).toEqual(fields);
    });

    test('sets a password: every session ends, the old password stops working, and keys are removed unless keep_keys is true', async () => {
      const api = testApi(engine());
      const { admin, account, id } = await setUp(api);
      const created = await ask(api, 'POST', '/api/keys/', { auth: account.auth, json: { name: 'theirs' } });
      const path = `/api/admin/users/${id}/password/`;
      const set = (new_password: unknown, more: object = {}) =>
        ask(api, 'POST', path, { auth: admin.auth, json: { new_password, ...more }, headers: userAgent });
      for (const bad of ['short', '1234567890', account.username, undefined, 5]) {
        const rejected = await set(bad);
        expect([rejected.status, Object.keys(rejected.body['errors'] as object)]).toEqual([
          400,
          ['new_password'],
        ]);
      }
      expect((await ask(api, 'GET', '/api/me/', { auth: account.auth })).status).toBe(200);
      expect(await auditedActions(api, admin, id)).toEqual([]);
      const done = await set('AnotherStrongPass456!', { keep_keys: true });
      expect([done.status, done.text]).toEqual([204, '']);
      expect((await ask(api, 'GET', '/api/me/', { auth: account.auth })).status).toBe(401);
      expect((await ask(api, 'GET', '/api/me/', { auth: created.body['key'] as string })).status).toBe(200);
      const { username } = account;
      const signIn = (password: string) => ask(api, 'POST', '/api/login/', { json: { username, password } });
      expect((await signIn(account.password)).status).toBe(401);
      expect((await signIn('AnotherStrongPass456!')).status).toBe(200);
      expect(await auditedActions(api, admin, id)).toEqual(['password_set']);
      expect((await set('AnotherStrongPass456!')).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth: created.body['key'] as string })).status).toBe(401);
      expect(await auditedActions(api, admin, id)).toEqual(['password_set', 'password_set', 'keys_removed']);
      expect(await engine().dump()).not.toContain('AnotherStrongPass456!');
    });

    test('keeps only the current session after setting their own password', async () => {
      const api = testApi(engine());
      const { username, password, id, auth } = await newAdmin(api);
      const elsewhere = await ask(api, 'POST', '/api/login/', { json: { username, password } });
      const path = `/api/admin/users/${id}/password/`;
      const json = { new_password: 'AnotherStrongPass456!' };
      expect((await ask(api, 'POST', path, { auth, json })).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
      const other = elsewhere.body['token'] as string;
      expect((await ask(api, 'GET', '/api/me/', { auth: other })).status).toBe(401);
    });

    test('erases an account as its owner can; the audit log has the administrator', async () => {
      const api = testApi(engine());
      const { admin, account, id, patch } = await setUp(api);
      await patch({ email: `${freshName()}@example.org` });
      await chat(api, account.auth, 'their message, soon gone');
      const path = `/api/admin/users/${id}/`;
      expect((await ask(api, 'DELETE', path, { auth: admin.auth, headers: userAgent })).status).toBe(204);
      expect(api.mails).toEqual([]);
      expect((await ask(api, 'GET', path, { auth: admin.auth })).status).toBe(404);
      expect((await ask(api, 'DELETE', path, { auth: admin.auth })).status).toBe(404);
      expect((await patch({ role: 'admin' })).status).toBe(404);
      const { body } = await ask(api, 'GET', `/api/admin/chats/?user=${id}`, { auth: admin.auth });
      expect(body['results']).toMatchObject([{ message: '', response: '', username: null, user_id: id }]);
      expect(await auditedActions(api, admin, id)).toEqual(['email_change_requested', 'account_erased']);
      expect(await engine().dump()).not.toContain(account.username + '"');
    });

    test('can read and adjust balances with an API key, but not change accounts', async () => {
      const api = testApi(engine());
      const { id, patch, grant, key } = await setUp(api);
      expect((await grant({ amount: 5, reason: 'by a program' }, undefined, key)).status).toBe(201);
      const attempts = [
        await patch({ role: 'admin' }, key),
        await ask(api, 'DELETE', `/api/admin/users/${id}/`, { auth: key }),
        await ask(api, 'DELETE', `/api/admin/users/${id}/sessions/`, { auth: key }),
        await ask(api, 'DELETE', `/api/admin/users/${id}/keys/`, { auth: key }),
        await ask(api, 'DELETE', `/api/admin/users/${id}/keys/${id}/`, { auth: key }),
        await ask(api, 'DELETE', `/api/admin/users/${id}/sessions/${id}/`, { auth: key }),
        await create(api, key, {}),
        await ask(api, 'POST', `/api/admin/users/${id}/password/`, {
          auth: key,
          json: { new_password: 'AnotherStrongPass456!' },
        }),
      ];
      for (const { status, body } of attempts) {
        expect([status, body['code']]).toEqual([403, 'session_required']);
      }
    });

    test('gets 404 for an account that does not exist', async () => {
      const api = testApi(engine());
      const { admin } = await setUp(api);
      for (const id of ['01900000-0000-7000-8000-000000000000', 'not-an-id']) {
        const path = `/api/admin/users/${id}/`;
        const [auth, grant] = [admin.auth, { amount: 5, reason: 'why' }];
        const responses = [
          await ask(api, 'GET', path, { auth }),
          await ask(api, 'PATCH', path, { auth, json: { role: 'admin' } }),
          await ask(api, 'DELETE', path, { auth }),
          await ask(api, 'DELETE', `${path}sessions/`, { auth }),
          await ask(api, 'GET', `${path}sessions/`, { auth }),
          await ask(api, 'DELETE', `${path}keys/`, { auth }),
          await ask(api, 'GET', `${path}keys/`, { auth }),
          await ask(api, 'POST', `${path}tokens/`, { auth, json: grant }),
          await ask(api, 'POST', `${path}password/`, { auth, json: { new_password: goodPassword } }),
        ];
        expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 404));
      }
    });

    test('cannot dismiss, disable or erase the last active administrator', async () => {
      const api = testApi(engine());
      await engine().dismissAdmins();
      const admin = await newAdmin(api);
      const path = `/api/admin/users/${admin.id}/`;
      const auth = admin.auth;
      const attempts = [
        await ask(api, 'PATCH', path, { auth, json: { role: 'user' } }),
        await ask(api, 'PATCH', path, { auth, json: { status: 'disabled' } }),
        await ask(api, 'DELETE', path, { auth }),
        await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: admin.password } }),
      ];
      for (const { status, body: problem } of attempts) {
        expect([status, problem['code']]).toEqual([409, 'last_admin']);
      }
      expect((await ask(api, 'GET', path, { auth })).body).toMatchObject({ role: 'admin', status: 'active' });
    });
  });
}
