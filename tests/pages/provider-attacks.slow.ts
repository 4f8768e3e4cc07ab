import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestProvider, type Person, type TestProvider } from '../adapters/oidc/test-provider.js';
import { register } from '../process/api-client.js';
import { emptyDataFolder } from '../process/data-folder.js';
import { createAdministrator, openUser } from './administrator.js';
import { accessibilityViolations } from './browser.js';
import { newName, password } from './chat-steps.js';
import { chromiumPath } from './chromium.js';
import { protect } from './factor-steps.js';
import { servedPages } from './served-pages.js';

const expected = /^(elsewhere|console|failed): /;

describe.runIf(chromiumPath() !== null)('the pages of a server with two providers', () => {
  let school: TestProvider;
  let evil: TestProvider;
  const pages = servedPages('PostgreSQL', async () => {
    [school, evil] = [await startTestProvider(), await startTestProvider()];
    const path = join(await emptyDataFolder(), 'providers.json');
    const describeOne = ({ issuer, clientId }: TestProvider, id: string, name: string) => ({
      ...{ id, name, issuer, client_id: clientId, client_secret_env: 'CLIENT_SECRET' },
      ...{ scopes: 'openid email profile groups', role_claim: 'groups' },
      role_map: { staff: { role: 'admin' } },
    });
    const providers = [describeOne(school, 'school', 'School'), describeOne(evil, 'evil', 'Evil')];
    await writeFile(path, JSON.stringify({ providers }));
    const TWO_FACTOR_KEY = 'a-key-of-the-tests-with-more-than-32-characters';
    return { OIDC_FILE: path, CLIENT_SECRET: school.clientSecret, TWO_FACTOR_KEY };
  });
  const url = () => `http://localhost:${new URL(pages().server.url).port}`;
  afterEach(() => {
    school.changeReturn = null;
  });
  beforeAll(async () => {
    await school.allow([`${url()}/sign-in/callback/school`]);
    await evil.allow([`${url()}/sign-in/callback/evil`]);
    await createAdministrator(pages().server, 'root_admin');
  });

  const visit = (options: { path?: string; viewport?: { width: number; height: number } } = {}) =>
    pages().visit({ ...options, expects: expected }, url());
  const signIn = (page: Page, name = 'School') =>
    page.getByRole('button', { name: `Sign in by ${name}` }).click();
  const newPerson = (more: Partial<Person> = {}): Person & { preferred_username: string } => {
    const name = newName();
    return { sub: `sub-${name}`, preferred_username: name, ...more };
  };
  const signedIn = (page: Page, { preferred_username: name = '' }: Person) =>
    page.getByRole('link', { name, exact: true }).waitFor();
  const execute = (text: string) => pages().storage.withDatabase((database) => database.query({ text }));

  /** Changes the address of the provider that the server returns to the page. */
  async function changeStart(page: Page, provider: string, change: (address: URL) => unknown) {
    await page.route(`**/api/sign-in/${provider}/`, async (route) => {
      const response = await route.fetch();
      const address = new URL(((await response.json()) as { url: string }).url);
      await change(address);
      await route.fulfill({ response, json: { url: address.href } });
    });
  }

  /** Confirms by the provider, which leads back to the account page. */
  async function confirmBySchool(page: Page) {
    const finished = page.waitForResponse((response) => response.url().endsWith('/provider/finish/'));
    await page.getByRole('dialog').getByRole('button', { name: 'Confirm by School' }).click();
    expect((await finished).status()).toBe(200);
    await page.getByRole('region', { name: 'Password', exact: true }).waitFor();
  }

  const unverified = 'The response of the provider could not be verified.';
  const expired = 'This sign-in has expired, was used already, or began in another browser.';

  /** Shows why the sign-in failed, and that no one is signed in. */
  async function refused(page: Page, reason: string) {
    await page.getByText(reason).waitFor();
    await page.getByRole('link', { name: 'Back to signing in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect((await page.context().cookies()).filter(({ name }) => /access|refresh/.test(name))).toEqual([]);
  }

  test('a response with another nonce is refused, and the next sign-in works', async () => {
    const { page, close } = await visit();
    school.person = newPerson();
    await changeStart(page, 'school', ({ searchParams }) => {
      searchParams.set('nonce', 'another');
    });
    await signIn(page);
    await refused(page, unverified);
    await page.unrouteAll();
    await signIn(page);
    await signedIn(page, school.person);
    await close();
  });

  test('a response that names another issuer is refused', async () => {
    const { page, close } = await visit();
    school.person = newPerson();
    school.changeReturn = ({ searchParams }) => {
      expect(searchParams.get('iss')).toBe(school.issuer);
      searchParams.set('iss', evil.issuer);
    };
    await signIn(page);
    await refused(page, unverified);
    await close();
  });

  test('a provider that leads to another one, or passes its response on, gets no session', async () => {
    const { page, close } = await visit();
    school.person = newPerson();
    await changeStart(page, 'evil', (address) => {
      address.host = new URL(school.issuer).host;
      address.searchParams.set('redirect_uri', `${url()}/sign-in/callback/school`);
    });
    await signIn(page, 'Evil');
    await refused(page, expired);
    school.changeReturn = (address) => {
      address.pathname = '/sign-in/callback/evil';
    };
    await signIn(page, 'Evil');
    await refused(page, unverified);
    await close();
  });

  test('a person whose subject changed is not let into the account of their email', async () => {
    const { page, close } = await visit();
    const person = newPerson();
    school.person = { ...person, email: `${person.preferred_username}@example.org`, email_verified: true };
    await signIn(page);
    await signedIn(page, person);
    await close();
    school.person = { ...school.person, sub: 'another-subject' };
    const other = await visit();
    await signIn(other.page);
    await refused(other.page, 'An account has this email address already.');
    await other.close();
  });

  test('a sign-in that took too long is refused', async () => {
    const { page, close } = await visit();
    school.person = newPerson();
    await changeStart(page, 'school', () => execute('update sign_in_attempts set expires_at = now()'));
    await signIn(page);
    await refused(page, expired);
    await close();
  });

  test('a response that is opened a second time is refused, here and in another browser, and the session stays', async () => {
    const { page, openTab, close } = await visit();
    school.person = newPerson();
    let returned = '';
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/callback/school?')) returned = request.url();
    });
    await signIn(page);
    await signedIn(page, school.person);
    const replayed = await openTab(returned.slice(url().length));
    await replayed.getByText(expired).waitFor();
    const other = await visit({ path: returned.slice(url().length) });
    await refused(other.page, expired);
    await page.reload();
    await signedIn(page, school.person);
    await other.close();
    await close();
  });

  test('a group gives the role of an administrator, and without it the next sign-in takes it away', async () => {
    const { page, close } = await visit({ path: '/admin/' });
    const person = newPerson();
    school.person = { ...person, groups: ['staff'] };
    await signIn(page);
    await page.getByText('The ledger is sound').waitFor();
    school.person = { ...person, groups: ['students'] };
    // The browser is still signed in at the provider, which the other one is not.
    const other = await visit();
    await signIn(other.page);
    await signedIn(other.page, person);
    for (const each of [page, other.page]) {
      await each.goto(`${url()}/admin/`);
      await each
        .getByText(`You are signed in as ${person.preferred_username}, who is not an administrator.`)
        .waitFor();
    }
    await other.close();
    await close();
  });

  test('an administrator without a password confirms by the provider, comes back to the user and removes their factors', async () => {
    const user = await protect(url(), await register(url(), newName()));
    const { page, close } = await visit({ path: '/admin/#/login' });
    school.person = newPerson({ groups: ['staff'] });
    await signIn(page);
    await page.getByRole('menuitem', { name: 'Users' }).click();
    await openUser(page, user.username);
    const card = page.getByRole('region', { name: 'Second factors' });
    const remove = async () => {
      await card.getByRole('button', { name: 'Remove all second factors' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove them' }).click();
    };
    await card.getByText('Authenticator app, set up').waitFor();
    await execute(`update sessions set proved_at = now() - interval '1 hour'`);
    await remove();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByText('The provider asks you to sign in again').waitFor();
    expect(await dialog.getByLabel('Password').count()).toBe(0);
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    const address = page.url();
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL(address);
    await remove();
    await card.getByText('No second factors.').waitFor();
    await close();
  });

  for (const viewport of [
    { width: 1366, height: 820 },
    { width: 360, height: 800 },
  ]) {
    test(`signing in and what went wrong are accessible at ${viewport.width} px`, async () => {
      const { page, close } = await visit({ viewport });
      await page.getByRole('button', { name: 'Sign in by Evil' }).waitFor();
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      await page.goto(`${url()}/sign-in/callback/school?state=${'0'.repeat(64)}&code=x`);
      await page.getByText(expired).waitFor();
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      await page.goto(`${url()}/admin/#/login`);
      await page.getByRole('button', { name: 'Sign in by Evil' }).waitFor();
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      await close();
    });

    test(`an account without a password confirms by its provider and sets a first one, at ${viewport.width} px`, async () => {
      const { page, close } = await visit({ viewport });
      const person = newPerson();
      school.person = person;
      await signIn(page);
      await page.getByLabel('Your message').waitFor();
      await page.goto(`${url()}/#/account`);
      const section = page.getByRole('region', { name: 'Password', exact: true });
      const set = async () => {
        await section.getByLabel('New password').fill(password);
        await section.getByRole('button', { name: 'Set a password' }).click();
      };
      await execute(`update sessions set proved_at = now() - interval '1 hour'`);
      await set();
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await dialog.getByText('The provider asks you to sign in again').waitFor();
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
      // Another person at this device, who is known to the provider as well.
      school.person = newPerson();
      await dialog.getByRole('button', { name: 'Confirm by School' }).click();
      await page.getByText('you signed in there as another person').waitFor();
      expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
      school.person = person;
      await page.getByRole('link', { name: 'Go back' }).click();
      await page.waitForURL(`${url()}/#/account`);
      await set();
      const { asked } = school;
      await confirmBySchool(page);
      expect(school.asked).toBe(asked + 1);
      await set();
      await section.getByText('Your account has a password now.').waitFor();
      await section.getByLabel('Current password').waitFor();
      await close();
    });
  }

  test('an account without a password changes its email and erases itself after a sign-in, and after a proof', async () => {
    const { page, close } = await visit();
    const person = newPerson();
    school.person = person;
    await signIn(page);
    await signedIn(page, person);
    await page.goto(`${url()}/#/account`);
    const email = page.getByRole('region', { name: 'Email', exact: true });
    await email.getByLabel('New email').waitFor();
    expect(await email.getByLabel('Your password').count()).toBe(0);
    await email.getByLabel('New email').fill(`${person.preferred_username}@example.org`);
    await email.getByRole('button', { name: 'Change the email' }).click();
    await email.getByText('takes effect once it is confirmed').waitFor();
    await execute(`update sessions set proved_at = now() - interval '1 hour'`);
    const erase = page.getByRole('region', { name: 'Erase the account' });
    await erase.getByRole('button', { name: 'Erase my account …' }).click();
    await erase.getByRole('button', { name: 'Erase my account', exact: true }).click();
    await confirmBySchool(page);
    await erase.getByRole('button', { name: 'Erase my account …' }).click();
    await erase.getByRole('button', { name: 'Erase my account', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    const rows = await pages().storage.withDatabase((database) =>
      database.query({
        text: 'select 1 from identities where subject = $1',
        values: [person.sub],
      }),
    );
    expect(rows).toEqual([]);
    await close();
  });
});
