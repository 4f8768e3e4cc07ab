import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { ProviderClaims } from '../../../../src/ports/identity-provider.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { openBrowser, type Browser } from '../../oidc/browser.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, goodPassword, newAccount, newAdmin, type TestResponse } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';

const issuer = 'https://login.example.org';
const goneProvider = fakeProvider({
  id: 'gone',
  issuer: 'https://gone.example.org',
  start: () => Promise.reject(new DomainError('identity_provider_unavailable', 'It is away.')),
});

const stateOf = (url: unknown) => new URL(String(url)).searchParams.get('state') ?? '';

/** Signs in as a person, from the beginning to the end. */
async function signIn(browser: Browser, claims: Partial<ProviderClaims>): Promise<TestResponse> {
  const state = stateOf(await browser.start('school'));
  return browser.finish({ state, code: JSON.stringify(claims) }, 'school');
}

/** Begins and finishes to add an identity. */
async function link(browser: Browser, claims: Partial<ProviderClaims>): Promise<TestResponse> {
  const started = await browser.send('POST', '/api/me/identities/', { json: { provider: 'school' } });
  const parameters = { state: stateOf(started.body['url']), code: JSON.stringify(claims) };
  return finishLink(browser, parameters);
}

function finishLink(browser: Browser, parameters: Record<string, string>): Promise<TestResponse> {
  return browser.send('POST', '/api/me/identity/finish/', { json: { provider: 'school', parameters } });
}

/** A browser in which an account with a password is signed in. */
async function signedInBrowser(api: TestApi) {
  const account = await newAccount(api);
  const browser = openBrowser(api);
  const json = { username: account.username, password: account.password, cookie: true };
  await browser.send('POST', '/api/login/', { json });
  return { browser, ...account };
}

async function identitiesOf(browser: Browser) {
  const { body } = await browser.send('GET', '/api/me/identities/');
  return body['results'] as { id: string; subject: string }[];
}

const refusal = (status: number, code: string) => ({ status, body: { code } });

