import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { startTestProvider, type TestProvider } from '../adapters/oidc/test-provider.js';
import { call, register } from '../process/api-client.js';
import { createAdministrator, openUser } from './administrator.js';
import { accessibilityViolations } from './browser.js';
import { messageBox, newName, password } from './chat-steps.js';
import { chromiumPath } from './chromium.js';
import { authenticatorApp, protect, signInToFactor, typeCode } from './factor-steps.js';
import { servedPages } from './served-pages.js';

/** A rejected request is also an error of the console. */
const rejected = /^console: Failed to load resource: .* status of 4\d\d/;
const twoFactorKey = { TWO_FACTOR_KEY: 'a-key-of-the-tests-with-more-than-32-characters' };

describe.runIf(chromiumPath() !== null)('the pages of people with a second factor', () => {
  let provider: TestProvider;
  let adminCodes: string[] = [];
  const pages = servedPages('embedded', async () => {
    provider = await startTestProvider();
    return {
      ...twoFactorKey,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Test Login',
    };
  });

  test('a code completes the sign-in, a wrong one is explained at its field, and a recovery code works too', async () => {
    const { url } = pages().server;
    const user = await protect(url, await register(url, newName()));
    const { page, pageErrors, close } = await pages().visit({ expects: rejected });
    await signInToFactor(page, user.username);
    await typeCode(page, '000000');
    await page.getByText('The code is wrong, or it was used already.').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('code');
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByRole('button', { name: 'Cancel signing in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInToFactor(page, user.username);
    await typeCode(page, await user.app.nextCode());
    await messageBox(page).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signInToFactor(page, user.username);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(user.recoveryCodes[0] ?? '');
    await page.getByRole('button', { name: 'Go on' }).click();
    await messageBox(page).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a sign-in that has ended meanwhile says so and leads back', async () => {
    const { url } = pages().server;
    const user = await protect(url, await register(url, newName()));
    const { page, pageErrors, close } = await pages().visit({ expects: rejected });
    await signInToFactor(page, user.username);
    const body = { current_password: password, new_password: 'EvenStronger456!' };
    await call(url, '/api/me/password/', { authToken: user.authToken, body });
    await typeCode(page, await user.app.nextCode());
    await page.getByText('This sign-in took too long, or it was completed already.').waitFor();
    await page.getByRole('button', { name: 'Back to signing in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signInToFactor(page, user.username, 'EvenStronger456!');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a sign-in by a provider requires the code too', async () => {
    const url = `http://localhost:${new URL(pages().server.url).port}`;
    await provider.allow([`${url}/sign-in/callback/oidc`]);
    const name = newName();
    provider.person = { sub: `sub-${name}`, preferred_username: name };
    const { page, close } = await pages().visit({ expects: /^(elsewhere|console|failed): / }, url);
    const signInByProvider = () => page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await signInByProvider();
    await messageBox(page).waitFor();
    const post = (path: string, body: object) =>
      page.evaluate(
        async ([target, sent]) => {
          const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'metered-chat' };
          const response = await fetch(target, { method: 'POST', headers, body: JSON.stringify(sent) });
          return (await response.json()) as Record<string, string>;
        },
        [path, body] as const,
      );
    const { secret = '' } = await post('/api/me/totp/', {});
    const app = authenticatorApp(secret);
    expect(await post('/api/me/totp/confirm/', { code: await app.nextCode() })).toHaveProperty(
      'recovery_codes',
    );
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await signInByProvider();
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    await page.getByRole('button', { name: 'Cancel signing in' }).click();
    await signInByProvider();
    await typeCode(page, await app.nextCode());
    await page.getByRole('link', { name }).waitFor();
    await close();
  });

  test('an administrator signs in with a code, and again when the session has ended', async () => {
    const { url } = pages().server;
    const authToken = await createAdministrator(pages().server, 'factor_admin');
    const user = await protect(url, { username: 'factor_admin', authToken });
    adminCodes = user.recoveryCodes;
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/login', expects: rejected });
    await signInToFactor(page, user.username);
    await typeCode(page, '000000');
    await page.getByText('The code is wrong, or it was used already.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByRole('button', { name: 'Cancel signing in' }).click();
    await signInToFactor(page, user.username);
    await typeCode(page, await user.app.nextCode());
    await page.getByText('The ledger is sound').waitFor();
    await call(url, '/api/sessions/', { method: 'DELETE', authToken });
    await page.getByRole('menuitem', { name: 'Users' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
    await dialog.getByLabel('Recovery code').fill(user.recoveryCodes[0] ?? '');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('cell', { name: 'factor_admin' }).first().waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator sees the second factors of a user and removes them after a proof', async () => {
    const { url } = pages().server;
    const user = await protect(url, await register(url, newName()));
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/login', expects: rejected });
    await signInToFactor(page, 'factor_admin');
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(adminCodes.pop() ?? '');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('menuitem', { name: 'Users' }).click();
    await openUser(page, user.username);
    const card = page.getByRole('region', { name: 'Second factors' });
    await card.getByText('Authenticator app, set up').waitFor();
    await card.getByText('Recovery codes left: 10').waitFor();
    for (const width of [360, 1366]) {
      await page.setViewportSize({ width, height: 820 });
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    }
    // How long a proof counts is no setting of the server, so the response of a later time is made here.
    let isProved = false;
    await page.route('**/factors/', async (route) => {
      if (isProved || route.request().method() !== 'DELETE') return route.continue();
      const body = JSON.stringify({ code: 'proof_required', status: 403 });
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body });
    });
    page.on('response', (response) => {
      if (response.url().endsWith('/api/me/proof/') && response.ok()) isProved = true;
    });
    await card.getByRole('button', { name: 'Remove all second factors' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove them' }).click();
    const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await proof.getByLabel('Password').fill('Wrong-Pass-987');
    await proof.getByRole('button', { name: 'Go on' }).click();
    await proof.getByText('The current password is wrong.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await proof.getByLabel('Password').fill(password);
    await proof.getByRole('button', { name: 'Go on' }).click();
    await card.getByText('No second factors.').waitFor();
    const body = { username: user.username, password };
    expect((await call(url, '/api/login/', { body })).status).toBe(200);
    expect((await call(url, '/api/me/', { authToken: user.authToken })).status).toBe(401);
    expect(pageErrors).toEqual([]);
    await close();
  });
});

describe.runIf(chromiumPath() !== null)('the pages of a server that requires a second factor', () => {
  const pages = servedPages('embedded', { ...twoFactorKey, REQUIRE_TWO_FACTORS: 'all' });

  test('a new account sets up an authenticator app, keeps its recovery codes and then begins', async () => {
    const { page, pageErrors, close } = await pages().visit({ path: '/#/sign-up', expects: rejected });
    const username = newName();
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await page.getByRole('img', { name: 'QR code with the key' }).waitFor();
    const app = authenticatorApp((await page.locator('code.secret').textContent()) ?? '');
    await page.getByLabel('Code of the app').fill('000000');
    await page.getByRole('button', { name: 'Confirm the app' }).click();
    await page.getByText('The code is wrong, or it was used already.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByLabel('Code of the app').fill(await app.nextCode());
    await page.getByRole('button', { name: 'Confirm the app' }).click();
    const list = page.getByRole('list', { name: 'Recovery codes' });
    await list.waitFor();
    const codes = await list.getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe(`${codes.join('\n')}\n`);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await messageBox(page).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signInToFactor(page, username);
    await typeCode(page, await app.nextCode());
    await messageBox(page).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator sets up an authenticator app before the first page', async () => {
    await createAdministrator(pages().server, 'root_admin');
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/login', expects: rejected });
    await page.getByLabel('Username or email').fill('root_admin');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('img', { name: 'QR code with the key' }).waitFor();
    const app = authenticatorApp((await page.locator('form code').textContent()) ?? '');
    await page.getByLabel('Code of the app').fill(await app.nextCode());
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByRole('button', { name: 'Confirm the app' }).click();
    await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
    await page.mouse.move(0, 0);
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('The ledger is sound').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
});
