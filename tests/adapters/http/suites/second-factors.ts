import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { defaultLimits, noLimits } from '../../../../src/domain/limits/rate-limits.js';
import type { TwoFactorRule } from '../../../../src/domain/factors/factor.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, newAccount, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const stepMs = 30_000;

/** An API whose clock the test moves, and the codes of authenticator apps at its time. */
function clockedApi(
  engine: OpenedEngine,
  { isLimited = false, rule = 'off' }: { isLimited?: boolean; rule?: TwoFactorRule } = {},
) {
  let nowMs = Math.floor(Date.now() / stepMs) * stepMs + 1000;
  const limits = isLimited ? { ...noLimits, wrongCodesByUser: defaultLimits.wrongCodesByUser } : noLimits;
  const api = testApi(engine(), {
    clock: { ...systemClock(), now: () => new Date(nowMs) },
    policy: { limits, requireTwoFactors: rule },
  });
  return {
    api,
    codeOf: (secret: string, steps = 0) =>
      generateSync({ secret, epoch: Math.floor((nowMs + steps * stepMs) / 1000) }),
    passStep: () => {
      nowMs += stepMs;
    },
  };
}

type ClockedApi = ReturnType<typeof clockedApi>;

/** Makes an account with an authenticator app, at a step of its own. */
async function newProtectedAccount({ api, codeOf, passStep }: ClockedApi) {
  const account = await newAccount(api);
  const setUp = await ask(api, 'POST', '/api/me/totp/', { auth: account.auth });
  expect(setUp.status).toBe(200);
  const { secret, uri } = setUp.body as { secret: string; uri: string };
  expect(uri).toContain(`secret=${secret}`);
  const json = { code: codeOf(secret) };
  const confirmed = await ask(api, 'POST', '/api/me/totp/confirm/', { auth: account.auth, json });
  expect(confirmed.status).toBe(200);
  passStep();
  return { ...account, secret, recoveryCodes: confirmed.body['recovery_codes'] as string[] };
}

const logIn = (api: TestApi, { username, password }: { username: string; password: string }) =>
  ask(api, 'POST', '/api/login/', { json: { username, password } });

/** Logs in with the password, and returns the challenge. */
async function challengeFor(api: TestApi, account: { username: string; password: string }): Promise<string> {
  const { body } = await logIn(api, account);
  expect(body['code']).toBe('second_factor_required');
  return body['challenge'] as string;
}

const complete = (api: TestApi, challenge: string, factor: object) =>
  ask(api, 'POST', '/api/login/factor/', { json: { challenge, ...factor } });

const codesOf = (responses: readonly TestResponse[]) => responses.map(({ body }) => body['code'] ?? 'opened');