/** Sign-in by providers, and the identities of accounts. */
export function identitiesSuite(engine: OpenedEngine): void {
  const open = (options: TestApiOptions = {}) =>
    testApi(engine(), { identityProviders: [fakeProvider(), goneProvider], ...options });

  describe('identities', () => {
    test('the ways to sign in are listed, without a session', async () => {
      const { status, body } = await ask(open(), 'GET', '/api/sign-in/');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        password: true,
        providers: [{ id: 'school', name: 'School', issuer }, {}],
      });
    });

    test('the first sign-in creates an account, and twenty of one person at once create one', async () => {
      const api = open();
      const subject = freshName();
      const browsers = Array.from({ length: 20 }, () => openBrowser(api));
      const responses = await Promise.all(browsers.map((browser) => signIn(browser, { subject })));
      expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
      const accounts = await Promise.all(browsers.map((browser) => browser.send('GET', '/api/me/')));
      expect(new Set(accounts.map(({ body }) => body['id'])).size).toBe(1);
    });

    test('a username that is taken gets a suffix, and one that is not allowed is replaced', async () => {
      const api = open();
      const { username } = await newAccount(api);
      const names = [];
      for (const preferredName of [username, `${username}@example.org`, '漢字', 'Zoë  Müller']) {
        const browser = openBrowser(api);
        expect(await signIn(browser, { subject: freshName(), preferredName })).toMatchObject({ status: 200 });
        names.push((await browser.send('GET', '/api/me/')).body['username']);
      }
      const suffix = '-[0-9a-f]{6}';
      expect(names[0]).toMatch(new RegExp(`^${username}${suffix}$`));
      expect(names[1]).toMatch(new RegExp(`^${username}${suffix}$`));
      expect(names[2]).toMatch(/^user/);
      expect(names[3]).toMatch(/^Zoe\.Muller/);
    });

    test('only a verified email is taken over, and later fills an empty one', async () => {
      const api = open();
      const [subject, browser] = [freshName(), openBrowser(api)];
      const email = `${subject}@example.org`;
      await signIn(browser, { subject, email, emailVerified: false });
      expect((await browser.send('GET', '/api/me/')).body).toMatchObject({
        email: null,
        email_verified: false,
      });
      await signIn(browser, { subject, email, emailVerified: true });
      expect((await browser.send('GET', '/api/me/')).body).toMatchObject({ email, email_verified: true });
      await signIn(browser, { subject, email: `other-${email}`, emailVerified: true });
      expect((await browser.send('GET', '/api/me/')).body).toMatchObject({ email });
    });

    test('an email of another account links nothing, until its owner adds the identity', async () => {
      const api = open();
      const { browser: owner, username } = await signedInBrowser(api);
      const email = `${username}@example.org`;
      const json = { email, current_password: goodPassword };
      await owner.send('PATCH', '/api/me/', { json });
      const other = await newAccount(api, { email: `taken-${email}` });
      const claims = { subject: freshName(), email: `taken-${email}`, emailVerified: true };
      expect(await signIn(openBrowser(api), claims)).toMatchObject(refusal(409, 'account_exists'));
      expect(await api.engine.stores.identityStore.findAccount({ issuer, ...claims })).toBeNull();
      const browser = openBrowser(api);
      const login = { username: other.username, password: other.password, cookie: true };
      await browser.send('POST', '/api/login/', { json: login });
      expect(await link(browser, claims)).toMatchObject({ status: 204 });
      const again = openBrowser(api);
      expect(await signIn(again, claims)).toMatchObject({ status: 200 });
      expect((await again.send('GET', '/api/me/')).body['username']).toBe(other.username);
    });

    test('a response is accepted once, in the browser that began it, at the provider that was asked', async () => {
      const api = open({ identityProviders: [fakeProvider(), fakeProvider({ id: 'second' })] });
      const code = JSON.stringify({ subject: freshName() });
      const expired = refusal(400, 'sign_in_expired');
      const browser = openBrowser(api);
      const state = stateOf(await browser.start('school'));
      const cookies = new Map(browser.cookies);
      expect(await openBrowser(api).finish({ state, code }, 'school')).toMatchObject(expired);
      const other = stateOf(await browser.start('school'));
      const kept = new Map(browser.cookies);
      // The cookie is found by the beginning of the state, and all of it is compared.
      const forged = other.slice(0, -1) + (other.endsWith('0') ? '1' : '0');
      expect(await browser.finish({ state: forged, code }, 'school')).toMatchObject(expired);
      for (const [name, value] of kept) browser.cookies.set(name, value);
      expect(await browser.finish({ state, code }, 'school')).toMatchObject({ status: 200 });
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      expect(await browser.finish({ state, code }, 'school')).toMatchObject(expired);
      expect(await browser.finish({ state: other, code }, 'second')).toMatchObject(expired);
      expect(await browser.finish({ state: other, code }, 'school')).toMatchObject(expired);
    });

    test('two tabs of one browser can sign in at the same time', async () => {
      const browser = openBrowser(open());
      const states = [stateOf(await browser.start('school')), stateOf(await browser.start('school'))];
      for (const state of states) {
        const code = JSON.stringify({ subject: freshName() });
        expect(await browser.finish({ state, code }, 'school')).toMatchObject({ status: 200 });
      }
    });

    test('what the provider refuses or cannot do is said, for a sign-in and for a link', async () => {
      const api = open();
      const { browser } = await signedInBrowser(api);
      const away = refusal(503, 'identity_provider_unavailable');
      expect(await browser.send('POST', '/api/sign-in/gone/')).toMatchObject(away);
      expect(await browser.send('POST', '/api/sign-in/none/')).toMatchObject(refusal(404, 'not_found'));
      const begin = (provider: string) => browser.send('POST', '/api/me/identities/', { json: { provider } });
      expect(await begin('gone')).toMatchObject(away);
      expect(await begin('none')).toMatchObject(refusal(404, 'not_found'));
      const codes = { sign_in_refused: 403, invalid_identity: 400, identity_provider_unavailable: 503 };
      for (const [error, status] of Object.entries(codes)) {
        const state = stateOf(await browser.start('school'));
        expect(await browser.finish({ state, error }, 'school')).toMatchObject(refusal(status, error));
        const linked = stateOf((await begin('school')).body['url']);
        expect(await finishLink(browser, { state: linked, error })).toMatchObject(refusal(status, error));
      }
      const missing = await browser.finish({ state: 'x' }, 'none');
      expect(missing).toMatchObject(refusal(404, 'not_found'));
      const json = { provider: 'none', parameters: { state: 'x' } };
      expect(await browser.send('POST', '/api/me/identity/finish/', { json })).toMatchObject({
        status: 404,
      });
      expect(await finishLink(browser, { state: 'x' })).toMatchObject(refusal(400, 'sign_in_expired'));
      expect(await browser.finish({}, 'school')).toMatchObject(refusal(400, 'invalid_input'));
      const malformed = { issuer: 'https://other.example.org', subject: 'x' };
      for (const claims of [malformed, { subject: '' }, { subject: 'x'.repeat(256) }])
        expect(await signIn(browser, claims)).toMatchObject(refusal(400, 'invalid_identity'));
    });

    test('a disabled account is not signed in', async () => {
      const api = open();
      const [subject, browser] = [freshName(), openBrowser(api)];
      await signIn(browser, { subject, preferredName: subject });
      await api.engine.disable(subject);
      expect(await signIn(browser, { subject })).toMatchObject(refusal(401, 'invalid_credentials'));
    });

    test('an identity of another account is not linked, nor more than twenty, and the owner gets a mail', async () => {
      const api = open();
      const { browser, username } = await signedInBrowser(api);
      const subject = freshName();
      await signIn(openBrowser(api), { subject });
      expect(await link(browser, { subject })).toMatchObject(refusal(409, 'identity_taken'));
      const claims = { email: `${username}@example.org`, emailVerified: true };
      expect(await link(browser, { subject: `${subject} 1`, ...claims })).toMatchObject({ status: 204 });
      expect((await browser.send('GET', '/api/me/')).body).toMatchObject({ email: claims.email });
      for (let count = 2; count <= 20; count += 1) await link(browser, { subject: `${subject} ${count}` });
      expect(api.mails.some((mail) => mail.subject === 'A new way to sign in to your account')).toBe(true);
      expect(await link(browser, { subject: `${subject} 21` })).toMatchObject(
        refusal(409, 'too_many_identities'),
      );
      expect(await identitiesOf(browser)).toHaveLength(20);
    });

    test('another account cannot finish a link, and neither can a sign-in', async () => {
      const api = open();
      const [jane, john] = [await signedInBrowser(api), await signedInBrowser(api)];
      const begin = async () => {
        const started = await jane.browser.send('POST', '/api/me/identities/', {
          json: { provider: 'school' },
        });
        return { state: stateOf(started.body['url']), code: JSON.stringify({ subject: freshName() }) };
      };
      const first = await begin();
      for (const [name, value] of jane.browser.cookies)
        if (name.includes('sign_in_')) john.browser.cookies.set(name, value);
      expect(await finishLink(john.browser, first)).toMatchObject(refusal(400, 'sign_in_expired'));
      expect(await jane.browser.finish(await begin(), 'school')).toMatchObject(
        refusal(400, 'sign_in_expired'),
      );
      expect(await identitiesOf(john.browser)).toEqual([]);
    });

    test('an account without a password keeps its last identity; with one it may remove it', async () => {
      const api = open();
      const [subject, browser] = [freshName(), openBrowser(api)];
      await signIn(browser, { subject });
      const exported = await browser.send('GET', '/api/me/export/');
      expect(exported.body['identities']).toMatchObject([{ issuer, subject, provider: 'School' }]);
      const [only] = await identitiesOf(browser);
      const remove = (id = '') => browser.send('DELETE', `/api/me/identities/${id}/`);
      expect(await remove(only?.id)).toMatchObject(refusal(409, 'last_sign_in_method'));
      await link(browser, { subject: `${subject} 2` });
      expect(await remove(only?.id)).toMatchObject({ status: 204 });
      expect(await signIn(openBrowser(api), { subject: `${subject} 2` })).toMatchObject({ status: 200 });
      const { browser: other } = await signedInBrowser(api);
      await link(other, { subject: `${subject} 3` });
      const [removable] = await identitiesOf(other);
      expect(await other.send('DELETE', `/api/me/identities/${removable?.id ?? ''}/`)).toMatchObject({
        status: 204,
      });
    });

    test('API keys reach no identities, and administrators see and remove them', async () => {
      const api = open();
      const { browser, auth } = await signedInBrowser(api);
      const subject = freshName();
      await link(browser, { subject });
      const [identity] = await identitiesOf(browser);
      const created = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'script' } });
      const key = String(created.body['key']);
      const json = { provider: 'school', parameters: { state: 'x' } };
      for (const [method, path] of [
        ['GET', '/api/me/identities/'],
        ['POST', '/api/me/identities/'],
        ['POST', '/api/me/identity/finish/'],
        ['DELETE', `/api/me/identities/${identity?.id ?? ''}/`],
      ] as const) {
        const parts = method === 'POST' ? { auth: key, json } : { auth: key };
        expect(await ask(api, method, path, parts), path).toMatchObject(refusal(403, 'session_required'));
      }
      const admin = await newAdmin(api);
      const { body } = await browser.send('GET', '/api/me/');
      const path = `/api/admin/users/${String(body['id'])}/identities/`;
      const listed = await ask(api, 'GET', path, { auth: admin.auth });
      expect(listed.body['results']).toMatchObject([
        { id: identity?.id, provider: 'School', issuer, subject },
      ]);
      const adminKey = await ask(api, 'POST', '/api/keys/', { auth: admin.auth, json: { name: 'script' } });
      const target = `${path}${identity?.id ?? ''}/`;
      expect(await ask(api, 'DELETE', target, { auth: String(adminKey.body['key']) })).toMatchObject(
        refusal(403, 'session_required'),
      );
      expect(await ask(api, 'DELETE', target, { auth: admin.auth })).toMatchObject({ status: 204 });
      expect(await identitiesOf(browser)).toEqual([]);
    });

    test('groups give and take away the role and the allowance at each sign-in', async () => {
      const rights = [
        { group: 'staff', role: 'admin' },
        { group: 'students', allowance: { amount: 50, every: 'day' } },
      ] as const;
      const api = open({ identityProviders: [fakeProvider({ rights })] });
      // Another administrator, since the last one keeps the role.
      await newAdmin(api);
      const [subject, browser] = [freshName(), openBrowser(api)];
      const me = async (groups: string[]) => {
        await signIn(browser, { subject, groups });
        return (await browser.send('GET', '/api/me/')).body;
      };
      expect(await me(['staff'])).toMatchObject({ role: 'admin', allowance: null });
      expect(await me(['students', 'staff'])).toMatchObject({
        role: 'admin',
        allowance: { amount: 50, every: 'day' },
      });
      const session = openBrowser(api);
      await signIn(session, { subject, groups: ['staff'] });
      expect((await session.send('GET', '/api/admin/users/')).status).toBe(200);
      expect(await me(['Staff'])).toMatchObject({ role: 'user', allowance: null });
      expect((await session.send('GET', '/api/admin/users/')).status).toBe(403);
    });

    test('signing out also names the address of the provider, in the browser that signed in there only', async () => {
      const api = open();
      const [subject, browser] = [freshName(), openBrowser(api)];
      await signIn(browser, { subject });
      const ended = await browser.send('POST', '/api/logout/');
      expect(ended).toMatchObject({
        status: 200,
        body: { provider_sign_out_url: `${issuer}/logout?return=https://chat.example.test/` },
      });
      expect((await browser.send('GET', '/api/me/')).status).toBe(401);
      const { browser: byPassword } = await signedInBrowser(api);
      expect(await byPassword.send('POST', '/api/logout/')).toMatchObject({ status: 204 });
    });

    test('without passwords, providers are the only way', async () => {
      const api = open({ policy: { passwordSignIn: false } });
      const off = refusal(403, 'password_sign_in_off');
      const username = freshName();
      const credentials = { username, password: goodPassword };
      expect(await ask(api, 'POST', '/api/register/', { json: credentials })).toMatchObject(off);
      expect(await ask(api, 'POST', '/api/login/', { json: credentials })).toMatchObject(off);
      const email = { email: `${username}@example.org` };
      expect(await ask(api, 'POST', '/api/password/forgot/', { json: email })).toMatchObject(off);
      const reset = { token: 'x', new_password: goodPassword };
      expect(await ask(api, 'POST', '/api/password/reset/', { json: reset })).toMatchObject(off);
      expect((await ask(api, 'GET', '/api/sign-in/')).body).toMatchObject({ password: false });
      const withPassword = await signedInBrowser(open());
      await link(withPassword.browser, { subject: username });
      const browser = openBrowser(api);
      expect(await signIn(browser, { subject: username })).toMatchObject({ status: 200 });
      const [only] = await identitiesOf(browser);
      expect(await browser.send('DELETE', `/api/me/identities/${only?.id ?? ''}/`)).toMatchObject(
        refusal(409, 'last_sign_in_method'),
      );
    });
  });
}
