import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { proofTtlMs } from '../../../../src/domain/auth/confirm-identity.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { freshSignInMs } from '../../../../src/domain/identities/prove-by-provider.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { openBrowser, type Browser } from '../../oidc/browser.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

const newPassword = 'EvenStronger456!';

/** What the provider states. */
interface Stated {
  subject: string;
  authenticatedAt?: string | null;
  signOutHint?: string;
}

const stateOf = (url: unknown) => new URL(String(url)).searchParams.get('state') ?? '';

async function signIn(browser: Browser, stated: Stated) {
  const state = stateOf(await browser.start('school'));
  return browser.finish({ state, code: JSON.stringify(stated) }, 'school');
}

async function startProof(browser: Browser) {
  const { body } = await browser.send('POST', '/api/me/proof/provider/', { json: { provider: 'school' } });
  return String(body['url']);
}

function finishProof(browser: Browser, state: string, stated: Stated) {
  const json = { provider: 'school', parameters: { state, code: JSON.stringify(stated) } };
  return browser.send('POST', '/api/me/proof/provider/finish/', { json });
}

async function prove(browser: Browser, stated: Stated) {
  return finishProof(browser, stateOf(await startProof(browser)), stated);
}

/** A browser that is signed in to a new account by the provider. */
async function newPerson(api: TestApi, browser = openBrowser(api)) {
  const subject = freshName();
  expect((await signIn(browser, { subject })).status).toBe(200);
  return { subject, browser };
}

const refusal = (status: number, code: string) => ({ status, body: { code } });

