import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { password, sendMessage, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The account settings of the chat page. */
export function accountSettingsSuite(pages: () => ServedPages): void {
  test('a user changes email and password with the current password, and other devices are signed out', async () => {
    const { server, visit, mailedLink } = pages();
    const { page, pageErrors, openTab, close } = await visit({ expects: /\b403\b.*\/api\/me\/$/ });
    const username = await signUp(page);
    const other = await logIn(server.url, username);
    await page.getByRole('link', { name: username }).click();
    const email = page.getByRole('region', { name: 'Email' });
    await email.getByLabel('New email').fill(`${username}@example.com`);
    await email.getByLabel('Your password').fill('not the password');
    await email.getByRole('button', { name: 'Change the email' }).click();
    await email.getByText('The current password is wrong.').waitFor();
    await email.locator('[name=current_password]:focus').waitFor();
    await email.getByLabel('Your password').fill(password);
    await email.getByRole('button', { name: 'Change the email' }).click();
    await email.getByText('takes effect once it is confirmed').waitFor();
    const confirming = await openTab(await mailedLink(`${username}@example.com`, 'verify-email'));
    await confirming.getByRole('button', { name: 'Confirm my address' }).click();
    await confirming.getByText('Your email address is confirmed.').waitFor();
    await email.getByRole('button', { name: 'I have confirmed it' }).click();
    await email.locator('.badge.good').waitFor();
    const others = page
      .getByRole('region', { name: 'Signed-in devices' })
      .getByRole('button', { name: /^Sign out/ });
    await others.first().waitFor();
    const change = page.getByRole('region', { name: 'Password' });
    await change.getByLabel('Current password').fill(password);
    await change.getByLabel('New password').fill('Another pass of 7 words');
    await change.getByRole('button', { name: 'Change the password' }).click();
    await change.getByText('Your password is changed').waitFor();
    await others.first().waitFor({ state: 'detached' });
    expect((await call(server.url, '/api/me/', { authToken: other.authToken })).status).toBe(401);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await signIn(page, `${username}@example.com`, 'Another pass of 7 words');
    await page.getByLabel('Your message').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a change of the email waits for confirmation, can be cancelled on the page, and can be undone with the link to the old address', async () => {
    const { server, visit, mailedLink } = pages();
    const { page, pageErrors, openTab, reload, close } = await visit({ expects: /\b(400|401)\b/ });
    const username = await signUp(page);
    const [old, other] = [`${username}@example.com`, `${username}-new@example.com`];
    const confirm = async (address: string) => {
      const tab = await openTab(await mailedLink(address, 'verify-email'));
      await tab.getByRole('button', { name: 'Confirm my address' }).click();
      await tab.getByText('Your email address is confirmed.').waitFor();
    };
    await page.getByRole('link', { name: username }).click();
    const email = page.getByRole('region', { name: 'Email' });
    const change = async (address: string) => {
      await email.getByLabel('New email').fill(address);
      await email.getByLabel('Your password').fill(password);
      await email.getByRole('button', { name: 'Change the email' }).click();
      await email.getByText('takes effect once it is confirmed').waitFor();
    };
    await change(old);
    await email.getByRole('button', { name: 'Cancel the change' }).click();
    await email.getByText('takes effect once it is confirmed').waitFor({ state: 'detached' });
    await change(old);
    await confirm(old);
    await email.getByRole('button', { name: 'I have confirmed it' }).click();
    await email.locator('.badge.good').waitFor();
    await change(other);
    await expect.poll(() => email.innerText()).toContain(old);
    expect(await accessibilityViolations(page)).toEqual([]);
    await confirm(other);

    const link = await mailedLink(old, 'cancel-email-change');
    const cancelling = await openTab(link);
    expect(await accessibilityViolations(cancelling)).toEqual([]);
    const signIn = (name: string) => call(server.url, '/api/login/', { body: { email: name, password } });
    // Opening the page does not cancel the change.
    expect((await signIn(other)).status).toBe(200);
    await cancelling.getByRole('button', { name: 'Cancel the change' }).click();
    await cancelling.getByText('The change is cancelled').waitFor();
    expect(cancelling.url()).not.toContain('token');
    expect([(await signIn(old)).status, (await signIn(other)).status]).toEqual([200, 401]);
    await cancelling.getByRole('link', { name: 'Choose a new password' }).click();
    await cancelling.waitForURL(/#\/forgotten$/);
    const again = await openTab(link);
    await again.getByRole('button', { name: 'Cancel the change' }).click();
    await again.getByText('This link does not work any more').waitFor();
    await reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a new password removes all API keys, unless the user keeps them', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit();
    const username = await signUp(page);
    await page.getByRole('link', { name: username }).click();
    const keys = page.getByRole('region', { name: 'API keys' });
    await keys.getByLabel('Name of the new key').fill('job');
    await keys.getByRole('button', { name: 'Create a key' }).click();
    const authToken = await keys.locator('.secret').innerText();
    const works = async () => (await call(server.url, '/api/tokens/', { authToken })).status;
    const change = page.getByRole('region', { name: 'Password' });
    const set = async (current: string, next: string) => {
      await change.getByLabel('Current password').fill(current);
      await change.getByLabel('New password').fill(next);
      const response = page.waitForResponse(/\/api\/me\/password\/$/);
      await change.getByRole('button', { name: 'Change the password' }).click();
      expect((await response).status()).toBe(204);
    };
    await change.getByLabel('Keep my API keys').check();
    await set(password, 'Another pass of 7 words');
    expect(await works()).toBe(200);
    await change.getByLabel('Keep my API keys').uncheck();
    await set('Another pass of 7 words', 'Yet another pass 8');
    await keys.getByText('No keys yet.').waitFor();
    expect(await works()).toBe(401);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a user signs out another device; a new API key is shown once and works until it is removed', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit();
    const username = await signUp(page);
    const other = await logIn(server.url, username);
    await page.getByRole('link', { name: username }).click();
    const devices = page.getByRole('region', { name: 'Signed-in devices' });
    await devices
      .getByRole('button', { name: /^Sign out (?!of all)/ })
      .first()
      .click();
    await devices
      .getByRole('button', { name: /^Sign out/ })
      .first()
      .waitFor({ state: 'detached' });
    expect((await call(server.url, '/api/me/', { authToken: other.authToken })).status).toBe(401);

    const keys = page.getByRole('region', { name: 'API keys' });
    await keys.getByLabel('Name of the new key').fill('My <i>program</i>');
    await keys.getByRole('button', { name: 'Create a key' }).click();
    const authToken = await keys.locator('.secret').innerText();
    expect((await call(server.url, '/api/tokens/', { authToken })).status).toBe(200);
    await keys.getByRole('button', { name: 'Copy the key' }).click();
    await keys.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    await keys.getByRole('button', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(authToken);
    await keys.getByRole('button', { name: 'Remove the key My <i>program</i>' }).click();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await keys.getByText('No keys yet.').waitFor();
    expect((await call(server.url, '/api/tokens/', { authToken })).status).toBe(401);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a user downloads all data, and erases the account with the password', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /\b(401|403)\b/ });
    const username = await signUp(page);
    await sendMessage(page, 'Remember the tide');
    await waitForBalance(page, '2,500');
    await page.getByRole('link', { name: username }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('Remember the tide');
    const erase = page.getByRole('region', { name: 'Erase the account' });
    await erase.getByRole('button', { name: 'Erase my account …' }).click();
    await erase.getByLabel('Your password').fill('not the password');
    await erase.getByRole('button', { name: 'Erase my account' }).click();
    await erase.getByText('The current password is wrong.').waitFor();
    await erase.getByLabel('Your password').fill(password);
    await erase.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('Your session has ended.').count()).toBe(0);
    await signIn(page, username);
    await page.getByText('The username or password is wrong').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
