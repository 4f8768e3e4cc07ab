import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { openBrowser } from '../../oidc/browser.js';
import type { OpenedEngine } from '../api-suites.js';
import { addPasskey, fakePasskeys, passkeyResponse } from '../fake-passkeys.js';
import { ask, freshName, goodPassword, idOf, newAccount, newAdmin, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

/** What a client can see of a response. */
function visible({ status, text, headers }: TestResponse) {
  const shown = Object.fromEntries(headers);
  delete shown['x-request-id'];
  return { status, text, headers: shown };
}

/** Signs in as a person of the provider. */
async function signIn(api: TestApi, claims: object) {
  const browser = openBrowser(api);
  const state = new URL(await browser.start('school')).searchParams.get('state') ?? '';
  const response = await browser.finish({ state, code: JSON.stringify(claims) }, 'school');
  return { browser, response };
}

/** What the promises about people and secrets say of sign-in by providers, passkeys and second factors. */
export function unrevealedAccountsSuite(engine: OpenedEngine): void {
  const now = new Date();
  /** With authenticators whose response names the user in `userId`. */
  const open = (policy: { requireTwoFactors?: 'all' } = {}) =>
    testApi(engine(), {
      ...{ identityProviders: [fakeProvider()], clock: { ...systemClock(), now: () => now }, policy },
      passkeyVerifier: {
        ...fakePasskeys,
        read: (response) => {
          const named = fakePasskeys.read(response);
          const { userId } = response;
          return named === null ? null : { ...named, userId: typeof userId === 'string' ? userId : null };
        },
      },
    });
  const codeOf = (secret: unknown, steps: number) =>
    generateSync({ secret: String(secret), epoch: now.getTime() / 1000 + steps * 30 });
  const setUpTotp = async (api: TestApi, auth: string) => {
    const { body } = await ask(api, 'POST', '/api/me/totp/', { auth });
    const json = { code: codeOf(body['secret'], -1) };
    await ask(api, 'POST', '/api/me/totp/confirm/', { auth, json });
    return body['secret'];
  };
  const logIn = (api: TestApi, username: unknown, password = goodPassword) =>
    ask(api, 'POST', '/api/login/', { json: { username, password } });
  const passkeyLogin = async (api: TestApi, response: object, id: string) => {
    const passkey = await passkeyResponse(api, '/api/login/passkey/options/', { id, json: {}, counter: 1 });
    return ask(api, 'POST', '/api/login/passkey/', { json: { passkey: { ...passkey, ...response } } });
  };

  describe('no account is revealed by the other ways to sign in', () => {
    test('a wrong password says nothing of second factors or of an account without a password, at equal work', async () => {
      const api = open();
      const withApp = await newAccount(api);
      await setUpTotp(api, withApp.auth);
      const withPasskey = await newAccount(api);
      await addPasskey(api, withPasskey.auth, freshName());
      const preferredName = freshName();
      expect((await signIn(api, { subject: preferredName, preferredName })).response.status).toBe(200);
      const plain = await newAccount(api);
      const responses = [];
      for (const name of [
        plain.username,
        withApp.username,
        withPasskey.username,
        preferredName,
        'none_such',
      ]) {
        for (const strict of [false, true]) {
          const over = strict ? open({ requireTwoFactors: 'all' }) : open();
          const response = await logIn(over, name, 'Wrong-Pass-987');
          expect(over.comparisons).toHaveLength(1);
          responses.push(visible(response));
        }
      }
      expect(responses[0]?.status).toBe(401);
      for (const response of responses) expect(response).toEqual(responses[0]);
    });

    test('a mail for a new password is promised alike to an account of a provider, and to none', async () => {
      const api = open();
      const email = `${freshName()}@example.org`;
      await signIn(api, { subject: freshName(), email, emailVerified: true });
      const forget = (address: string) =>
        ask(api, 'POST', '/api/password/forgot/', { json: { email: address } });
      expect(visible(await forget(email))).toEqual(visible(await forget(`none-${email}`)));
    });

    test('a sign-in by passkey fails alike for every reason', async () => {
      const api = open();
      const [jane, disabled] = [await newAccount(api), await newAccount(api)];
      const [id, ofDisabled] = [freshName(), freshName()];
      await addPasskey(api, jane.auth, id);
      await addPasskey(api, disabled.auth, ofDisabled);
      const [userId, disabledId] = [await idOf(api, jane.auth), await idOf(api, disabled.auth)];
      await engine().disable(disabled.username);
      expect((await passkeyLogin(api, { userId, counter: 7 }, id)).status).toBe(200);
      const unknownId = '01900000-0000-7000-8000-000000000000';
      const responses = [
        await passkeyLogin(api, { userId: unknownId }, freshName()),
        await passkeyLogin(api, { userId }, freshName()),
        await passkeyLogin(api, { userId }, ofDisabled),
        await passkeyLogin(api, { userId: disabledId, counter: 3 }, ofDisabled),
        await passkeyLogin(api, { userId, counter: 7 }, id),
        await passkeyLogin(api, {}, id),
        await passkeyLogin(api, { userId, challenge: 'unknown', counter: 9 }, id),
      ].map(visible);
      expect(responses[0]).toMatchObject({ status: 401 });
      for (const response of responses) expect(response).toEqual(responses[0]);
    });

    test('an email that the provider has not verified says nothing of whose it is', async () => {
      const api = open();
      const email = `${freshName()}@example.org`;
      await newAccount(api, { email });
      const accounts = [];
      for (const claimed of [email, `none-${email}`]) {
        const { browser, response } = await signIn(api, { subject: freshName(), email: claimed });
        expect(response.status).toBe(200);
        const { body } = await browser.send('GET', '/api/me/');
        accounts.push({ email: body['email'], verified: body['email_verified'] });
      }
      expect(accounts[0]).toEqual({ email: null, verified: false });
      expect(accounts[1]).toEqual(accounts[0]);
    });

    test('a challenge that is unknown, used, of another step or of another account fails alike', async () => {
      const api = open();
      const [jane, john] = [await newAccount(api), await newAccount(api)];
      const secret = await setUpTotp(api, jane.auth);
      await setUpTotp(api, john.auth);
      const { body } = await logIn(api, jane.username);
      const challenge = String(body['challenge']);
      const complete = (sent: string, code: string) =>
        ask(api, 'POST', '/api/login/factor/', { json: { challenge: sent, code } });
      expect((await complete(challenge, codeOf(secret, 0))).status).toBe(200);
      const ofSetUp = String(
        (await logIn(open({ requireTwoFactors: 'all' }), (await newAccount(api)).username)).body['challenge'],
      );
      const forged = `${challenge.slice(0, -4)}AAAA`;
      const responses = [];
      for (const sent of [challenge, ofSetUp, forged, 'mcf_x', john.auth, ''])
        responses.push(visible(await complete(sent, '000000')));
      expect(responses[0]).toMatchObject({ status: 401 });
      for (const response of responses) expect(response).toEqual(responses[0]);
    });
  });

  describe('revocation is immediate for the other ways to sign in', () => {
    test('a disabled account can finish neither a second factor, nor a set-up, a proof or a passkey', async () => {
      const api = open();
      const strict = open({ requireTwoFactors: 'all' });
      const [protectedOne, plain] = [await newAccount(api), await newAccount(api)];
      const secret = await setUpTotp(api, protectedOne.auth);
      const { body } = await logIn(api, protectedOne.username);
      const begun = await logIn(strict, plain.username);
      const challenge = begun.body['challenge'];
      const setUp = await ask(strict, 'POST', '/api/login/totp/', { json: { challenge } });
      for (const { username } of [protectedOne, plain]) await engine().disable(username);
      const factor = { challenge: body['challenge'], code: codeOf(secret, 0) };
      const late = await ask(api, 'POST', '/api/login/factor/', { json: factor });
      expect([late.status, late.body['code']]).toEqual([401, 'challenge_expired']);
      const json = { challenge, code: codeOf(setUp.body['secret'], 0) };
      const confirmed = await ask(strict, 'POST', '/api/login/totp/confirm/', { json });
      expect(confirmed.status).toBeGreaterThanOrEqual(400);
      expect(confirmed.body).not.toHaveProperty('token');
    });

    test('sessions of every way end with a changed password, a reset of factors and signing out everywhere', async () => {
      const api = open();
      const admin = await newAdmin(api);
      const account = await newAccount(api);
      const owner = openBrowser(api);
      const login = { username: account.username, password: account.password, cookie: true };
      await owner.send('POST', '/api/login/', { json: login });
      const subject = freshName();
      const started = await owner.send('POST', '/api/me/identities/', { json: { provider: 'school' } });
      const state = new URL(String(started.body['url'])).searchParams.get('state') ?? '';
      const parameters = { state, code: JSON.stringify({ subject }) };
      await owner.send('POST', '/api/me/identity/finish/', { json: { provider: 'school', parameters } });
      const userId = await idOf(api, account.auth);
      const path = `/api/admin/users/${userId}/factors/`;
      let password = account.password;
      let counter = 0;
      for (const end of [
        async (auth: string) => {
          const json = { current_password: password, new_password: `${password}2` };
          password = json.new_password;
          return ask(api, 'POST', '/api/me/password/', { auth, json });
        },
        (auth: string) => ask(api, 'DELETE', '/api/sessions/', { auth }),
        () => ask(api, 'DELETE', path, { auth: admin.auth }),
      ]) {
        const byProvider = (await signIn(api, { subject })).browser;
        const mine = String((await logIn(api, account.username, password)).body['token']);
        const id = freshName();
        await addPasskey(api, mine, id);
        counter += 1;
        const byPasskey = String((await passkeyLogin(api, { userId, counter }, id)).body['token']);
        expect((await byProvider.send('GET', '/api/me/')).status).toBe(200);
        expect((await ask(api, 'GET', '/api/me/', { auth: byPasskey })).status).toBe(200);
        expect((await end(mine)).status).toBeLessThan(300);
        expect((await byProvider.send('GET', '/api/me/')).status).toBe(401);
        expect((await ask(api, 'GET', '/api/me/', { auth: byPasskey })).status).toBe(401);
        await ask(api, 'DELETE', path, { auth: admin.auth });
      }
    });

    test('an identity or passkey that is removed opens no session of the account any more', async () => {
      const api = open();
      const admin = await newAdmin(api);
      const { browser } = await signIn(api, { subject: freshName() });
      const { body: me } = await browser.send('GET', '/api/me/');
      const { body } = await browser.send('GET', '/api/me/identities/');
      const [identity] = body['results'] as { id: string; subject: string }[];
      const path = `/api/admin/users/${String(me['id'])}/identities/${identity?.id ?? ''}/`;
      expect((await ask(api, 'DELETE', path, { auth: admin.auth })).status).toBe(204);
      const again = await signIn(api, { subject: identity?.subject });
      expect((await again.browser.send('GET', '/api/me/')).body['id']).not.toBe(me['id']);
      const account = await newAccount(api);
      const userId = await idOf(api, account.auth);
      const id = freshName();
      const added = await addPasskey(api, account.auth, id);
      expect((await passkeyLogin(api, { userId, counter: 1 }, id)).status).toBe(200);
      const passkey = `/api/me/passkeys/${String(added.body['id'])}/`;
      expect((await ask(api, 'DELETE', passkey, { auth: account.auth })).status).toBe(204);
      expect((await passkeyLogin(api, { userId, counter: 2 }, id)).status).toBe(401);
    });

    test('two tabs of a session by a provider, by a passkey or by a code never log each other out', async () => {
      const api = open();
      const account = await newAccount(api);
      const [userId, id] = [await idOf(api, account.auth), freshName()];
      await addPasskey(api, account.auth, id);
      const byPasskey = await passkeyLogin(api, { userId, counter: 1 }, id);
      const other = await newAccount(api);
      const secret = await setUpTotp(api, other.auth);
      const { body } = await logIn(api, other.username);
      const factor = { challenge: body['challenge'], code: codeOf(secret, 0) };
      const byCode = await ask(api, 'POST', '/api/login/factor/', { json: factor });
      const browser = openBrowser(api);
      const state = new URL(await browser.start('school')).searchParams.get('state') ?? '';
      const parameters = { state, code: JSON.stringify({ subject: freshName() }) };
      const byProvider = await browser.send('POST', '/api/sign-in/school/finish/', { json: { parameters } });
      for (const opened of [byPasskey, byCode, byProvider]) {
        let secretNow = String(opened.body['refresh_token']);
        const refresh = () =>
          ask(api, 'POST', '/api/session/refresh/', { json: { refresh_token: secretNow } });
        for (let round = 0; round < 20; round += 1) {
          const tabs = await Promise.all([refresh(), refresh()]);
          expect(tabs.map(({ status }) => status)).toEqual([200, 200]);
          for (const tab of tabs)
            expect((await ask(api, 'GET', '/api/me/', { auth: String(tab.body['token']) })).status).toBe(200);
          secretNow = String(tabs[round % 2]?.body['refresh_token']);
        }
      }
    });
  });
}
