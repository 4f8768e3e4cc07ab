import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { proofTtlMs } from '../../../../src/domain/auth/confirm-identity.js';
import { ask, freshName, goodPassword, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const otherPassword = 'Another-Pass-2026';

const signIn = (api: TestApi, username: string, password: string) =>
  ask(api, 'POST', '/api/login/', { json: { username, password } });

/** The caller's own account: changing, exporting and erasing it. */
export function meSuite(engine: OpenedEngine): void {
  describe("one's own account", () => {
    test('a username changes, and is signed in with from then on', async () => {
      const api = testApi(engine());
      const { auth, username, password } = await newAccount(api);
      const renamed = freshName();
      const changed = await ask(api, 'PATCH', '/api/me/', { auth, json: { username: renamed } });
      expect(changed.status).toBe(200);
      expect(changed.body).toMatchObject({ username: renamed, tokens: 4000 });
      expect((await signIn(api, renamed, password)).status).toBe(200);
      expect((await signIn(api, username, password)).status).toBe(401);
    });

    test('an email changes with the current password or a recent proof, and once it is confirmed', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      const email = `${username}@example.org`;
      const change = (more: object) => ask(api, 'PATCH', '/api/me/', { auth, json: { email, ...more } });
      await engine().ageProofs(proofTtlMs);
      expect((await change({})).body['code']).toBe('proof_required');
      const wrong = await change({ current_password: 'wrong' });
      expect([wrong.status, wrong.body['code']]).toEqual([403, 'wrong_password']);
      const changed = await change({ current_password: goodPassword });
      expect(changed.body).toMatchObject({ email: null, email_verified: false, pending_email: email });
      expect(api.mails).toMatchObject([{ to: email }]);
      const removed = await ask(api, 'PATCH', '/api/me/', {
        auth,
        json: { email: null, current_password: goodPassword },
      });
      expect(removed.body).toMatchObject({ email: null, pending_email: null });
    });

    test("another's names and faulty ones are refused, and then nothing has changed", async () => {
      const api = testApi(engine());
      const [owner, other] = [await newAccount(api), await newAccount(api)];
      const { auth } = other;
      const taken = { username: owner.username.toUpperCase() };
      expect((await ask(api, 'PATCH', '/api/me/', { auth, json: taken })).status).toBe(409);
      const faulty = { username: 'a', email: 'not-an-email' };
      const refused = await ask(api, 'PATCH', '/api/me/', { auth, json: faulty });
      expect(refused.status).toBe(400);
      expect(Object.keys(refused.body['errors'] as object)).toEqual(['username', 'email']);
      expect((await ask(api, 'GET', '/api/me/', { auth })).body['username']).toBe(other.username);
    });

    test('fields that callers cannot set are ignored', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const json = { role: 'admin', tokens: 1_000_000, email_verified: true, id: 'x', status: 'x' };
      const response = await ask(api, 'PATCH', '/api/me/', { auth, json });
      expect(response.body).toMatchObject({ role: 'user', tokens: 4000, email_verified: false });
    });

    test('a new password ends every other session and none of this one', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      const other = (await signIn(api, username, goodPassword)).body['token'] as string;
      const change = (json: object) => ask(api, 'POST', '/api/me/password/', { auth, json });
      const wrong = await change({ current_password: 'wrong', new_password: otherPassword });
      expect([wrong.status, wrong.body['code']]).toEqual([403, 'wrong_password']);
      const weak = await change({ current_password: goodPassword, new_password: '1234567' });
      expect(weak.status).toBe(400);
      expect((weak.body['errors'] as Record<string, string[]>)['new_password']?.length).toBeGreaterThan(1);
      const changed = await change({ current_password: goodPassword, new_password: otherPassword });
      expect(changed.status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
      expect((await ask(api, 'GET', '/api/me/', { auth: other })).status).toBe(401);
      expect((await signIn(api, username, goodPassword)).status).toBe(401);
      expect((await signIn(api, username, otherPassword)).status).toBe(200);
    });

    test('a new password removes the API keys, unless they are to stay', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const make = async () =>
        (await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'job' } })).body['key'] as string;
      const change = (current: string, next: string, more: object = {}) => {
        const json = { current_password: current, new_password: next, ...more };
        return ask(api, 'POST', '/api/me/password/', { auth, json });
      };
      const works = async (key: string) => (await ask(api, 'GET', '/api/me/', { auth: key })).status === 200;
      const first = await make();
      const faulty = await change(goodPassword, otherPassword, { keep_keys: 'yes' });
      expect([faulty.status, Object.keys(faulty.body['errors'] as object)]).toEqual([400, ['keep_keys']]);
      expect((await change(goodPassword, otherPassword, { keep_keys: true })).status).toBe(204);
      expect(await works(first)).toBe(true);
      expect((await change(otherPassword, goodPassword, { keep_keys: false })).status).toBe(204);
      expect(await works(first)).toBe(false);
      const second = await make();
      expect((await change(goodPassword, otherPassword)).status).toBe(204);
      expect(await works(second)).toBe(false);
      expect((await ask(api, 'GET', '/api/keys/', { auth })).body['results']).toEqual([]);
    });

    test('the export is one document with everything that is held, and no secret', async () => {
      const api = testApi(engine());
      const { auth, username } = await newAccount(api);
      for (const message of ['one', 'two']) await ask(api, 'POST', '/api/chat/', { auth, json: { message } });
      await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'deploy' } });
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.status).toBe(200);
      expect(exported.headers.get('Content-Disposition')).toContain('attachment');
      const { account, sessions, keys, entries, chats, audit } = exported.body as Record<string, object[]>;
      expect(account).toMatchObject({ username, tokens: 3800 });
      expect([sessions?.length, keys?.length, entries?.length, chats?.length]).toEqual([1, 1, 3, 2]);
      expect(chats).toMatchObject([{ message: 'two' }, { message: 'one' }]);
      expect(audit?.map((event) => (event as { action: string }).action)).toContain('registered');
      expect(exported.text).not.toContain(auth);
      expect(exported.text).not.toContain('bcrypt');
    });

    test('an account without any history exports as a whole document too', async () => {
      const api = testApi(engine(), { policy: { startingCredits: 0 } });
      const { auth } = await newAccount(api);
      const { body } = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(body).toMatchObject({ entries: [], chats: [], keys: [] });
    });

    test('erasing takes the current password or a recent proof, and then the account is nowhere', async () => {
      const api = testApi(engine());
      const email = `${Math.random()}@example.org`;
      const { auth, username, password } = await newAccount(api, { email });
      expect(api.mails).toHaveLength(1);
      const message = `what ${username} said`;
      await ask(api, 'POST', '/api/chat/', { auth, json: { message } });
      const erase = (json: object) => ask(api, 'DELETE', '/api/me/', { auth, json });
      const wrong = await erase({ current_password: 'wrong' });
      expect([wrong.status, wrong.body['code']]).toEqual([403, 'wrong_password']);
      await engine().ageProofs(proofTtlMs);
      expect((await erase({})).body['code']).toBe('proof_required');
      expect((await erase({ current_password: password })).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(401);
      expect((await signIn(api, username, password)).status).toBe(401);
      const dump = await engine().dump();
      expect(dump).not.toContain(message);
      expect(dump).not.toContain(`"${username}"`);
      expect(api.mails).toEqual([]);
    });
  });
}
