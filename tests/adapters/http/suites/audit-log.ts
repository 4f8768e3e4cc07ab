import { describe, expect, test } from 'vitest';
import { refreshGraceMs } from '../../../../src/domain/auth/refresh-session.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

/** Returns the audited actions on an account with their actors, oldest first. */
async function auditedActions(api: TestApi, userId: string) {
  const { auth } = await newAdmin(api);
  const { body } = await ask(api, 'GET', `/api/admin/audit/?subject=${userId}`, { auth });
  const events = body['results'] as { action: string; actor_id: string | null }[];
  return events.reverse().map(({ action, actor_id: actor }) => [action, actor === userId ? 'self' : actor]);
}

/** The actions of users on their own accounts, as administrators read them. */
export function auditLogSuite(engine: OpenedEngine): void {
  describe('the audit log', () => {
    test('has each sign-in, session, key and password change of an account, in order', async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const id = await idOf(api, account.auth);
      const login = { username: account.username, password: account.password };
      await ask(api, 'POST', '/api/login/', { json: { ...login, password: 'a wrong one' } });
      const { body } = await ask(api, 'POST', '/api/login/', { json: login });
      const auth = body['token'] as string;
      const listed = await ask(api, 'GET', '/api/sessions/', { auth });
      const other = (listed.body['results'] as { id: string; current: boolean }[]).find(
        ({ current }) => !current,
      );
      await ask(api, 'DELETE', `/api/sessions/${other?.id ?? ''}/`, { auth });
      const key = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'deploy' } });
      await ask(api, 'DELETE', `/api/keys/${key.body['id'] as string}/`, { auth });
      const change = { current_password: account.password, new_password: 'Another-Pass-2026' };
      expect((await ask(api, 'POST', '/api/me/password/', { auth, json: change })).status).toBe(204);
      await ask(api, 'DELETE', '/api/sessions/', { auth });
      await ask(api, 'POST', '/api/logout/', { auth });
      expect(await auditedActions(api, id)).toEqual([
        ['registered', null],
        ['sign_in_failed', null],
        ['signed_in', null],
        ['session_ended', 'self'],
        ['key_created', 'self'],
        ['key_removed', 'self'],
        ['password_changed', 'self'],
        ['other_sessions_ended', 'self'],
        ['signed_out', 'self'],
      ]);
    });

    test('has the reuse of a refresh token after its grace period, which ends its session', async () => {
      const { stores, ...rest } = engine();
      const { authTokenStore } = stores;
      let graceMs = refreshGraceMs;
      const refreshSession: typeof authTokenStore.refreshSession = (refresh) =>
        authTokenStore.refreshSession({ ...refresh, graceMs });
      const shortGrace = { ...stores, authTokenStore: { ...authTokenStore, refreshSession } };
      const api = testApi({ ...rest, stores: shortGrace });
      const account = await newAccount(api);
      const id = await idOf(api, account.auth);
      const login = { username: account.username, password: account.password };
      const { body } = await ask(api, 'POST', '/api/login/', { json: login });
      const json = { refresh_token: body['refresh_token'] };
      const pairs = [
        await ask(api, 'POST', '/api/session/refresh/', { json }),
        await ask(api, 'POST', '/api/session/refresh/', { json }),
      ];
      expect(pairs.map(({ status }) => status)).toEqual([200, 200]);
      // As if the grace period had passed.
      graceMs = -1;
      expect((await ask(api, 'POST', '/api/session/refresh/', { json })).status).toBe(401);
      for (const pair of pairs) {
        expect((await ask(api, 'GET', '/api/me/', { auth: pair.body['token'] as string })).status).toBe(401);
      }
      expect((await auditedActions(api, id)).slice(1)).toEqual([
        ['signed_in', null],
        ['refresh_token_reused', null],
      ]);
    });

    test('says by how much and why a balance was adjusted, and what each change replaced', async () => {
      const api = testApi(engine());
      const account = await newAccount(api);
      const id = await idOf(api, account.auth);
      const { auth } = await newAdmin(api);
      const path = `/api/admin/users/${id}/`;
      await ask(api, 'POST', `${path}tokens/`, { auth, json: { amount: -45, reason: 'A correction' } });
      await ask(api, 'PATCH', path, { auth, json: { status: 'disabled', role: 'admin' } });
      for (const limit of [10, 20])
        await ask(api, 'POST', `${path}caps/`, { auth, json: { scope: 'account', window: 'day', limit } });
      await ask(api, 'PUT', `${path}allowance/`, { auth, json: { amount: 7, every: 'week' } });
      const { body } = await ask(api, 'GET', `/api/admin/audit/?subject=${id}`, { auth });
      const events = (body['results'] as { id: string; action: string; details: unknown }[]).reverse();
      const change = (field: string, before: unknown, after: unknown) => ({ field, before, after });
      const changed = (...changes: object[]) => ({ amount: null, reason: null, changes });
      expect(events.map(({ action, details }) => [action, details])).toEqual([
        ['registered', null],
        [
          'balance_adjusted',
          { amount: -45, reason: 'A correction', changes: [change('balance', 4000, 3955)] },
        ],
        ['administrator_appointed', changed(change('role', 'user', 'admin'))],
        ['account_disabled', changed(change('status', 'active', 'disabled'))],
        [
          'cap_set',
          changed(change('limit', null, 10), change('window', null, 'day'), change('scope', null, 'account')),
        ],
        ['cap_set', changed(change('limit', 10, 20))],
        ['allowance_changed', changed(change('allowance', 0, 7), change('every', null, 'week'))],
      ]);
      const one = await ask(api, 'GET', `/api/admin/audit/${events[1]?.id ?? ''}/`, { auth });
      expect([one.status, one.body]).toEqual([200, events[1]]);
      const csv = await ask(api, 'GET', `/api/admin/audit/?subject=${id}&format=csv`, { auth });
      expect(csv.text).toContain('-45,A correction,balance: 4000 → 3955');
      await ask(api, 'DELETE', path, { auth });
      const erased = await ask(api, 'GET', `/api/admin/audit/${events[1]?.id ?? ''}/`, { auth });
      expect(erased.body['details']).toBeNull();
    });
  });
}
