import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityFaults } from '../browser.js';
import { password, say, signIn, signUp, balanceShown } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** What a person does about the own account on the chat page. */
export function accountSettingsSuite(pages: () => ServedPages): void {
  test('the email and the password are changed by who knows the password, and other devices are out', async () => {
    const { server, visit } = pages();
    const { page, faults, close } = await visit({ expects: /\b403\b.*\/api\/me\/$/ });
    const username = await signUp(page);
    const other = await logIn(server.url, username);
    await page.getByRole('link', { name: username }).click();
    const email = page.getByRole('region', { name: 'Email' });
    await email.getByLabel('New email').fill(`${username}@example.com`);
    await email.getByLabel('Your password').fill('not the password');
    await email.getByRole('button', { name: 'Change the email' }).click();
    await email.getByText('The current password is not right.').waitFor();
    await email.locator('[name=current_password]:focus').waitFor();
    await email.getByLabel('Your password').fill(password);
    await email.getByRole('button', { name: 'Change the email' }).click();
    await email.getByText('not confirmed yet').waitFor();
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
    expect((await call(server.url, '/api/me/', { accessSecret: other.accessSecret })).status).toBe(401);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await signIn(page, `${username}@example.com`, 'Another pass of 7 words');
    await page.getByLabel('Your message').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('another device is signed out, and a key is shown once and works until it is removed', async () => {
    const { server, visit } = pages();
    const { page, faults, close } = await visit();
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
    expect((await call(server.url, '/api/me/', { accessSecret: other.accessSecret })).status).toBe(401);

    const keys = page.getByRole('region', { name: 'API keys' });
    await keys.getByLabel('Name of the new key').fill('My <i>program</i>');
    await keys.getByRole('button', { name: 'Make a key' }).click();
    const accessSecret = await keys.locator('.secret').innerText();
    expect((await call(server.url, '/api/tokens/', { accessSecret })).status).toBe(200);
    await keys.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(accessSecret);
    await keys.getByRole('button', { name: 'Remove the key My <i>program</i>' }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove it' }).click();
    await keys.getByText('No keys yet.').waitFor();
    expect((await call(server.url, '/api/tokens/', { accessSecret })).status).toBe(401);
    expect(faults).toEqual([]);
    await close();
  });

  test('everything on record is saved as a file, and the account is erased by who knows the password', async () => {
    const { page, faults, close } = await pages().visit({ expects: /\b(401|403)\b/ });
    const username = await signUp(page);
    await say(page, 'Remember the tide');
    await balanceShown(page, '2,500');
    await page.getByRole('link', { name: username }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain('Remember the tide');
    const end = page.getByRole('region', { name: 'The end of the account' });
    await end.getByRole('button', { name: 'Erase my account …' }).click();
    await end.getByLabel('Your password').fill('not the password');
    await end.getByRole('button', { name: 'Erase my account' }).click();
    await end.getByText('The current password is not right.').waitFor();
    await end.getByLabel('Your password').fill(password);
    await end.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('Your session has ended.').count()).toBe(0);
    await signIn(page, username);
    await page.getByText('This name and password do not belong together').waitFor();
    expect(faults).toEqual([]);
    await close();
  });
}
