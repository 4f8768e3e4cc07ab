import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openIdProvider } from '../../../src/adapters/oidc/openid-provider.js';
import { openEngine, type Engine } from '../http/engines.js';
import { freshName, newAccount, newAdmin } from '../http/requests.js';
import { testApi, type TestApi } from '../http/test-api.js';
import { openBrowser, publicUrl } from './browser.js';
import { startTestProvider, type TestProvider } from './test-provider.js';
import { visit } from './visit.js';

let engine: Engine;
let provider: TestProvider;
let api: TestApi;

beforeAll(async () => {
  engine = await openEngine('memory');
  provider = await startTestProvider([`${publicUrl}/sign-in/callback/oidc`]);
});
afterAll(async () => {
  await provider.stop();
  await engine.close();
});

beforeEach(() => {
  const { issuer, clientId, clientSecret } = provider;
  const options = {
    ...{ id: 'oidc', name: 'Test Login', issuer, clientId, clientSecret },
    ...{ scopes: 'openid email profile groups', groupsClaim: 'groups' },
    rights: [{ group: 'staff', role: 'admin' }],
  } as const;
  api = testApi(engine, { identityProviders: [openIdProvider(options)], policy: { publicUrl } });
  provider.person = newPerson();
  provider.userInfoSub = null;
});

/** What a person keeps whose subject changes. */
function pick(person: TestProvider['person']) {
  return { email: person?.email ?? '', preferred_username: person?.preferred_username ?? '' };
}

function newPerson() {
  const name = freshName();
  return { sub: `sub-${name}`, preferred_username: name, email: `${name}@example.org`, email_verified: true };
}

describe('sign-in by an OpenID Connect provider', () => {
  test('creates an account at the first sign-in, and finds it at the next one', async () => {
    const browser = openBrowser(api);
    expect(await browser.signIn()).toMatchObject({ status: 200 });
    const me = await browser.send('GET', '/api/me/');
    expect(me.body).toMatchObject({
      username: provider.person?.preferred_username,
      email: provider.person?.email,
      email_verified: true,
      role: 'user',
      tokens: 4000,
    });
    const other = openBrowser(api);
    expect(await other.signIn()).toMatchObject({ status: 200 });
    expect((await other.send('GET', '/api/me/')).body['id']).toBe(me.body['id']);
  });

  test('verifies the response with the keys that the provider has now', async () => {
    const browser = openBrowser(api);
    expect(await browser.signIn()).toMatchObject({ status: 200 });
    await provider.rotateKeys();
    expect(await browser.signIn()).toMatchObject({ status: 200 });
  });

  test('rejects a response with another nonce, code verifier or issuer, or from another provider', async () => {
    const rejected = { status: 400, body: { code: 'invalid_identity' } };
    const browser = openBrowser(api);
    const altered = async (change: (address: URL) => void) => {
      const address = new URL(await browser.start());
      change(address);
      return browser.finish(await visit(address.href, publicUrl));
    };
    const set = (name: string, value: string) => (address: URL) => {
      address.searchParams.set(name, value);
    };
    expect(await altered(set('nonce', 'another'))).toMatchObject(rejected);
    expect(await altered(set('code_challenge', 'A'.repeat(43)))).toMatchObject(rejected);
    const parameters = await visit(await browser.start(), publicUrl);
    expect(parameters['iss']).toBe(provider.issuer);
    expect(await browser.finish({ ...parameters, iss: 'https://evil.example.org' })).toMatchObject(rejected);
    for (const missing of ['iss', 'code']) {
      const response = Object.entries(await visit(await browser.start(), publicUrl));
      const rest = Object.fromEntries(response.filter(([name]) => name !== missing));
      expect(await browser.finish(rest), missing).toMatchObject(rejected);
    }
    expect(await browser.signIn()).toMatchObject({ status: 200 });
  });

  test('rejects user info of another person', async () => {
    provider.userInfoSub = 'another';
    const response = await openBrowser(api).signIn();
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_identity' } });
  });

  test('a person whose subject changed is another person, and gets no account by the email', async () => {
    expect(await openBrowser(api).signIn()).toMatchObject({ status: 200 });
    provider.person = { ...newPerson(), ...pick(provider.person), sub: 'changed' };
    expect(await openBrowser(api).signIn()).toMatchObject({ status: 409, body: { code: 'account_exists' } });
  });

  test('says that the provider refused', async () => {
    provider.person = null;
    const response = await openBrowser(api).signIn();
    expect(response).toMatchObject({ status: 403, body: { code: 'sign_in_refused' } });
  });

  test('reads the groups of the user info, which give and take away the role', async () => {
    // Another administrator, since the last one keeps the role.
    await newAdmin(api);
    const browser = openBrowser(api);
    const person = newPerson();
    const roles = [];
    for (const groups of [['staff'], ['students'], undefined]) {
      provider.person = groups === undefined ? person : { ...person, groups };
      await browser.signIn();
      roles.push((await browser.send('GET', '/api/me/')).body['role']);
    }
    expect(roles).toEqual(['admin', 'user', 'user']);
  });

  test('signs out of the provider too, which returns to the pages', async () => {
    const browser = openBrowser(api);
    await browser.signIn();
    const { status, body } = await browser.send('POST', '/api/logout/');
    const address = new URL(String(body['provider_sign_out_url']));
    expect([status, address.origin]).toEqual([200, provider.issuer]);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: provider.clientId,
      post_logout_redirect_uri: `${publicUrl}/`,
      id_token_hint: expect.stringMatching(/^ey/) as string,
    });
    expect((await fetch(address)).status).toBe(200);
    expect((await browser.send('GET', '/api/me/')).status).toBe(401);
  });

  test('while the provider is away, that is 503, a session still ends, and passwords go on', async () => {
    const away = { status: 503, body: { code: 'identity_provider_unavailable' } };
    const browser = openBrowser(api);
    await browser.signIn();
    const parameters = await visit(await browser.start(), publicUrl);
    await provider.stop();
    try {
      const finished = await browser.finish(parameters);
      expect(finished).toMatchObject(away);
      expect(finished.headers.get('Retry-After')).toBe('5');
      expect(await browser.send('POST', '/api/sign-in/oidc/')).toMatchObject(away);
      expect(await browser.send('POST', '/api/logout/')).toMatchObject({ status: 204 });
      expect((await browser.send('GET', '/api/me/')).status).toBe(401);
      const { username, password } = await newAccount(api);
      const login = await browser.send('POST', '/api/login/', { json: { username, password } });
      expect(login.status).toBe(200);
    } finally {
      await provider.start();
    }
    expect(await browser.signIn()).toMatchObject({ status: 200 });
    expect(api.logLines.join('\n')).not.toContain(parameters['code']);
  });

  test('accepts a response once', async () => {
    const browser = openBrowser(api);
    const address = await browser.start();
    const before = new Map(browser.cookies);
    const parameters = await visit(address, publicUrl);
    expect(await browser.finish(parameters)).toMatchObject({ status: 200 });
    for (const [name, value] of before) browser.cookies.set(name, value);
    expect(await browser.finish(parameters)).toMatchObject({
      status: 400,
      body: { code: 'sign_in_expired' },
    });
  });
});
