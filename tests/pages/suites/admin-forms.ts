import { beforeAll, expect, test } from 'vitest';
import { balanceOf, call, register, type Account } from '../../process/api-client.js';
import { administratorVisits, openUser } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName, password } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** What the browser logs when a session has ended. */
const unauthenticated = /\b401\b.*\/api\//;

/** The forms of the administration: their errors, and what becomes of them when the session ends. */
export function adminFormsSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);
  let ann: Account & { username: string };

  beforeAll(async () => {
    ann = await register(pages().server.url, newName());
  });

  test('the errors of the grant dialog leave as soon as the fields are right', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, ann.username);
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('button', { name: 'Grant', exact: true }).last().click();
    const errors = page.locator('p.Mui-error');
    await expect.poll(() => errors.count()).toBe(2);
    await page.getByRole('textbox', { name: 'Tokens' }).fill('12');
    await expect
      .poll(() => errors.allTextContents())
      .toEqual(['Enter a reason. The ledger keeps it permanently.']);
    await page.getByRole('textbox', { name: 'Reason' }).fill('A workshop');
    await expect.poll(() => errors.count()).toBe(0);
    await page.getByRole('textbox', { name: 'Tokens' }).fill('1.5');
    await expect.poll(() => errors.count()).toBe(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the error of the server in a field leaves when the field changes', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users', /\b400\b.*\/password\/$/);
    await openUser(page, ann.username);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByLabel('New password').fill('12345678');
    await page.getByLabel('The same password again').fill('12345678');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Must not be only digits.').waitFor();
    await page.getByLabel('New password').fill('12345678a');
    await page.getByText('Must not be only digits.').waitFor({ state: 'detached' });
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('no more than the balance can be deducted: the button is disabled, and no balance below zero is shown', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, ann.username);
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('button', { name: 'Deduct' }).first().click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Correction');
    await page.getByRole('textbox', { name: 'Tokens' }).fill('4045');
    const submit = page.getByRole('button', { name: 'Deduct 4,045' });
    await page.getByText(`${ann.username} has 4,000 tokens: no more can be deducted.`).waitFor();
    await expect.poll(() => submit.isDisabled()).toBe(true);
    await expect.poll(() => page.getByRole('status').last().textContent()).toBe('Before 4,000After —');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Tokens' }).fill('4000');
    await page.getByText('After 0').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Deduct 4,000' }).isEnabled()).toBe(true);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a grant is not lost if the session has ended: signing in above the page keeps what was typed', async () => {
    const { url } = pages().server;
    const { page, pageErrors, close } = await visitAsAdmin('/users', unauthenticated);
    await openUser(page, ann.username);
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('77');
    await page.getByRole('textbox', { name: 'Reason' }).fill('For the long way');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Grant 77' }).click();
    const signIn = page.getByRole('dialog', { name: 'Your session has ended' });
    await signIn.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await expect.poll(() => signIn.getByLabel('Username or email').inputValue()).toBe('root_admin');
    await signIn.getByLabel('Password').fill(password);
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await signIn.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Reason' }).inputValue())
      .toBe('For the long way');
    await page.getByRole('button', { name: 'Grant 77' }).click();
    await page.getByText(`+77 tokens for ${ann.username}`).waitFor();
    expect(await balanceOf(url, ann)).toMatchObject({ tokens: 4077 });
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([
    ['a new account', '/users/create', 'username', 'Add'],
    ['an edit', null, 'username', 'Save'],
  ] as const)('%s keeps what was typed when the session has ended', async (_, path, field, button) => {
    const { page, pageErrors, close } = await visitAsAdmin(path ?? '/users', unauthenticated);
    const name = newName();
    if (path === null) {
      const other = await register(pages().server.url, newName());
      await openUser(page, other.username);
      await page.getByRole('link', { name: 'Edit' }).click();
    } else await page.locator('input[name=password]').fill(password);
    await page.locator(`input[name=${field}]`).fill(name);
    await page.context().clearCookies();
    await page.getByRole('button', { name: button, exact: true }).click();
    const signIn = page.getByRole('dialog', { name: 'Your session has ended' });
    await signIn.getByLabel('Password').fill(password);
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await signIn.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator(`input[name=${field}]`).inputValue()).toBe(name);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    expect(await page.getByText('dataProvider').count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a wrong password, or a user who is no administrator, does not pass the dialog of an ended session', async () => {
    const { url } = pages().server;
    const { page, pageErrors, close } = await visitAsAdmin('/users', unauthenticated);
    await page.getByRole('link', { name: 'root_admin' }).waitFor();
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Refresh' }).click();
    const signIn = page.getByRole('dialog', { name: 'Your session has ended' });
    await signIn.getByLabel('Password').fill('wrong password');
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await signIn.getByText('The username or password is wrong').waitFor();
    await signIn.getByLabel('Username or email').fill(ann.username);
    await signIn.getByLabel('Password').fill(password);
    await signIn.getByRole('button', { name: 'Sign in' }).click();
    await signIn.getByText(`${ann.username} is not an administrator.`).waitFor();
    await signIn.getByRole('button', { name: 'Leave the page' }).click();
    await page.getByRole('heading', { name: 'Administration' }).waitFor();
    expect((await call(url, '/api/me/', { authToken: ann.authToken })).status).toBe(200);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
