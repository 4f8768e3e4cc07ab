import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { balanceOf, call, chat, logIn, register, type Account } from '../../process/api-client.js';
import { administratorVisits } from '../administrator.js';
import { accessibilityViolations, type WatchedPage } from '../browser.js';
import { newName, password, signIn } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const attack = '=HYPERLINK("x")<img src=x onerror="window.wasHit=1"><script>window.wasHit=1</script>';

/** The administration page, with the administrator `root_admin`; all tests, or the most important ones. */
export function administrationSuite(pages: () => ServedPages, { isWhole }: { isWhole: boolean }): void {
  let jane: Account;
  const visitAsAdmin = administratorVisits(pages);
  const openUser = async ({ page }: WatchedPage, username: string) => {
    await page.getByRole('link', { name: username, exact: true }).click();
  };

  beforeAll(async () => {
    const { url } = pages().server;
    jane = await register(url, 'jane_doe');
    for (let index = 0; index < 25; index += 1) {
      const body = { message: `${index} ${index % 5 === 0 ? attack : 'What is the tide?'}`, model: 'cheap' };
      await call(url, '/api/chat/', { authToken: jane.authToken, body });
    }
  });

  test('a deduction beyond the balance cannot be sent, and a grant whose response was lost applies once', async () => {
    const visited = await visitAsAdmin(
      '/users',
      /ERR_CONNECTION_RESET.*\/tokens\/$|\/tokens\/ net::ERR_CONNECTION_RESET$/,
    );
    const { page, pageErrors, close } = visited;
    await openUser(visited, 'jane_doe');
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('button', { name: 'Deduct' }).first().click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('5000');
    await page.getByRole('textbox', { name: 'Reason' }).fill(attack);
    await page.getByText('jane_doe has 3,975 tokens: no more can be deducted.').waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: 'Deduct 5,000', exact: true }).isDisabled())
      .toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Grant', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('1000');
    await page.route('**/tokens/', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Grant 1,000' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/tokens/');
    await page.getByRole('button', { name: 'Grant 1,000' }).click();
    await page.getByText('+1,000 tokens for jane_doe: the balance is 4,975.').waitFor();
    expect(await balanceOf(pages().server.url, jane)).toMatchObject({ tokens: 4975 });
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('lists are paged back and forth, and markup in user texts has no effect in the page or in the CSV', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/chats?perPage=10');
    await page.getByText('1-10 of more than 10').waitFor();
    await page.getByRole('button', { name: 'Go to next page' }).click();
    await page.getByText('11-20 of more than 20').waitFor();
    await page.getByRole('button', { name: 'Go to previous page' }).click();
    await page.getByText('1-10 of more than 10').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain(
      `<img src=x onerror=""window.wasHit=1"">`,
    );
    await page.getByRole('row').filter({ hasText: 'onerror' }).first().click();
    await page.getByRole('region', { name: 'Reply' }).getByText('<script>window.wasHit=1</script>').waitFor();
    await page.getByText('Tokens counted by the model').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await page.evaluate(() => 'wasHit' in globalThis)).toBe(false);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a user who is not an administrator is rejected with a message', async () => {
    const { username } = await register(pages().server.url, newName());
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/login' });
    expect(await accessibilityViolations(page)).toEqual([]);
    await signIn(page, username);
    await page.getByText(`${username} is not an administrator`).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a link that is opened without a session shows the sign-in form, and leads to its page after signing in', async () => {
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/#/chats?perPage=50' });
    await page.getByLabel('Username or email').pressSequentially('root_admin', { delay: 0 });
    await page.getByLabel('Password').pressSequentially(password, { delay: 0 });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('What is the tide?').first().waitFor();
    expect(page.url()).toMatch(/#\/chats\?perPage=50/);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a link that is clicked while the filter of its list is being typed leads to its target', async () => {
    const visited = await visitAsAdmin('/users');
    const { page, pageErrors, close } = visited;
    const link = page.getByRole('link', { name: 'jane_doe', exact: true });
    await link.waitFor();
    await page.clock.install();
    await page.getByPlaceholder('Username or email').pressSequentially('jane', { delay: 0 });
    await link.click();
    await page.getByRole('button', { name: 'Grant or deduct' }).waitFor();
    await page.clock.runFor(5000);
    expect(page.url()).toMatch(/#\/users\/[0-9a-f-]{36}\/show/);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator creates an account with a balance, and sets another password', async () => {
    const { url } = pages().server;
    const [username, taken] = [newName(), newName()];
    await call(url, '/api/register/', { body: { username: taken, password: 'StrongPass123!' } });
    const { page, pageErrors, close } = await visitAsAdmin('/users', /\b(400|409)\b.*\/api\/admin\/users\//);
    await page.getByRole('link', { name: 'Add' }).click();
    // By name, because the list also has a field for usernames.
    await page.locator('input[name=username]').fill(taken.toUpperCase());
    await page.getByLabel('Password', { exact: false }).first().fill('StrongPass123!');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('p.Mui-error', { hasText: 'Is taken.' }).waitFor();
    await page.locator('input[name=username]').fill(username);
    await page.getByLabel('Password', { exact: false }).first().fill('short');
    await page.getByLabel('Tokens to start with').fill('250');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('p.Mui-error', { hasText: 'Must have at least 8 characters.' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel('Password', { exact: false }).first().fill('StrongPass123!');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: username, level: 2 }).waitFor();
    await page.getByText('250 tokens').waitFor();
    const signInAs = (password: string) => call(url, '/api/login/', { body: { username, password } });
    expect((await signInAs('StrongPass123!')).status).toBe(200);

    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByLabel('New password').fill('12345678');
    await page.getByLabel('The same password again').fill('12345679');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('The two passwords are not the same.').waitFor();
    await page.getByLabel('The same password again').fill('12345678');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Must not be only digits.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel('New password').fill('AnotherStrongPass456!');
    await page.getByLabel('The same password again').fill('AnotherStrongPass456!');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText(`${username} has a new password.`).waitFor();
    expect((await signInAs('StrongPass123!')).status).toBe(401);
    expect((await signInAs('AnotherStrongPass456!')).status).toBe(200);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator ends the sessions and removes the keys of a user, one by one and all at once', async () => {
    const { url } = pages().server;
    const owner = await register(url, newName());
    const key = async (name: string) => {
      const { body } = await call<{ key: string }>(url, '/api/keys/', {
        ...{ authToken: owner.authToken, body: { name } },
      });
      return body.key;
    };
    const status = async (authToken: string) => (await call(url, '/api/me/', { authToken })).status;
    const secrets = [await key('first'), await key('second'), await key('third')] as const;
    const visited = await visitAsAdmin('/users');
    const { page, pageErrors, close } = visited;
    await openUser(visited, owner.username);
    const access = page.getByRole('region', { name: 'Sessions and API keys' });
    await access.getByRole('button', { name: 'Remove the key first' }).click();
    await access.getByText('first …').waitFor({ state: 'detached' });
    expect([await status(secrets[0]), await status(secrets[1])]).toEqual([401, 200]);
    expect(await accessibilityViolations(page)).toEqual([]);
    await access.getByRole('button', { name: 'Remove all API keys' }).click();
    await access.getByText('No API keys.').waitFor();
    expect([await status(secrets[1]), await status(owner.authToken)]).toEqual([401, 200]);
    await access.getByRole('button', { name: /^End the session/ }).click();
    await access.getByText('No sessions.').waitFor();
    expect(await status(owner.authToken)).toBe(401);

    const session = await logIn(url, owner.username);
    const last = await call<{ key: string }>(url, '/api/keys/', {
      ...{ authToken: session.authToken, body: { name: 'last' } },
    });
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('checkbox', { name: 'Also remove the API keys' }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText(`${owner.username} is signed out everywhere.`).waitFor();
    expect([await status(session.authToken), await status(last.body.key)]).toEqual([401, 401]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the main pages are accessible, and fit the screen of a phone', async () => {
    const visited = await visitAsAdmin('/');
    const { page, pageErrors, close } = visited;
    await page.setViewportSize({ width: 1280, height: 700 });
    const seen: Record<string, string> = {
      '/': 'The ledger is sound',
      '/users': 'jane_doe',
      '/chats': 'What is the tide?',
      '/entries': 'Charge',
      '/audit': 'root_admin',
    };
    for (const [path, text] of Object.entries(seen)) {
      await page.goto(`${pages().server.url}/admin/#${path}`);
      await page.locator('main').getByText(text).first().waitFor();
      expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
    }
    await page.goto(`${pages().server.url}/admin/#/users`);
    await openUser(visited, 'jane_doe');
    await page.getByRole('button', { name: 'Grant or deduct' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 375, height: 720 });
    for (const [path, text] of Object.entries(seen)) {
      await page.goto(`${pages().server.url}/admin/#${path}`);
      await page.locator('main').getByText(text).first().waitFor();
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 375]);
    }
    expect(pageErrors).toEqual([]);
    await close();
  });

  if (!isWhole) return;

  test('errors about a taken username and the last administrator are shown at their fields', async () => {
    // The browser logs every response with status 409.
    // The first page of the list has only the newest users.
    const search = encodeURIComponent(JSON.stringify({ q: 'root_admin' }));
    const visited = await visitAsAdmin(`/users?filter=${search}`, /\b409\b.*\/api\/admin\/users\//);
    const { page, pageErrors, close } = visited;
    await openUser(visited, 'root_admin');
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Username' }).fill('JANE_DOE');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('p.Mui-error', { hasText: /taken/i }).waitFor();
    await page.getByRole('textbox', { name: 'Username' }).fill('root_admin');
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Disabled' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('p', { hasText: 'This is the last active administrator.' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an administrator signs a user out everywhere, and erases the account after typing its name', async () => {
    const { url } = pages().server;
    const user = await register(url, newName());
    const visited = await visitAsAdmin('/users');
    const { page, pageErrors, close } = visited;
    await openUser(visited, user.username);
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText(`${user.username} is signed out everywhere.`).waitFor();
    expect((await call(url, '/api/me/', { authToken: user.authToken })).status).toBe(401);
    await page.getByRole('button', { name: 'Erase' }).click();
    const erase = page.getByRole('button', { name: 'Erase permanently' });
    await page.getByLabel(/^Type /).fill('another_name');
    await expect.poll(() => erase.isDisabled()).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel(/^Type /).fill(user.username);
    await erase.click();
    await page.getByText(`${user.username} was erased.`).waitFor();
    expect(
      (await call(url, '/api/login/', { body: { username: user.username, password: 'StrongPass123!' } }))
        .status,
    ).toBe(401);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('after the session has ended, signing in leads back to the same page', async () => {
    const { page, pageErrors, close } = await visitAsAdmin(
      '/entries',
      /\b401\b.*\/api\/(me|admin\/audit|session\/refresh)\/(\?\S*)?$/,
    );
    await page.getByRole('combobox', { name: 'Kind' }).waitFor();
    await page.context().clearCookies();
    await page.getByRole('menuitem', { name: 'Audit log' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await signIn(page, 'root_admin');
    await page.waitForURL(/#\/audit/);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a disabled account is rejected at once', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    const row = page.getByRole('row', { name: /jane_doe/ });
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('1 account disabled.').waitFor();
    expect((await chat(pages().server.url, jane, 'Still here?')).status).toBe(401);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
