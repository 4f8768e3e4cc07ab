import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openIdProvider } from '../../../src/adapters/oidc/openid-provider.js';
import { openEngine, type Engine } from '../http/engines.js';
import { freshName } from '../http/requests.js';
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
  const options = { id: 'oidc', name: 'Test Login', issuer, clientId, clientSecret };
  api = testApi(engine, { identityProviders: [openIdProvider(options)], policy: { publicUrl } });
  provider.person = newPerson();
  provider.userInfoSub = null;
});

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
