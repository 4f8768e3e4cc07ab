import { describe, expect, test } from 'vitest';
import { register } from '../process/api-client.js';
import { accessibilityViolations } from './browser.js';
import { messageBox, newName, password, signIn, signUp } from './chat-steps.js';
import { chromiumPath } from './chromium.js';
import { authenticatorApp, protect, signInToFactor, typeCode } from './factor-steps.js';
import { servedPages } from './served-pages.js';

/** A rejected request is also an error of the console. */
const rejected = /^console: Failed to load resource: .* status of 4\d\d/;

describe.runIf(chromiumPath() !== null)('the second factors on the account page', () => {
  const pages = servedPages('embedded', {
    TWO_FACTOR_KEY: 'a-key-of-the-tests-with-more-than-32-characters',
  });

  test('an app is set up, its recovery codes are replaced, and it is removed', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: rejected });
    const username = await signUp(page);
    await page.getByRole('link', { name: username }).click();
    const section = page.getByRole('region', { name: 'Second factors' });
    await section.getByText('No app is set up.').waitFor();
    await section.getByRole('button', { name: 'Set up an app' }).click();
    await section.getByRole('img', { name: 'QR code with the key' }).waitFor();
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const key = await section.locator('code.secret').boundingBox();
    expect((key?.x ?? 0) + (key?.width ?? 0)).toBeLessThan(360 - 24);
    await page.setViewportSize({ width: 1366, height: 820 });
    const app = authenticatorApp((await section.locator('code.secret').textContent()) ?? '');
    await section.getByLabel('Code of the app').fill('000000');
    await section.getByRole('button', { name: 'Confirm the app' }).click();
    await section.getByText('The code is wrong, or it was used already.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await section.getByLabel('Code of the app').fill(await app.nextCode());
    await section.getByRole('button', { name: 'Confirm the app' }).click();
    const codes = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const first = await codes.allTextContents();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await section.getByRole('button', { name: 'I have kept them' }).click();
    await section.getByText('10 codes are left.').waitFor();
    await section.getByRole('button', { name: 'New recovery codes' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace them' }).click();
    await codes.first().waitFor();
    expect(await codes.allTextContents()).not.toContain(first[0]);
    await page.reload();
    await section.getByRole('button', { name: 'Remove the app' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await section.getByText('No app is set up.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, username);
    await messageBox(page).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a change long after the sign-in asks for a proof and goes on, by the password or a code', async () => {
    const { url } = pages().server;
    const user = await protect(url, await register(url, newName()));
    const { page, pageErrors, close } = await pages().visit({ expects: rejected });
    await signInToFactor(page, user.username);
    await typeCode(page, await user.app.nextCode());
    await page.getByRole('link', { name: user.username }).click();
    const section = page.getByRole('region', { name: 'Second factors' });
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    // How long a proof counts is no setting of the server, so the response of a later time is made here.
    let proofs = 0;
    await page.route('**/api/me/recovery-codes/', async (route) => {
      if (proofs > 0) return route.continue();
      const body = JSON.stringify({ code: 'proof_required', status: 403 });
      return route.fulfill({ status: 403, contentType: 'application/problem+json', body });
    });
    page.on('response', (response) => {
      if (response.url().endsWith('/api/me/proof/') && response.ok()) proofs += 1;
    });
    const replace = async () => {
      await section.getByRole('button', { name: 'New recovery codes' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Replace them' }).click();
    };
    await replace();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await section.getByText('Confirm that it is you: enter your password').waitFor();
    await replace();
    await dialog.getByLabel('Your password').fill('Wrong-Pass-987');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByText('The current password is wrong.').waitFor();
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    await dialog.getByLabel('Your password').fill(password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    const codes = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const [code = ''] = await codes.allTextContents();
    await section.getByRole('button', { name: 'I have kept them' }).click();
    proofs = 0;
    await replace();
    await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
    await dialog.getByLabel('Recovery code').fill(code);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await codes.first().waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an API key is created and removed long after the sign-in, by a proof each', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: rejected });
    const username = await signUp(page);
    await page.getByRole('link', { name: username }).click();
    let isProved = false;
    await page.route(/\/api\/keys\//, async (route) => {
      if (route.request().method() === 'GET') return route.continue();
      const body = JSON.stringify({ code: 'proof_required', status: 403 });
      if (!isProved) return route.fulfill({ status: 403, contentType: 'application/problem+json', body });
      isProved = false;
      return route.continue();
    });
    page.on('response', (response) => {
      if (response.url().endsWith('/api/me/proof/') && response.ok()) isProved = true;
    });
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    const prove = async () => {
      await dialog.getByLabel('Your password').fill(password);
      await dialog.getByRole('button', { name: 'Go on' }).click();
    };
    const section = page.getByRole('region', { name: 'API keys' });
    await section.getByLabel('Name of the new key').fill('laptop');
    await section.getByRole('button', { name: 'Create a key' }).click();
    await prove();
    await section.getByRole('button', { name: 'I have copied it' }).click();
    await section.getByRole('button', { name: 'Remove the key laptop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await prove();
    await section.getByText('laptop').waitFor({ state: 'hidden' });
    expect(pageErrors).toEqual([]);
    await close();
  });
});
