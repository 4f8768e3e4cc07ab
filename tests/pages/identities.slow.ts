import { describe, expect, test } from 'vitest';
import { startTestProvider, type TestProvider } from '../adapters/oidc/test-provider.js';
import { chromiumPath } from './chromium.js';
import { servedPages } from './served-pages.js';

describe.runIf(chromiumPath() !== null)('the pages of a server with a provider', () => {
  let provider: TestProvider;
  const pages = servedPages('embedded', async () => {
    provider = await startTestProvider();
    return {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Test Login',
    };
  });

  /** Opens the sign-in page at the public address of the server, to which the provider returns. */
  async function visit(path = '/') {
    const url = `http://localhost:${new URL(pages().server.url).port}`;
    await provider.allow([`${url}/sign-in/callback/oidc`]);
    const opened = await pages().visit({ path, expects: /^(elsewhere|console|failed): / }, url);
    return { ...opened, url };
  }

  const person = (name: string) => ({
    ...{ sub: `sub-${name}`, preferred_username: name },
    ...{ email: `${name}@example.org`, email_verified: true },
  });

  test('a person signs in by a button, again later, and out of both', async () => {
    const { page, pageErrors, url, close } = await visit();
    provider.person = person('first_person');
    await page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await page.getByRole('link', { name: 'first_person' }).waitFor();
    expect(page.url()).toMatch(new RegExp(`^${url}/#?/?$`));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(provider.signedOut).toBe(1);
    await provider.rotateKeys();
    await page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await page.getByRole('link', { name: 'first_person' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an email of another account is explained, and its owner adds and removes the identity', async () => {
    const { page, pageErrors, close } = await visit('/#/sign-up');
    provider.person = person('second_person');
    await page.getByLabel('Username').fill('owner_of_email');
    await page.getByLabel('Email (optional)').fill('second_person@example.org');
    await page.getByLabel('Password', { exact: true }).fill('StrongPass123!');
    await page.getByRole('button', { name: 'Create my account' }).click();
    await page.getByRole('link', { name: 'owner_of_email' }).waitFor();

    const other = await visit();
    await other.page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await other.page.getByText('An account has this email address already.').waitFor();
    await other.page.getByRole('link', { name: 'Back to signing in' }).click();
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await page.getByRole('link', { name: 'owner_of_email' }).click();
    await page.getByRole('button', { name: 'Add Test Login' }).click();
    await page.getByText('Test Login: second_person@example.org').waitFor();
    await other.page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await other.page.getByRole('link', { name: 'owner_of_email' }).waitFor();
    await page.getByRole('button', { name: /^Remove Test Login/ }).click();
    await page.getByText('Test Login: second_person@example.org').waitFor({ state: 'detached' });
    expect([...pageErrors, ...other.pageErrors]).toEqual([]);
    await other.close();
    await close();
  });

  test('a response that is opened again, and a provider that is away, are explained', async () => {
    const { page, url, close } = await visit();
    await page.goto(`${url}/sign-in/callback/oidc?state=${'0'.repeat(64)}&code=x`);
    await page
      .getByText('This sign-in has expired, was used already, or began in another browser.')
      .waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.getByRole('link', { name: 'Back to signing in' }).click();
    await provider.stop();
    await page.getByRole('button', { name: 'Sign in by Test Login' }).click();
    await page.getByText('The provider cannot be reached.').waitFor();
    await page.getByLabel('Username or email').fill('owner_of_email');
    await page.getByLabel('Password', { exact: true }).fill('StrongPass123!');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'owner_of_email' }).waitFor();
    await close();
  });
});
