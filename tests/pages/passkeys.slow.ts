import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { call } from '../process/api-client.js';
import { createAdministrator } from './administrator.js';
import { accessibilityViolations } from './browser.js';
import { messageBox, password, signIn, signUp } from './chat-steps.js';
import { chromiumPath } from './chromium.js';
import { authenticatorApp, signInToFactor } from './factor-steps.js';
import { servedPages, type ServedPages } from './served-pages.js';

/** A rejected request is also an error of the console. */
const rejected = /^console: Failed to load resource: .* status of 4\d\d/;

/** A device that keeps passkeys and verifies its user at once. */
async function addAuthenticator(cdp: CDPSession): Promise<string> {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

/** Opens the sign-up page at the name to which passkeys are bound, with one authenticator. */
async function visit(pages: ServedPages) {
  const url = `http://localhost:${new URL(pages.server.url).port}`;
  const opened = await pages.visit({ path: '/#/sign-up', expects: rejected }, url);
  const cdp = await opened.page.context().newCDPSession(opened.page);
  await cdp.send('WebAuthn.enable');
  return { ...opened, cdp, authenticatorId: await addAuthenticator(cdp) };
}

async function signUpHere(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'Create an account' }).waitFor();
  await page.getByRole('link', { name: 'Sign in instead' }).click();
  return signUp(page);
}

const sectionOf = (page: Page) => page.getByRole('region', { name: 'Second factors' });

async function addPasskey(page: Page, name: string): Promise<void> {
  await sectionOf(page).getByLabel('Name of the new passkey').fill(name);
  await sectionOf(page).getByRole('button', { name: 'Add a passkey' }).click();
  await sectionOf(page)
    .getByRole('button', { name: `Rename ${name}` })
    .waitFor();
}

const signOut = (page: Page) => page.getByRole('button', { name: 'Sign out', exact: true }).click();

const signInByPasskey = (page: Page) => page.getByRole('button', { name: 'Sign in by a passkey' }).click();

describe.runIf(chromiumPath() !== null)('passkeys in a browser', () => {
  const pages = servedPages('embedded');
  let authToken: Promise<string> | null = null;
  const administrator = () => (authToken ??= createAdministrator(pages().server, 'root_admin'));

  test('two are added, one signs in without a name and as second factor, and both are renamed and removed', async () => {
    const { page, pageErrors, close, cdp, authenticatorId } = await visit(pages());
    const username = await signUpHere(page);
    await page.getByRole('link', { name: username }).click();
    await sectionOf(page).getByText('No passkeys yet.').waitFor();
    await addPasskey(page, 'My first key');
    await sectionOf(page).getByRole('list', { name: 'Recovery codes' }).waitFor();
    await sectionOf(page).getByRole('button', { name: 'I have kept them' }).click();

    // The device that has a passkey of the account refuses to make another one.
    await sectionOf(page).getByLabel('Name of the new passkey').fill('The same key');
    await sectionOf(page).getByRole('button', { name: 'Add a passkey' }).click();
    await sectionOf(page).getByText('This passkey is already one of your account.').waitFor();
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    const second = await addAuthenticator(cdp);
    await addPasskey(page, 'My second key');
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);

    await signOut(page);
    await signInByPasskey(page);
    await messageBox(page).waitFor();

    await signOut(page);
    await signInToFactor(page, username);
    await page.getByText('Use one of the passkeys of this account.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await messageBox(page).waitFor();

    await page.getByRole('link', { name: username }).click();
    await sectionOf(page).getByRole('button', { name: 'Rename My second key' }).click();
    await sectionOf(page).getByLabel('New name').fill('Office key');
    await sectionOf(page).getByRole('button', { name: 'Save' }).click();
    await sectionOf(page).getByRole('button', { name: 'Remove Office key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sectionOf(page).getByRole('button', { name: 'Remove Office key' }).waitFor({ state: 'detached' });
    await sectionOf(page).getByRole('button', { name: 'Remove My first key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sectionOf(page).getByText('No passkeys yet.').waitFor();

    await signOut(page);
    await signInByPasskey(page);
    await page.getByText('The username or password is wrong').waitFor();
    expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId: second })).credentials).toHaveLength(
      1,
    );
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a copy of a passkey whose counter was used is refused, and the original goes on', async () => {
    const { page, pageErrors, close, cdp, authenticatorId } = await visit(pages());
    const username = await signUpHere(page);
    await page.getByRole('link', { name: username }).click();
    await addPasskey(page, 'My key');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    const [copy] = credentials;
    if (copy === undefined) throw new Error('The authenticator has no passkey.');
    await signOut(page);
    await signInByPasskey(page);
    await messageBox(page).waitFor();
    await signOut(page);
    const after = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(after.credentials[0]?.signCount).toBeGreaterThan(copy.signCount);
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    const cloned = await addAuthenticator(cdp);
    await cdp.send('WebAuthn.addCredential', { authenticatorId: cloned, credential: copy });
    await signInByPasskey(page);
    await page.getByText('The username or password is wrong').waitFor();
    const audit = '/api/admin/audit/?action=passkey_copy_refused';
    const { body } = await call<{ results: { username: string }[] }>(pages().server.url, audit, {
      authToken: await administrator(),
    });
    expect(body.results).toMatchObject([{ username }]);
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: cloned });
    const [original] = after.credentials;
    if (original === undefined) throw new Error('The authenticator has lost its passkey.');
    const restored = await addAuthenticator(cdp);
    await cdp.send('WebAuthn.addCredential', { authenticatorId: restored, credential: original });
    await signInToFactor(page, username);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await messageBox(page).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator signs in to the administration by a passkey', async () => {
    const url = `http://localhost:${new URL(pages().server.url).port}`;
    const { page, pageErrors, close } = await visit(pages());
    const username = await signUpHere(page);
    await page.getByRole('link', { name: username }).click();
    await addPasskey(page, 'My key');
    const { body } = await call<{ results: { id: string }[] }>(url, `/api/admin/users/?q=${username}`, {
      authToken: await administrator(),
    });
    await call(url, `/api/admin/users/${body.results[0]?.id ?? ''}/`, {
      method: 'PATCH',
      authToken: await administrator(),
      body: { role: 'admin' },
    });
    const requests = [/\/api\/logout\/$/, /\/api\/sign-in\/$/, /\/icon-.+\.svg$/];
    const signedOut = requests.map((address) => page.waitForResponse(address));
    await signOut(page);
    // Another address would cancel the requests.
    await Promise.all(signedOut.map(async (response) => (await response).finished()));
    await page.goto(`${url}/admin/#/login`);
    await signInByPasskey(page);
    await page.getByText('The ledger is sound').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a device that does not know its user is no sign-in without a name', async () => {
    const { page, pageErrors, close, cdp, authenticatorId } = await visit(pages());
    const username = await signUpHere(page);
    await page.getByRole('link', { name: username }).click();
    await addPasskey(page, 'My key');
    await signOut(page);
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await signInByPasskey(page);
    await page.getByText('No passkey was used.').waitFor();
    await signInToFactor(page, username);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('No passkey was used.').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
});