/** Accounts without a password: their proofs by a provider, their first password, and the end of their sessions. */
export function providerProofsSuite(engine: OpenedEngine): void {
  const now = new Date();
  const agoMs = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const open = () =>
    testApi(engine(), {
      identityProviders: [fakeProvider()],
      clock: { ...systemClock(), now: () => now },
    });
  const createKey = (browser: Browser) => browser.send('POST', '/api/keys/', { json: { name: 'a key' } });

  describe('proofs of identity by a provider', () => {
    test('the provider is asked to sign the person in again, and then sensitive changes are possible', async () => {
      const { subject, browser } = await newPerson(open());
      await engine().ageProofs(proofTtlMs);
      expect((await createKey(browser)).body['code']).toBe('proof_required');
      const address = await startProof(browser);
      expect(new URL(address).searchParams.get('max_age')).toBe('0');
      const proved = await finishProof(browser, stateOf(address), { subject, authenticatedAt: agoMs(1000) });
      expect([proved.status, proved.body['proved_until']]).toEqual([
        200,
        new Date(now.getTime() + proofTtlMs).toISOString(),
      ]);
      expect((await createKey(browser)).status).toBe(201);
    });

    test('a sign-in at the provider that is not recent, or whose time it does not say, proves nothing', async () => {
      const { subject, browser } = await newPerson(open());
      await engine().ageProofs(proofTtlMs);
      for (const authenticatedAt of [agoMs(freshSignInMs), null]) {
        const refused = await prove(browser, { subject, authenticatedAt });
        expect(refused).toMatchObject(refusal(403, 'wrong_identity'));
        expect((await createKey(browser)).body['code']).toBe('proof_required');
      }
    });

    test('an identity of another account, or of none, proves nothing and is not linked', async () => {
      const api = open();
      const [jane, john] = [await newPerson(api), await newPerson(api)];
      await engine().ageProofs(proofTtlMs);
      for (const subject of [john.subject, freshName()])
        expect(await prove(jane.browser, { subject })).toMatchObject(refusal(403, 'wrong_identity'));
      expect((await createKey(jane.browser)).body['code']).toBe('proof_required');
      const { body } = await jane.browser.send('GET', '/api/me/identities/');
      expect(body['results']).toMatchObject([{ subject: jane.subject }]);
    });

    test('an attempt is finished only for what it was begun for, once, by the account that began it', async () => {
      const api = open();
      const [jane, john] = [await newPerson(api), await newPerson(api)];
      const { browser, subject } = jane;
      const expired = refusal(400, 'sign_in_expired');
      const finishLink = (state: string, stated: Stated) => {
        const json = { provider: 'school', parameters: { state, code: JSON.stringify(stated) } };
        return browser.send('POST', '/api/me/identity/finish/', { json });
      };
      const started = await browser.send('POST', '/api/me/identities/', { json: { provider: 'school' } });
      expect(await finishProof(browser, stateOf(started.body['url']), { subject })).toMatchObject(expired);
      const begun = stateOf(await browser.start('school'));
      expect(await finishProof(browser, begun, { subject })).toMatchObject(expired);
      // A proof begins without a proof: it must not add the identity of another person at this browser.
      const proof = stateOf(await startProof(browser));
      expect(await finishLink(proof, { subject: freshName() })).toMatchObject(expired);
      const other = stateOf(await startProof(browser));
      const code = JSON.stringify({ subject });
      expect(await browser.finish({ state: other, code }, 'school')).toMatchObject(expired);
      const last = stateOf(await startProof(browser));
      const cookies = new Map(browser.cookies);
      for (const [name, value] of cookies)
        if (name.includes('sign_in_')) john.browser.cookies.set(name, value);
      expect(await finishProof(john.browser, last, { subject })).toMatchObject(expired);
      const again = stateOf(await startProof(browser));
      const kept = new Map(browser.cookies);
      expect((await finishProof(browser, again, { subject })).status).toBe(200);
      for (const [name, value] of kept) browser.cookies.set(name, value);
      expect(await finishProof(browser, again, { subject })).toMatchObject(expired);
    });

    test('what the provider refuses or cannot do is said, and API keys can prove nothing', async () => {
      const api = open();
      const { browser } = await newPerson(api);
      const codes = { sign_in_refused: 403, invalid_identity: 400, identity_provider_unavailable: 503 };
      for (const [error, status] of Object.entries(codes)) {
        const parameters = { state: stateOf(await startProof(browser)), error };
        const finished = await browser.send('POST', '/api/me/proof/provider/finish/', {
          json: { provider: 'school', parameters },
        });
        expect(finished).toMatchObject(refusal(status, error));
      }
      const finish = { provider: 'none', parameters: { state: 'x' } };
      const requests = [
        ['/api/me/proof/provider/', { provider: 'none' }],
        ['/api/me/proof/provider/finish/', finish],
      ] as const;
      for (const [path, json] of requests)
        expect(await browser.send('POST', path, { json })).toMatchObject(refusal(404, 'not_found'));
      const auth = String((await createKey(browser)).body['key']);
      for (const [path, json] of requests)
        expect(await ask(api, 'POST', path, { auth, json })).toMatchObject(refusal(403, 'session_required'));
    });

    test('a provider that is away is said at the start of a proof', async () => {
      const start = () => Promise.reject(new DomainError('identity_provider_unavailable', 'It is away.'));
      const api = testApi(engine(), { identityProviders: [fakeProvider({ start })] });
      const { auth } = await newAccount(api);
      const begun = await ask(api, 'POST', '/api/me/proof/provider/', { auth, json: { provider: 'school' } });
      expect(begun).toMatchObject(refusal(503, 'identity_provider_unavailable'));
    });

    test('a sign-in by a provider is a proof only if it has just asked the person, or the account is new', async () => {
      const api = open();
      const { subject, browser } = await newPerson(api);
      expect((await createKey(browser)).status).toBe(201);
      for (const [authenticatedAt, status] of [
        [agoMs(freshSignInMs), 403],
        [null, 403],
        [agoMs(1000), 201],
      ] as const) {
        const later = openBrowser(api);
        await signIn(later, { subject, authenticatedAt });
        expect((await createKey(later)).status).toBe(status);
      }
      const other = openBrowser(api);
      await signIn(other, { subject: freshName(), authenticatedAt: null });
      expect((await createKey(other)).status).toBe(201);
    });
  });

  describe('accounts without a password', () => {
    test('say so, set a first password after a proof, and may then remove their identity', async () => {
      const api = open();
      const { subject, browser } = await newPerson(api);
      const json = { new_password: newPassword };
      await engine().ageProofs(proofTtlMs);
      const me = async () => (await browser.send('GET', '/api/me/')).body;
      expect(await me()).toMatchObject({ has_password: false });
      expect((await browser.send('GET', '/api/me/export/')).body['account']).toMatchObject({
        has_password: false,
      });
      const set = (proof: object = {}) =>
        browser.send('POST', '/api/me/password/', { json: { ...json, ...proof } });
      expect((await set()).body['code']).toBe('proof_required');
      // No text is the password of an account without one.
      for (const current_password of ['', '!', newPassword])
        expect((await set({ current_password })).body['code']).toBe('wrong_password');
      await prove(browser, { subject });
      expect((await set()).status).toBe(204);
      const account = await me();
      expect(account).toMatchObject({ has_password: true });
      const login = { username: account['username'], password: newPassword };
      expect((await ask(api, 'POST', '/api/login/', { json: login })).status).toBe(200);
      const { body } = await browser.send('GET', '/api/me/identities/');
      const [identity] = body['results'] as { id: string }[];
      const path = `/api/me/identities/${identity?.id ?? ''}/`;
      expect((await browser.send('DELETE', path)).status).toBe(204);
    });

    test('keep one identity of two that are removed at once, whatever passkeys and apps they have', async () => {
      const api = open();
      for (let round = 0; round < 5; round += 1) {
        const { browser } = await newPerson(api);
        const started = await browser.send('POST', '/api/me/identities/', { json: { provider: 'school' } });
        const parameters = {
          state: stateOf(started.body['url']),
          code: JSON.stringify({ subject: freshName() }),
        };
        await browser.send('POST', '/api/me/identity/finish/', { json: { provider: 'school', parameters } });
        const setUp = await browser.send('POST', '/api/me/totp/');
        const code = generateSync({ secret: String(setUp.body['secret']), epoch: now.getTime() / 1000 });
        expect((await browser.send('POST', '/api/me/totp/confirm/', { json: { code } })).status).toBe(200);
        const { body } = await browser.send('GET', '/api/me/identities/');
        const ids = (body['results'] as { id: string }[]).map(({ id }) => id);
        const removed = await Promise.all(
          ids.map((id) => browser.send('DELETE', `/api/me/identities/${id}/`)),
        );
        expect(removed.map(({ status }) => status).sort()).toEqual([204, 409]);
        expect(removed.map((response) => response.body['code'])).toContain('last_sign_in_method');
      }
    });
  });

  describe('signing out of a provider after a second factor', () => {
    /** Sets up an app; returns a function that returns its code of another time step. */
    async function protect(browser: Browser) {
      const { body } = await browser.send('POST', '/api/me/totp/');
      const codeAt = (steps: number) =>
        generateSync({ secret: String(body['secret']), epoch: now.getTime() / 1000 + steps * 30 });
      await browser.send('POST', '/api/me/totp/confirm/', { json: { code: codeAt(-1) } });
      return codeAt;
    }
    const complete = (browser: Browser, challenge: unknown, code: string) =>
      browser.send('POST', '/api/login/factor/', { json: { challenge, code, cookie: true } });

    test('names its address with what the provider wants to see', async () => {
      const api = open();
      const { subject, browser } = await newPerson(api);
      const codeAt = await protect(browser);
      const begun = await signIn(browser, { subject, signOutHint: 'the-hint' });
      expect(begun.text).not.toContain('the-hint');
      expect((await complete(browser, begun.body['challenge'], codeAt(0))).status).toBe(200);
      const { status, body } = await browser.send('POST', '/api/logout/');
      expect([status, body['provider_sign_out_url']]).toEqual([
        200,
        'https://login.example.org/logout?return=https://chat.example.test/&hint=the-hint',
      ]);
    });

    test('is not said of another sign-in that was completed in that browser', async () => {
      const api = open();
      const { subject, browser } = await newPerson(api);
      const codeAt = await protect(browser);
      await browser.send('POST', '/api/me/password/', { json: { new_password: newPassword } });
      const { body } = await browser.send('GET', '/api/me/');
      await signIn(browser, { subject, signOutHint: 'the-hint' });
      const json = { username: body['username'], password: newPassword, cookie: true };
      const login = await browser.send('POST', '/api/login/', { json });
      expect((await complete(browser, login.body['challenge'], codeAt(0))).status).toBe(200);
      expect((await browser.send('POST', '/api/logout/')).status).toBe(204);
    });
  });
}
