import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { bcryptPasswordHasher } from '../../../src/adapters/crypto/password-hasher.js';
import { readDjangoDump } from '../../../src/adapters/django/read-dump.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import type { UserStore } from '../../../src/ports/user-store.js';
import {
  dumpedAuthToken,
  dumpedChat,
  dumpedUser,
  dumpOf,
  oldPassword,
  pbkdf2Hash,
  type Fields,
} from '../django/dumps.js';
import { openEngine, type Engine } from './engines.js';
import { ask, balance, exchanges, freshName, goodPassword, newAccount } from './requests.js';
import { testApi, type TestApi } from './test-api.js';

/** A dump of the original system, optional beside the checkout; the other tests create their own dumps. */
const sample = fileURLToPath(new URL('../../../../shared/samples/django-dump.json', import.meta.url));

let secrets = 0;

/** Returns an auth token as Django REST Framework issues it. */
function newSecret(): string {
  secrets += 1;
  return secrets.toString(16).padStart(8, '0').padStart(40, 'ab');
}

describe.each(['memory', 'embedded', 'postgres'] as const)(
  'accounts from Django on the %s engine',
  (name) => {
    let engine: Engine;
    let api: TestApi;
    beforeAll(async () => {
      engine = await openEngine(name);
      api = testApi(engine);
    });
    afterAll(() => engine.close());

    const importDump = async (bytes: Uint8Array) => {
      const reading = readDjangoDump(bytes, {});
      if (reading.outcome === 'rejected') throw new Error(reading.reasons.join());
      return api.core.admin.importAccounts({ caller: operatorCaller, records: reading.records });
    };

    /** Imports one account with two chats and an auth token. */
    const importAccount = async (fields: Fields = {}) => {
      const [username, secret] = [freshName(), newSecret()];
      const chats = [
        dumpedChat(1, 1, { timestamp: '2024-03-01T00:00:00Z', message: 'Second' }),
        dumpedChat(2, 1, { timestamp: '2024-02-01T00:00:00Z', message: 'First' }),
      ];
      const dump = dumpOf(
        // Each is distinct: an imported account is recognised by its key and the time it joined.
        dumpedUser(1, username, { date_joined: new Date(secrets * 1000).toISOString(), ...fields }),
        ...chats,
        dumpedAuthToken(secret, 1),
      );
      const report = await importDump(dump);
      expect(report).toMatchObject({ accounts: 1, rejected: [] });
      engine.secrets.add(secret);
      const signIn = (password: string) => ask(api, 'POST', '/api/login/', { json: { username, password } });
      const storedHash = async () =>
        (await engine.stores.userStore.findByName({ usernameKey: username }))?.passwordHash ?? '';
      return { username, secret, signIn, storedHash };
    };

    test('an old auth token still works, and reads the balance and the history', async () => {
      const { secret } = await importAccount();
      expect(await balance(api, secret)).toEqual({ tokens: 3800, held: 0 });
      expect(await exchanges(api, secret)).toMatchObject([
        {
          message: 'Second',
          response: 'Reply 1',
          status: 'imported',
          tokens_charged: 0,
          created_at: '2024-03-01T00:00:00.000Z',
        },
        { message: 'First', response: 'Reply 2', status: 'imported', created_at: '2024-02-01T00:00:00.000Z' },
      ]);
      const sent = await ask(api, 'POST', '/api/chat/', { auth: secret, json: { message: 'Hello' } });
      expect(sent.body).toMatchObject({ remaining_tokens: 3700 });
      expect((await exchanges(api, secret))[0]).toMatchObject({ message: 'Hello', status: 'completed' });
      const bearer = await ask(api, 'GET', '/api/me/', { headers: { Authorization: `Bearer ${secret}` } });
      expect(bearer.status).toBe(200);
      expect(isSound(await engine.stores.ledgerAudit.inspect())).toBe(true);
    });

    test('an old auth token is a session that logout ends, and is not a refresh token', async () => {
      const { secret } = await importAccount();
      const refreshed = await ask(api, 'POST', '/api/session/refresh/', { json: { refresh_token: secret } });
      expect(refreshed.status).toBe(401);
      expect((await ask(api, 'GET', '/api/me/', { auth: secret.toUpperCase() })).status).toBe(401);
      const sessions = await ask(api, 'GET', '/api/sessions/', { auth: secret });
      expect(sessions.body['results']).toMatchObject([{ current: true }]);
      expect((await ask(api, 'POST', '/api/logout/', { auth: secret })).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth: secret })).status).toBe(401);
    });

    test('an old auth token is revoked by a password change in another session', async () => {
      const { secret, signIn } = await importAccount();
      const auth = (await signIn(oldPassword)).body['token'] as string;
      const json = { current_password: oldPassword, new_password: 'Quite-Another-1' };
      expect((await ask(api, 'POST', '/api/me/password/', { auth, json })).status).toBe(204);
      expect((await ask(api, 'GET', '/api/me/', { auth: secret })).status).toBe(401);
      expect((await signIn('Quite-Another-1')).status).toBe(200);
    });

    test('the password can be changed with an old auth token and the current password', async () => {
      const { secret, signIn } = await importAccount();
      const change = (current_password: string) =>
        ask(api, 'POST', '/api/me/password/', {
          auth: secret,
          json: { current_password, new_password: 'Quite-Another-1' },
        });
      expect((await change('not it')).status).toBe(403);
      expect((await change(oldPassword)).status).toBe(204);
      expect((await signIn('Quite-Another-1')).status).toBe(200);
      expect((await signIn(oldPassword)).status).toBe(401);
    });

    test('an old password signs in and is rehashed once, also by two concurrent logins', async () => {
      const { username, signIn, storedHash } = await importAccount();
      expect(await storedHash()).toMatch(/^django\$pbkdf2_sha256\$/);
      expect((await signIn('wrong one')).status).toBe(401);
      expect(await storedHash()).toMatch(/^django\$pbkdf2_sha256\$/);
      const renewals: boolean[] = [];
      const renewPasswordHash: UserStore['renewPasswordHash'] = async (renewal) => {
        const renewed = await engine.stores.userStore.renewPasswordHash(renewal);
        renewals.push(renewed);
        return renewed;
      };
      // Both wait until the other has read the old hash.
      const waiting: (() => void)[] = [];
      const findByName: UserStore['findByName'] = async (named) => {
        const found = await engine.stores.userStore.findByName(named);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const resume of waiting) resume();
        });
        return found;
      };
      const userStore = { ...engine.stores.userStore, findByName, renewPasswordHash };
      const watched = testApi({ ...engine, stores: { ...engine.stores, userStore } });
      const json = { username, password: oldPassword };
      const logins = await Promise.all([1, 2].map(() => ask(watched, 'POST', '/api/login/', { json })));
      expect(logins.map(({ status }) => status)).toEqual([200, 200]);
      expect(renewals.sort()).toEqual([false, true]);
      const renewed = await storedHash();
      expect(renewed).toMatch(/^bcrypt_sha256\$\$2b\$04\$/);
      expect((await signIn(oldPassword)).status).toBe(200);
      expect(await storedHash()).toBe(renewed);
    });

    test('a hash of another cost is renewed at the next login, and sessions continue', async () => {
      const { username, auth } = await newAccount(api);
      const found = await engine.stores.userStore.findByName({ usernameKey: username });
      if (found === null) throw new Error('No account.');
      expect(found.passwordHash).toMatch(/^bcrypt_sha256\$\$2b\$04\$/);
      const apiOfCost5 = testApi(engine, { passwordHasher: bcryptPasswordHasher({ cost: 5 }) });
      const login = await ask(apiOfCost5, 'POST', '/api/login/', {
        json: { username, password: goodPassword },
      });
      expect(login.status).toBe(200);
      const renewed = await engine.stores.userStore.findByName({ usernameKey: username });
      expect(renewed?.passwordHash).toMatch(/^bcrypt_sha256\$\$2b\$05\$/);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
    });

    test.each([
      ['short', 'ab'],
      ['only digits and common', '12345678'],
      ['not normalised (NFKC)', '½ ﬁ A\u030a password'],
      ['longer than the limit of new passwords', 'long '.repeat(300)],
    ])('an old password that is %s signs in repeatedly', async (_, password) => {
      const { signIn, storedHash } = await importAccount({ password: pbkdf2Hash(password) });
      for (let time = 0; time < 3; time += 1) expect((await signIn(password)).status).toBe(200);
      expect((await signIn(`${password}.`)).status).toBe(401);
      const isOverlong = password.length > 1024;
      expect((await storedHash()).startsWith('django$')).toBe(isOverlong);
    });

    test('a failed login compares once, whatever the kind of hash', async () => {
      const { signIn } = await importAccount();
      const before = api.comparisons.length;
      expect((await signIn('wrong one')).status).toBe(401);
      expect(api.comparisons.slice(before)).toEqual([{ known: true }]);
    });

    test('a superuser becomes an administrator, staff a user, an inactive account is disabled', async () => {
      const admin = await importAccount({ is_superuser: true, is_staff: true });
      const staff = await importAccount({ is_staff: true });
      const inactive = await importAccount({ is_active: false });
      const roleOf = async (auth: string) => (await ask(api, 'GET', '/api/me/', { auth })).body['role'];
      expect(await roleOf(admin.secret)).toBe('admin');
      expect(await roleOf(staff.secret)).toBe('user');
      expect((await ask(api, 'GET', '/api/me/', { auth: inactive.secret })).status).toBe(401);
      expect((await inactive.signIn(oldPassword)).status).toBe(401);
      expect(await inactive.storedHash()).toMatch(/^django\$/);
    });

    test('an email from the dump signs in too, and dates are preserved', async () => {
      const email = `${freshName()}@Example.org`;
      const { secret } = await importAccount({ email, date_joined: '2019-08-07T06:05:04.003+02:00' });
      const login = await ask(api, 'POST', '/api/login/', {
        json: { username: email.toUpperCase(), password: oldPassword },
      });
      expect(login.status).toBe(200);
      const me = await ask(api, 'GET', '/api/me/', { auth: secret });
      expect(me.body).toMatchObject({ email, email_verified: false, created_at: '2019-08-07T04:05:04.003Z' });
    });

    if (existsSync(sample))
      test('the sample of the original system is imported completely', async () => {
        const bytes = readFileSync(sample);
        expect(await importDump(bytes)).toMatchObject({
          accounts: 2,
          chats: 4,
          authTokens: 2,
          credits: 7600n,
          rejected: [],
        });
        expect(await importDump(bytes)).toMatchObject({
          accounts: 0,
          alreadyImported: 2,
          credits: 0n,
          rejected: [],
        });
        for (const username of ['anna_berg', 'li.wei']) {
          const login = await ask(api, 'POST', '/api/login/', {
            json: { username, password: 'Sample-Pass-2026' },
          });
          expect(login.status).toBe(200);
          const auth = login.body['token'] as string;
          expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
          expect((await exchanges(api, auth)).map(({ message }) => message)).toEqual([
            'What does a ledger do?',
            'Hello',
          ]);
        }
      });

    test('no secret of a dump is stored', async () => {
      const { secret } = await importAccount();
      expect((await engine.dump()).includes(secret)).toBe(false);
    });
  },
);