describe.runIf(chromiumPath() !== null)('passkeys where everyone must have a second factor', () => {
  const pages = servedPages('embedded', {
    TWO_FACTOR_KEY: 'a-key-of-the-tests-with-more-than-32-characters',
    REQUIRE_TWO_FACTORS: 'all',
  });

  for (const path of ['/', '/admin/']) {
    test(`a sign-in that requires a factor adds a passkey, keeps its codes and then opens ${path}`, async () => {
      const url = `http://localhost:${new URL(pages().server.url).port}`;
      const { page, pageErrors, close } = await visit(pages());
      const username = path === '/' ? 'person_of_passkey' : 'admin_of_passkey';
      if (path === '/') {
        await page.getByLabel('Username').fill(username);
        await page.getByLabel('Password', { exact: true }).fill(password);
        await page.getByRole('button', { name: 'Create my account' }).click();
      } else {
        await createAdministrator(pages().server, username);
        await page.goto(`${url}/admin/#/login`);
        await signIn(page, username);
      }
      await page.getByRole('button', { name: 'Use a passkey instead' }).click();
      await page.getByLabel('Name of the new passkey').fill('My key');
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
      await codes.first().waitFor();
      await expect.poll(() => codes.count()).toBe(10);
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await (path === '/' ? messageBox(page) : page.getByText('The ledger is sound')).waitFor();
      if (path === '/') {
        await signOut(page);
        await signInByPasskey(page);
        await messageBox(page).waitFor();
      }
      expect(pageErrors).toEqual([]);
      await close();
    });
  }

  test('the last factor cannot be removed', async () => {
    const { page, pageErrors, close } = await visit(pages());
    const username = 'person_with_key';
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create my account' }).click();
    const app = authenticatorApp((await page.locator('code.secret').textContent()) ?? '');
    await page.getByLabel('Code of the app').fill(await app.nextCode());
    await page.getByRole('button', { name: 'Confirm the app' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('link', { name: username }).click();
    await sectionOf(page).getByText('Your account must have a second factor.').waitFor();
    await addPasskey(page, 'My key');
    await sectionOf(page).getByRole('button', { name: 'Remove the app' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sectionOf(page).getByText('No app is set up.').waitFor();
    await sectionOf(page).getByRole('button', { name: 'Remove My key' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sectionOf(page).getByText('This is your last second factor').waitFor();
    await sectionOf(page).getByRole('button', { name: 'Rename My key' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
});
