import { expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits, openUser } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** What the administration shows of accounts, chats and events. */
export function adminRecordsSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);

  test('the audit log says by how much and why a balance was adjusted, and an event has a page with what it replaced', async () => {
    const user = await register(pages().server.url, newName());
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, user.username);
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('250');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Workshop on Thursday');
    await page.getByRole('button', { name: 'Grant 250' }).click();
    await page.getByText('the balance is 4,250.').waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Administrator' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: user.username, level: 2 }).waitFor();

    await page.getByRole('menuitem', { name: 'Audit log' }).click();
    const adjusted = page.getByRole('row').filter({ hasText: `adjusted the balance of ${user.username}` });
    await adjusted.getByText('+250 · Workshop on Thursday').waitFor();
    const appointed = page.getByRole('row').filter({ hasText: user.username, hasNotText: 'balance' });
    await appointed.getByText('Role: User → Administrator').first().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await adjusted.getByRole('link').first().click();
    await page.getByRole('row', { name: 'Balance 4,000 4,250' }).waitFor();
    await page.getByText('Workshop on Thursday').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an erased chat is shown as erased, in the lists and on its page', async () => {
    const { url } = pages().server;
    const { authToken, username } = await register(url, newName());
    const { body } = await call<{ conversation_id: string }>(url, '/api/chat/', {
      ...{ authToken, body: { message: 'A secret', model: 'cheap' } },
    });
    const path = `/api/conversations/${body.conversation_id}/`;
    await call(url, path, { authToken, method: 'DELETE' });
    const filter = encodeURIComponent(JSON.stringify({ user: username }));
    const { page, pageErrors, close } = await visitAsAdmin(`/chats?filter=${filter}`);
    await page.getByRole('cell', { name: 'Erased', exact: true }).click();
    await page.getByText('The texts of this chat were erased').waitFor();
    expect(await page.getByRole('region', { name: 'Message' }).count()).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an account that never signed in by password, but sends messages, is shown as active', async () => {
    const { url } = pages().server;
    const { authToken, username } = await register(url, newName());
    await call(url, '/api/chat/', { authToken, body: { message: 'Hello', model: 'cheap' } });
    await call(url, '/api/logout/', { authToken, method: 'POST' });
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    const row = page.getByRole('row', { name: new RegExp(username) });
    await expect.poll(() => row.getByRole('cell').last().textContent()).toMatch(/\d:\d\d/);
    await openUser(page, username);
    await page.getByText('Last sign-in').waitFor();
    await expect.poll(() => page.locator('dt:has-text("Last active") + dd').textContent()).toMatch(/\d:\d\d/);
    await expect.poll(() => page.locator('dt:has-text("Last sign-in") + dd').textContent()).toBe('never');
    expect(pageErrors).toEqual([]);
    await close();
  });
}
