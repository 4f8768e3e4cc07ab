import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { balanceOf, call, chat, register, type Account } from '../process/api-client.js';
import { removeDataFolders } from '../process/data-folder.js';
import { killLeftovers, startServer, type ServerProcess } from '../process/server-process.js';
import { storageOn, type Storage } from '../process/storage.js';
import { accessFaults, openBrowser, watchedPage, type WatchedPage } from './admin-browser.js';

const attack = '=HYPERLINK("x")<img src=x onerror="window.wasHit=1"><script>window.wasHit=1</script>';

describe.each(['embedded', 'PostgreSQL'] as const)('the administration on %s', (engine) => {
  let storage: Storage;
  let server: ServerProcess;
  let browser: Browser;
  let admin: WatchedPage;
  let jane: Account;

  beforeAll(async () => {
    storage = await storageOn(engine);
    server = await startServer({ ...storage.environment, STARTING_TOKENS: '200' });
    browser = await openBrowser();
    admin = await watchedPage(browser, server.url);
    jane = await register(server.url, 'jane_doe');
    for (let index = 0; index < 30; index += 1) await chat(server.url, jane, attack);
  });
  afterAll(async () => {
    await browser.close();
    await killLeftovers();
    await storage.remove();
    await removeDataFolders();
  });

  test('the link of the start makes the first administrator, signed in, and leaves no secret behind', async () => {
    const { page } = admin;
    const link = /#\/first-administrator\/(\S+)/.exec(server.output());
    await page.goto(`/admin/${link?.[0] ?? ''}`);
    await page.getByRole('textbox', { name: 'Username' }).fill('root_admin');
    expect(page.url()).not.toContain(link?.[1]);
    await page.getByLabel('Password', { exact: false }).first().fill('StrongPass123!');
    await page.getByLabel('The same password again').fill('StrongPass123!');
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByText('The ledger is sound').waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  test('who ran out of tokens is found, refused a deduction in words, and granted some once', async () => {
    const { page } = admin;
    expect((await chat(server.url, jane, 'One more')).status).toBe(402);
    await page.getByRole('menuitem', { name: 'Users' }).click();
    await page.getByPlaceholder('Username or email').fill('JANE');
    await page.getByText('root_admin', { exact: true }).nth(1).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'jane_doe' }).click();
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('button', { name: 'Deduct' }).first().click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('1');
    await page.getByRole('textbox', { name: 'Reason' }).fill(attack);
    await page.getByRole('button', { name: 'Deduct 1', exact: true }).click();
    await page.getByText('does not have that many tokens').waitFor();
    await page.getByRole('button', { name: 'Grant', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('1,500');
    await page.getByRole('button', { name: 'Grant 1,500' }).dblclick();
    await page.getByText('+1,500 tokens for jane_doe: 1,500 now.').waitFor();
    expect(await balanceOf(server.url, jane)).toMatchObject({ tokens: 1500 });
    expect((await chat(server.url, jane, 'Again')).status).toBe(200);
  });

  test('lists are paged back and forth, and what people wrote has no effect there or in a table', async () => {
    const { page } = admin;
    for (let index = 0; index < 14; index += 1) await chat(server.url, jane, attack);
    await page.goto('/admin/#/entries');
    await page.getByRole('combobox', { name: 'Kind' }).waitFor();
    await page.goto('/admin/#/chats?perPage=10');
    await page.getByText('1-10 of more than 10').waitFor();
    await page.getByRole('button', { name: 'Go to next page' }).click();
    await page.getByText(/^11-1\d of 1\d$/).waitFor();
    await page.getByRole('button', { name: 'Go to previous page' }).click();
    await page.getByText('1-10 of more than 10').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    const table = await readFile(await download.path(), 'utf8');
    expect(table).toContain(`"'=HYPERLINK(""x"")<img`);
    expect(await page.evaluate(() => 'wasHit' in globalThis)).toBe(false);
  });

  test('a disabled account is out at once', async () => {
    const { page } = admin;
    await page.goto('/admin/#/users');
    await page
      .getByRole('row', { name: /jane_doe/ })
      .getByRole('checkbox')
      .check();
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('1 account disabled.').waitFor();
    expect((await call(server.url, '/api/me/', { accessSecret: jane.accessSecret })).status).toBe(401);
  });

  test('the last administrator stays one, said where it was tried', async () => {
    const { page } = admin;
    await page.goto('/admin/#/users?filter={}');
    await page.getByRole('link', { name: 'root_admin' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Disabled' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('p', { hasText: 'This is the last active administrator.' }).waitFor();
    // The browser itself tells of every answer of 409.
    admin.faults = admin.faults.filter((fault) => !fault.includes('409'));
  });

  test('a plain user is kept out and told so', async () => {
    await register(server.url, 'plain_user');
    const { page, faults } = await watchedPage(browser, server.url);
    await page.goto('/admin/');
    await page.getByLabel('Username or email').fill('plain_user');
    await page.getByLabel('Password').fill('StrongPass123!');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('plain_user is not an administrator').waitFor();
    expect(faults).toEqual([]);
  });

  test('everybody can use the main pages, and nothing went wrong on any of them', async () => {
    const { page, faults } = admin;
    const pages = { front: '/', users: '/users', chats: '/chats', ledger: '/entries', audit: '/audit' };
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`/admin/#${path}`);
      await page.waitForLoadState('networkidle');
      if (engine === 'embedded') {
        await page.screenshot({ path: `docs/screenshots/admin-${name}.png`, animations: 'disabled' });
        expect([name, await accessFaults(page)]).toEqual([name, []]);
      }
    }
    expect(faults).toEqual([]);
  });
});