/** Codes of authenticator apps, recovery codes, and sign-ins that require a second factor. */
export function secondFactorsSuite(engine: OpenedEngine): void {
  describe('second factors', () => {
    test('an account without a second factor logs in as before', async () => {
      const { api } = clockedApi(engine);
      const { status, body } = await logIn(api, await newAccount(api));
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual([
        'expires_at',
        'refresh_expires_at',
        'refresh_token',
        'token',
      ]);
    });

    test('a login with an authenticator app gets a challenge and no session, and the code opens the session', async () => {
      const clocked = clockedApi(engine);
      const { api, codeOf } = clocked;
      const account = await newProtectedAccount(clocked);
      const first = await logIn(api, account);
      expect(first.status).toBe(401);
      expect(first.headers.getSetCookie()).toEqual([]);
      expect(first.body).toMatchObject({
        code: 'second_factor_required',
        methods: ['totp', 'recovery_code'],
        challenge: expect.stringMatching(/^mcf_/) as string,
      });
      expect(first.body).not.toHaveProperty('token');
      const challenge = first.body['challenge'] as string;
      expect((await ask(api, 'GET', '/api/me/', { auth: challenge })).status).toBe(401);
      const opened = await complete(api, challenge, { code: codeOf(account.secret) });
      expect(opened.status).toBe(200);
      const auth = opened.body['token'] as string;
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(200);
      expect(codesOf([await complete(api, challenge, { recovery_code: account.recoveryCodes[0] })])).toEqual([
        'challenge_expired',
      ]);
    });

    test('a wrong password says nothing about second factors', async () => {
      const clocked = clockedApi(engine);
      const account = await newProtectedAccount(clocked);
      const wrong = await logIn(clocked.api, { ...account, password: 'Wrong-Pass-987' });
      const unknown = await logIn(clocked.api, { username: 'no_such_user', password: 'Wrong-Pass-987' });
      expect(wrong.status).toBe(401);
      expect(wrong.body).toEqual(unknown.body);
    });

    test('a code is accepted once, also by another challenge and at once', async () => {
      const clocked = clockedApi(engine);
      const { api, codeOf, passStep } = clocked;
      const account = await newProtectedAccount(clocked);
      const challenges = await Promise.all(Array.from({ length: 8 }, () => challengeFor(api, account)));
      const code = codeOf(account.secret);
      const responses = await Promise.all(challenges.map((challenge) => complete(api, challenge, { code })));
      expect(codesOf(responses).filter((one) => one === 'opened')).toHaveLength(1);
      expect(codesOf(responses).filter((one) => one === 'wrong_code')).toHaveLength(7);
      passStep();
      const again = await complete(api, await challengeFor(api, account), { code });
      expect(again.body['code']).toBe('wrong_code');
    });

    test('the code of the window before is accepted; older, later and malformed ones are not', async () => {
      const clocked = clockedApi(engine);
      const { api, codeOf, passStep } = clocked;
      const account = await newProtectedAccount(clocked);
      passStep();
      passStep();
      const challenge = await challengeFor(api, account);
      for (const code of [
        codeOf(account.secret, -2),
        codeOf(account.secret, 1),
        'abcdef',
        '１２３４５６',
        '000000000',
      ]) {
        expect((await complete(api, challenge, { code })).body['code']).toBe('wrong_code');
      }
      expect((await complete(api, challenge, { code: codeOf(account.secret, -1) })).status).toBe(200);
    });

    test('of a hundred guesses at once, the limit decides how many are looked at', async () => {
      const clocked = clockedApi(engine, { isLimited: true });
      const { api, codeOf } = clocked;
      const account = await newProtectedAccount(clocked);
      const challenge = await challengeFor(api, account);
      const right = codeOf(account.secret);
      const guesses = Array.from({ length: 100 }, (_, index) => String(100_000 + index)).filter(
        (code) => code !== right && code !== codeOf(account.secret, -1),
      );
      const responses = codesOf(await Promise.all(guesses.map((code) => complete(api, challenge, { code }))));
      expect(responses.filter((one) => one === 'wrong_code')).toHaveLength(10);
      expect(responses.filter((one) => one === 'rate_limited')).toHaveLength(guesses.length - 10);
      const late = await complete(api, challenge, { code: right });
      expect(late.status).toBe(429);
      expect(Number(late.headers.get('Retry-After'))).toBeGreaterThan(0);
    });

    test('each of ten recovery codes works once, and of 50 requests at once with one code, one wins', async () => {
      const clocked = clockedApi(engine);
      const { api } = clocked;
      const account = await newProtectedAccount(clocked);
      const { recoveryCodes } = account;
      expect(new Set(recoveryCodes).size).toBe(10);
      const [first = '', second = '', ...others] = recoveryCodes;
      const challenges = await Promise.all(Array.from({ length: 50 }, () => challengeFor(api, account)));
      const responses = await Promise.all(
        challenges.map((challenge) => complete(api, challenge, { recovery_code: first })),
      );
      expect(codesOf(responses).filter((one) => one === 'opened')).toHaveLength(1);
      const typed = second.toUpperCase().replaceAll('-', ' ');
      expect((await complete(api, await challengeFor(api, account), { recovery_code: typed })).status).toBe(
        200,
      );
      for (const code of others) {
        expect((await complete(api, await challengeFor(api, account), { recovery_code: code })).status).toBe(
          200,
        );
      }
      for (const code of recoveryCodes) {
        const again = await complete(api, await challengeFor(api, account), { code: '000000' });
        expect(again.body['code']).toBe('wrong_code');
        const used = await complete(api, await challengeFor(api, account), { recovery_code: code });
        expect(used.body['code']).toBe('wrong_code');
      }
    });

    test('new recovery codes replace the old ones', async () => {
      const clocked = clockedApi(engine);
      const { api } = clocked;
      const account = await newProtectedAccount(clocked);
      const { body } = await ask(api, 'POST', '/api/me/recovery-codes/', { auth: account.auth });
      const [renewed = ''] = body['recovery_codes'] as string[];
      const old = await complete(api, await challengeFor(api, account), {
        recovery_code: account.recoveryCodes[0],
      });
      expect(old.body['code']).toBe('wrong_code');
      expect((await complete(api, await challengeFor(api, account), { recovery_code: renewed })).status).toBe(
        200,
      );
    });

    test('a removed app is asked for no more, and its owner gets mails', async () => {
      const clocked = clockedApi(engine);
      const { api } = clocked;
      const account = await newProtectedAccount(clocked);
      expect((await ask(api, 'DELETE', '/api/me/totp/', { auth: account.auth })).status).toBe(204);
      expect((await ask(api, 'DELETE', '/api/me/totp/', { auth: account.auth })).status).toBe(404);
      expect((await logIn(api, account)).status).toBe(200);
      const { body } = await ask(api, 'GET', '/api/me/factors/', { auth: account.auth });
      expect(body).toEqual({ totp: null, passkeys: [], recovery_codes_left: 0, required: false });
    });

    test('an API key cannot read out, add or remove factors', async () => {
      const clocked = clockedApi(engine);
      const { api } = clocked;
      const account = await newProtectedAccount(clocked);
      const created = await ask(api, 'POST', '/api/keys/', { auth: account.auth, json: { name: 'a key' } });
      const auth = created.body['key'] as string;
      for (const [method, path] of [
        ['POST', '/api/me/totp/'],
        ['DELETE', '/api/me/totp/'],
        ['POST', '/api/me/recovery-codes/'],
        ['POST', '/api/me/passkey/options/'],
      ] as const) {
        const { status, body } = await ask(api, method, path, { auth });
        expect([status, body['code']]).toEqual([403, 'session_required']);
      }
    });

    test('where every account must have a factor, a registration and a login set one up before anything else', async () => {
      const clocked = clockedApi(engine, { rule: 'all' });
      const { api, codeOf } = clocked;
      const plain = testApi(engine());
      const old = await newAccount(plain);
      const { status, body } = await logIn(api, old);
      expect([status, body['code'], body['methods']]).toEqual([401, 'factor_setup_required', []]);
      const challenge = body['challenge'] as string;
      expect((await complete(api, challenge, { code: '123456' })).body['code']).toBe('challenge_expired');
      const setUp = await ask(api, 'POST', '/api/login/totp/', { json: { challenge } });
      const secret = setUp.body['secret'] as string;
      const confirm = (code: string) =>
        ask(api, 'POST', '/api/login/totp/confirm/', { json: { challenge, code } });
      expect((await confirm('000000')).body['code']).toBe('wrong_code');
      const opened = await confirm(codeOf(secret));
      expect(opened.status).toBe(200);
      expect(opened.body['recovery_codes']).toHaveLength(10);
      const auth = opened.body['token'] as string;
      expect((await ask(api, 'DELETE', '/api/me/totp/', { auth })).body['code']).toBe('last_factor');
      const json = { username: `${old.username}2`, password: old.password };
      const registered = await ask(api, 'POST', '/api/register/', { json });
      expect([registered.status, registered.body['code']]).toEqual([401, 'factor_setup_required']);
    });

    test('a challenge to set up a first factor is void once the account has one', async () => {
      const clocked = clockedApi(engine, { rule: 'all' });
      const { api, codeOf } = clocked;
      const account = await newAccount(testApi(engine()));
      const stale = (await logIn(api, account)).body['challenge'] as string;
      const staleSetUp = await ask(api, 'POST', '/api/login/totp/', { json: { challenge: stale } });
      const fresh = (await logIn(api, account)).body['challenge'] as string;
      const setUp = await ask(api, 'POST', '/api/login/totp/', { json: { challenge: fresh } });
      const json = { challenge: fresh, code: codeOf(setUp.body['secret'] as string) };
      expect((await ask(api, 'POST', '/api/login/totp/confirm/', { json })).status).toBe(200);
      const again = { challenge: stale, code: codeOf(staleSetUp.body['secret'] as string) };
      const refused = await ask(api, 'POST', '/api/login/totp/confirm/', { json: again });
      expect(refused.body['code']).toBe('totp_exists');
      const restarted = await ask(api, 'POST', '/api/login/totp/', { json: { challenge: stale } });
      expect(restarted.body['code']).toBe('totp_exists');
    });

    test('a changed password ends the logins that have begun', async () => {
      const clocked = clockedApi(engine);
      const { api, codeOf } = clocked;
      const account = await newProtectedAccount(clocked);
      const challenge = await challengeFor(api, account);
      const json = { current_password: account.password, new_password: 'EvenStronger456!' };
      expect((await ask(api, 'POST', '/api/me/password/', { auth: account.auth, json })).status).toBe(204);
      const late = await complete(api, challenge, { code: codeOf(account.secret) });
      expect(late.body['code']).toBe('challenge_expired');
    });
  });
}
