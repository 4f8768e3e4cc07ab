import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { openBrowser } from '../../oidc/browser.js';
import type { OpenedEngine } from '../api-suites.js';
import { addPasskey, fakePasskeys, passkeyResponse } from '../fake-passkeys.js';
import { ask, freshName, goodPassword, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';

const optionsPath = '/api/login/passkey/setup/options/';
const addPath = '/api/login/passkey/setup/';

/** A passkey as the first factor of a login that requires one, and passkeys that may have been copied. */
export function passkeysAtLoginSuite(engine: OpenedEngine): void {
  const open = (options: TestApiOptions = {}) =>
    testApi(engine(), { clock: systemClock(), passkeyVerifier: fakePasskeys, ...options });
  const strict = (options: TestApiOptions = {}) => open({ policy: { requireTwoFactors: 'all' }, ...options });
  const challengeOf = async (api: TestApi, username: string) =>
    (await ask(api, 'POST', '/api/login/', { json: { username, password: goodPassword } })).body['challenge'];
  const add = async (api: TestApi, challenge: unknown, name = 'My key', id = freshName()) => {
    const passkey = await passkeyResponse(api, optionsPath, { id, json: { challenge } });
    return ask(api, 'POST', addPath, { json: { challenge, name, passkey } });
  };

  describe('a passkey as the first factor of a login', () => {
    test('opens the session with recovery codes, is mailed, and is then asked', async () => {
      const email = `${freshName()}@example.org`;
      const { username } = await newAccount(open(), { email });
      const api = strict();
      const opened = await add(api, await challengeOf(api, username));
      expect(opened.status).toBe(200);
      expect(opened.body['recovery_codes']).toHaveLength(10);
      const auth = String(opened.body['token']);
      expect((await ask(api, 'GET', '/api/me/', { auth })).body['two_factors']).toBe(true);
      expect(api.mails.map(({ subject }) => subject)).toContain('A new second factor for your account');
      const { body } = await ask(api, 'POST', '/api/login/', { json: { username, password: goodPassword } });
      expect(body).toMatchObject({ code: 'second_factor_required', methods: ['passkey', 'recovery_code'] });
    });

    test('is not added beside a factor: a login that had only a password must not become one with two', async () => {
      const { username } = await newAccount(open());
      const api = strict();
      const stale = await challengeOf(api, username);
      const other = await challengeOf(api, username);
      expect((await add(api, other)).status).toBe(200);
      expect((await add(api, stale)).body['code']).toBe('challenge_expired');
      const asked = await challengeOf(api, username);
      expect((await ask(api, 'POST', optionsPath, { json: { challenge: asked } })).body['code']).toBe(
        'challenge_expired',
      );
    });

    test('of ten at once, one opens a session', async () => {
      const { username } = await newAccount(open());
      const api = strict();
      const challenges = await Promise.all(Array.from({ length: 10 }, () => challengeOf(api, username)));
      const added = await Promise.all(challenges.map((challenge) => add(api, challenge)));
      expect(added.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    test('requires a challenge of this account, a valid name and a response to its own options', async () => {
      const { username } = await newAccount(open());
      const api = strict();
      const challenge = await challengeOf(api, username);
      const passkey = { id: 'a-key', response: {}, challenge: 'unknown' };
      const send = (json: object) => ask(api, 'POST', addPath, { json: { challenge, name: 'key', ...json } });
      expect((await send({ passkey })).body['code']).toBe('wrong_passkey');
      expect((await send({ passkey, name: ' ' })).body['code']).toBe('invalid_input');
      expect((await send({ passkey, challenge: 'mcf_unknown' })).body['code']).toBe('challenge_expired');
      expect((await add(api, challenge)).status).toBe(200);
    });

    test('completes a sign-in by a provider too, which is then signed out of', async () => {
      const api = strict({ identityProviders: [fakeProvider()] });
      const browser = openBrowser(api);
      const state = new URL(await browser.start('school')).searchParams.get('state') ?? '';
      const code = JSON.stringify({ subject: freshName(), signOutHint: 'hint' });
      const { body } = await browser.finish({ state, code }, 'school');
      const challenge = body['challenge'];
      const passkey = await passkeyResponse(api, optionsPath, { id: freshName(), json: { challenge } });
      const json = { challenge, name: 'My key', passkey, cookie: true };
      expect((await browser.send('POST', addPath, { json })).status).toBe(200);
      const ended = await browser.send('POST', '/api/logout/');
      expect(ended.body['provider_sign_out_url']).toContain('&hint=hint');
    });
  });

  describe('a passkey whose counter went back', () => {
    test('is refused, audited and mailed to its owner, and the one that counts further goes on', async () => {
      const api = open();
      const email = `${freshName()}@example.org`;
      const { auth, username } = await newAccount(api, { email });
      const id = freshName();
      const added = await addPasskey(api, auth, id, 'My key');
      const prove = async (counter: number) => {
        const passkey = await passkeyResponse(api, '/api/me/proof/options/', { id, auth, counter });
        return (await ask(api, 'POST', '/api/me/proof/', { auth, json: { passkey } })).body['code'];
      };
      expect(await prove(5)).toBeUndefined();
      const copied = 'A passkey of your account may have been copied';
      const copies = () => api.mails.filter(({ subject }) => subject === copied);
      expect(copies()).toHaveLength(0);
      expect(await prove(5)).toBe('wrong_passkey');
      expect(copies()).toMatchObject([{ to: email }]);
      expect(copies()[0]?.text).toContain('“My key”');
      expect(await prove(6)).toBeUndefined();
      expect(copies()).toHaveLength(1);
      const admin = await newAdmin(api);
      const userId = await idOf(api, auth);
      const path = `/api/admin/audit/?action=passkey_copy_refused&subject=${username}`;
      const { body } = await ask(api, 'GET', path, { auth: admin.auth });
      const events = (body['results'] as { user_id: string; subject_id: string }[]).filter(
        (event) => event.user_id === userId,
      );
      expect(events).toMatchObject([{ subject_id: added.body['id'] }]);
    });

    test('is not reported for a response that is not signed by the passkey, which everyone can send', async () => {
      const verifyUse = () => Promise.resolve(null);
      const api = open({ passkeyVerifier: { ...fakePasskeys, verifyUse } });
      const { auth } = await newAccount(api, { email: `${freshName()}@example.org` });
      const id = freshName();
      await addPasskey(api, auth, id);
      const before = api.mails.length;
      const passkey = await passkeyResponse(api, '/api/me/proof/options/', { id, auth, counter: 0 });
      const { body } = await ask(api, 'POST', '/api/me/proof/', { auth, json: { passkey } });
      expect([body['code'], api.mails.length]).toEqual(['wrong_passkey', before]);
    });
  });
}
