import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { proofTtlMs } from '../../../../src/domain/auth/confirm-identity.js';
import { maxPasskeys } from '../../../../src/domain/factors/factor.js';
import type { OpenedEngine } from '../api-suites.js';
import { addPasskey, fakePasskeys, passkeyResponse } from '../fake-passkeys.js';
import { openBrowser } from '../../oidc/browser.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { ask, freshName, goodPassword, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';

/** What is refused of second factors: without a key or a proof, by API keys, and what an account has already. */
export function factorProblemsSuite(engine: OpenedEngine): void {
  const now = new Date();
  const open = (options: TestApiOptions = {}) =>
    testApi(engine(), {
      clock: { ...systemClock(), now: () => now },
      passkeyVerifier: fakePasskeys,
      ...options,
    });
  const codeOf = (secret: unknown, steps = 0) =>
    generateSync({ secret: String(secret), epoch: Math.floor(now.getTime() / 1000) + steps * 30 });
  const codeFor = async (...request: Parameters<typeof ask>) => (await ask(...request)).body['code'];
  const setUpTotp = async (api: TestApi, auth: string) =>
    (await ask(api, 'POST', '/api/me/totp/', { auth })).body['secret'];
  const confirmTotp = (api: TestApi, auth: string, code: string) =>
    ask(api, 'POST', '/api/me/totp/confirm/', { auth, json: { code } });
  const challengeOf = async (api: TestApi, username: string) =>
    (await ask(api, 'POST', '/api/login/', { json: { username, password: goodPassword } })).body['challenge'];

  describe('what is refused of second factors', () => {
    test('an authenticator app is added once', async () => {
      const api = open();
      const { auth } = await newAccount(api);
      const secret = await setUpTotp(api, auth);
      expect((await confirmTotp(api, auth, codeOf(secret, -1))).status).toBe(200);
      expect((await confirmTotp(api, auth, codeOf(secret))).body['code']).toBe('totp_exists');
      expect(await codeFor(api, 'POST', '/api/me/totp/', { auth })).toBe('totp_exists');
    });

    test('without the key, apps are neither set up nor asked, and everything else goes on', async () => {
      const [api, keyless] = [open(), open({ hasTwoFactorKey: false })];
      const { auth, username } = await newAccount(api);
      const other = await newAccount(keyless);
      expect(await codeFor(keyless, 'POST', '/api/me/totp/', { auth: other.auth })).toBe(
        'two_factors_unavailable',
      );
      const secret = await setUpTotp(api, auth);
      const confirmed = await confirmTotp(keyless, auth, codeOf(secret, -1));
      expect(confirmed.body['code']).toBe('two_factors_unavailable');
      const { body } = await confirmTotp(api, auth, codeOf(secret, -1));
      const [recoveryCode] = body['recovery_codes'] as string[];
      const challenge = await challengeOf(keyless, username);
      const json = { challenge, code: codeOf(secret) };
      expect(await codeFor(keyless, 'POST', '/api/login/factor/', { json })).toBe('two_factors_unavailable');
      const proof = { auth, json: { code: codeOf(secret) } };
      expect(await codeFor(keyless, 'POST', '/api/me/proof/', proof)).toBe('two_factors_unavailable');
      const recovered = { json: { challenge, recovery_code: recoveryCode } };
      expect((await ask(keyless, 'POST', '/api/login/factor/', recovered)).status).toBe(200);
    });

    test('without the key, a login that must set up an app is refused', async () => {
      const policy = { requireTwoFactors: 'all' } as const;
      const { username } = await newAccount(open());
      const [api, keyless] = [open({ policy }), open({ policy, hasTwoFactorKey: false })];
      const challenge = await challengeOf(api, username);
      expect(await codeFor(keyless, 'POST', '/api/login/totp/', { json: { challenge } })).toBe(
        'two_factors_unavailable',
      );
      const setUp = await ask(api, 'POST', '/api/login/totp/', { json: { challenge } });
      const json = { challenge, code: codeOf(setUp.body['secret']) };
      expect(await codeFor(keyless, 'POST', '/api/login/totp/confirm/', { json })).toBe(
        'two_factors_unavailable',
      );
    });

    test('a passkey is added once, and an account has no more than it may', async () => {
      const api = open();
      const { auth } = await newAccount(api);
      expect((await addPasskey(api, auth, 'first')).status).toBe(201);
      expect((await addPasskey(api, auth, 'first')).body['code']).toBe('passkey_exists');
      for (let count = 1; count < maxPasskeys; count += 1)
        expect((await addPasskey(api, auth, `passkey ${count}`)).status).toBe(201);
      expect((await addPasskey(api, auth, 'last')).body['code']).toBe('too_many_passkeys');
    });

    test('the response of a passkey counts once, for its own challenge and account, with a higher counter', async () => {
      const api = open();
      const [{ auth, username }, other] = [await newAccount(api), await newAccount(api)];
      await addPasskey(api, auth, 'mine');
      await addPasskey(api, other.auth, 'theirs');
      const prove = (passkey: object) => ask(api, 'POST', '/api/me/proof/', { auth, json: { passkey } });
      const respond = (id: string, counter: number, as = auth) =>
        passkeyResponse(api, '/api/me/proof/options/', { id, auth: as, counter });
      const response = await respond('mine', 5);
      expect((await prove(response)).status).toBe(200);
      for (const refused of [
        response,
        await respond('mine', 5),
        await respond('mine', 4),
        await respond('theirs', 1),
        await respond('mine', 6, other.auth),
        await passkeyResponse(api, '/api/me/passkey/options/', { id: 'mine', auth, counter: 6 }),
        { id: 'mine', response: {} },
      ])
        expect((await prove(refused)).body['code']).toBe('wrong_passkey');
      const challenge = await challengeOf(api, username);
      const complete = (passkey: object) =>
        ask(api, 'POST', '/api/login/factor/', { json: { challenge, passkey } });
      const login = (counter: number) =>
        passkeyResponse(api, '/api/login/passkey/options/', { id: 'mine', counter, json: { challenge } });
      expect((await complete(await login(5))).body['code']).toBe('wrong_passkey');
      expect((await complete(await login(6))).status).toBe(200);
    });

    test('what is unknown or malformed is refused, whatever it is sent to', async () => {
      const api = open();
      const { auth } = await newAccount(api);
      const challenge = 'mcf_unknown';
      const code = '000000';
      for (const [path, json] of [
        ['/api/login/totp/', { challenge }],
        ['/api/login/totp/confirm/', { challenge, code }],
        ['/api/login/passkey/options/', { challenge }],
      ] as const)
        expect([path, await codeFor(api, 'POST', path, { json })]).toEqual([path, 'challenge_expired']);
      const passkey = { id: 'unknown', response: {}, challenge: 'unknown' };
      expect(await codeFor(api, 'POST', '/api/login/passkey/', { json: { passkey } })).toBe(
        'invalid_credentials',
      );
      const added = { auth, json: { name: 'mine', passkey } };
      expect(await codeFor(api, 'POST', '/api/me/passkeys/', added)).toBe('wrong_passkey');
      await setUpTotp(api, auth);
      expect((await confirmTotp(api, auth, 'abcdef')).body['code']).toBe('wrong_code');
    });

    test('the last factor of an account that must have one is not removed', async () => {
      const api = open({ policy: { requireTwoFactors: 'all' } });
      const { auth } = await newAccount(open());
      const passkeys = [await addPasskey(api, auth, 'first'), await addPasskey(api, auth, 'second')];
      const paths = passkeys.map(({ body }) => `/api/me/passkeys/${String(body['id'])}/`);
      const removed = await Promise.all(paths.map((path) => ask(api, 'DELETE', path, { auth })));
      expect(removed.map(({ status }) => status).sort()).toEqual([204, 409]);
      expect(removed.map(({ body }) => body['code'])).toContain('last_factor');
    });

    test('each change of a factor requires a recent proof, and a session', async () => {
      const api = open();
      const account = await newAccount(api);
      const { auth } = account;
      const admin = await newAdmin(api);
      const created = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a key' } });
      const adminKey = await ask(api, 'POST', '/api/keys/', { auth: admin.auth, json: { name: 'a key' } });
      const added = await addPasskey(api, auth, 'mine');
      const path = `/api/me/passkeys/${String(added.body['id'])}/`;
      const secret = await setUpTotp(api, auth);
      const passkey = await passkeyResponse(api, '/api/me/passkey/options/', { id: 'new', auth });
      const reset = `/api/admin/users/${admin.id}/factors/`;
      await engine().ageProofs(proofTtlMs);
      const changes = [
        ['POST', '/api/me/totp/confirm/', { code: codeOf(secret) }],
        ['POST', '/api/me/recovery-codes/', undefined],
        ['POST', '/api/me/passkeys/', { name: 'new', passkey }],
        ['DELETE', path, undefined],
      ] as const;
      for (const [method, changed, json] of changes) {
        expect([changed, await codeFor(api, method, changed, { auth, json })]).toEqual([
          changed,
          'proof_required',
        ]);
      }
      expect(await codeFor(api, 'DELETE', reset, { auth: admin.auth })).toBe('proof_required');
      expect(await codeFor(api, 'DELETE', reset, { auth: String(adminKey.body['key']) })).toBe(
        'session_required',
      );
      for (const [method, changed, json] of [
        ...changes,
        ['PATCH', path, { name: 'renamed' }],
        ['POST', '/api/me/proof/options/', undefined],
      ] as const) {
        const parts = { auth: String(created.body['key']), json };
        expect([changed, await codeFor(api, method, changed, parts)]).toEqual([changed, 'session_required']);
      }
      const { body } = await ask(api, 'GET', '/api/me/factors/', { auth });
      expect(body).toMatchObject({ totp: null, passkeys: [{ name: 'mine' }] });
    });

    test('a sign-in by a provider requires the second factor, or to set one up', async () => {
      const identityProviders = [fakeProvider()];
      const api = open({ identityProviders });
      const strict = open({ identityProviders, policy: { requireTwoFactors: 'all' } });
      const subject = freshName();
      const signIn = async (over: TestApi) => {
        const browser = openBrowser(over);
        const state = new URL(await browser.start('school')).searchParams.get('state') ?? '';
        return browser.finish({ state, code: JSON.stringify({ subject }) }, 'school');
      };
      const setUp = await signIn(strict);
      expect([setUp.status, setUp.body['code'], setUp.body['methods']]).toEqual([
        401,
        'factor_setup_required',
        [],
      ]);
      expect(setUp.headers.getSetCookie().join()).not.toContain('access');
      const json = { challenge: setUp.body['challenge'] };
      const { body } = await ask(strict, 'POST', '/api/login/totp/', { json });
      const confirmed = await ask(strict, 'POST', '/api/login/totp/confirm/', {
        json: { ...json, code: codeOf(body['secret'], -1) },
      });
      expect(confirmed.status).toBe(200);
      const asked = await signIn(api);
      expect([asked.status, asked.body['code']]).toEqual([401, 'second_factor_required']);
      const factor = { challenge: asked.body['challenge'], code: codeOf(body['secret']) };
      const opened = await ask(api, 'POST', '/api/login/factor/', { json: factor });
      expect(opened.status).toBe(200);
      const auth = String(opened.body['token']);
      expect((await ask(api, 'GET', '/api/me/', { auth })).body['two_factors']).toBe(true);
    });

    test('the export has the names and dates of factors, and none of their secrets; erasing removes them', async () => {
      const api = open();
      const { auth, username } = await newAccount(api);
      const credentialId = `credential of ${username}`;
      expect((await ask(api, 'GET', '/api/me/', { auth })).body['two_factors']).toBe(false);
      await addPasskey(api, auth, credentialId, 'My phone');
      expect((await ask(api, 'GET', '/api/me/', { auth })).body['two_factors']).toBe(true);
      const secret = String(await setUpTotp(api, auth));
      const { body } = await confirmTotp(api, auth, codeOf(secret, -1));
      const userId = await idOf(api, auth);
      const stored = await engine().stores.factorStore.totp(userId);
      const exported = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(exported.body['factors']).toMatchObject({
        totp: { created_at: expect.any(String) as string },
        passkeys: [{ name: 'My phone', last_used_at: null }],
        recovery_codes_left: 10,
      });
      const secrets = [
        secret,
        stored?.sealedSecret ?? '',
        credentialId,
        ...(body['recovery_codes'] as string[]),
      ];
      for (const one of secrets) expect(exported.text).not.toContain(one);
      expect(await engine().dump()).toContain(stored?.sealedSecret);
      expect(stored?.sealedSecret).not.toContain(secret);
      expect((await ask(api, 'DELETE', '/api/me/', { auth, json: {} })).status).toBe(204);
      const dump = await engine().dump();
      for (const one of [stored?.sealedSecret ?? 'none', credentialId]) expect(dump).not.toContain(one);
      expect(await engine().stores.factorStore.factors(userId)).toMatchObject({
        ...{ totp: null, passkeys: [], recoveryCodesLeft: 0 },
      });
    });
  });
}
