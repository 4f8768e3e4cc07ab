import { expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits, openUser } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The page of one person. */
export function adminPersonSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);

  test('an account is disabled and enabled again on its page, after a confirmation', async () => {
    const { url } = pages().server;
    const person = await register(url, newName());
    const status = async () => (await call(url, '/api/me/', { authToken: person.authToken })).status;
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, person.username);
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog', { name: `Disable ${person.username}?` });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await status()).toBe(200);
    await page.getByRole('button', { name: 'Disable' }).click();
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await page.getByText(`${person.username} is disabled.`).waitFor();
    await page.locator('dt:has-text("Status") + dd', { hasText: 'Disabled' }).waitFor();
    expect(await status()).toBe(401);
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
    await page.getByText(`${person.username} is enabled.`).waitFor();
    await page.locator('dt:has-text("Status") + dd', { hasText: 'Active' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the page of a person shows what was used, by day and by model, and leads to its chats', async () => {
    const { url } = pages().server;
    const { authToken, username } = await register(url, newName());
    for (const model of ['cheap', 'cheap', 'echo'])
      await call(url, '/api/chat/', { authToken, body: { message: `Of ${model}`, model } });
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, username);
    const usage = page.getByRole('region', { name: 'Usage in the last 30 days' });
    await usage.getByRole('row', { name: 'echo 1 1,500' }).waitFor();
    await usage.getByRole('row', { name: 'cheap 2 2' }).waitFor();
    const today = usage.locator(`[data-day="${new Date().toISOString().slice(0, 10)}"]`);
    await expect.poll(() => today.getAttribute('title')).toContain('Charged for chats: 1,502');
    expect(await accessibilityViolations(page)).toEqual([]);
    await usage.getByRole('link', { name: 'cheap' }).click();
    await page.getByRole('cell', { name: 'Of cheap' }).first().waitFor();
    await page.getByText('1-2 of 2').waitFor();
    expect(await page.getByRole('cell', { name: 'Of echo' }).count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the conversations of a person are read as threads, the oldest message first, without effect of markup', async () => {
    const { url } = pages().server;
    const { authToken, username } = await register(url, newName());
    const send = async (message: string, conversationId?: string) => {
      const body = {
        message,
        model: 'cheap',
        ...(conversationId === undefined ? {} : { conversation_id: conversationId }),
      };
      const sent = await call<{ conversation_id: string }>(url, '/api/chat/', { authToken, body });
      return sent.body.conversation_id;
    };
    const thread = await send('<b>First</b> question');
    for (let index = 2; index <= 27; index += 1) await send(`Question ${index}`, thread);
    await send('Another thread');
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await openUser(page, username);
    const conversations = page.getByRole('region', { name: 'Conversations' });
    await conversations.getByRole('link', { name: 'Another thread' }).waitFor();
    await conversations.getByRole('link', { name: '<b>First</b> question' }).click();
    await page.getByRole('heading', { name: '<b>First</b> question', level: 2 }).waitFor();
    const messages = page.getByRole('article');
    await expect.poll(() => messages.count()).toBe(25);
    await page.getByRole('button', { name: 'Show older messages' }).click();
    await expect.poll(() => messages.count()).toBe(27);
    await expect.poll(() => messages.first().textContent()).toContain('<b>First</b> question');
    await expect.poll(() => messages.last().textContent()).toContain('Echo: Question 27');
    expect(await accessibilityViolations(page)).toEqual([]);
    await messages.last().getByRole('link').click();
    await page.getByRole('link', { name: 'All its messages' }).click();
    await page.getByRole('heading', { name: '<b>First</b> question', level: 2 }).waitFor();
    await page.getByRole('link', { name: 'The account' }).click();
    await page.getByRole('heading', { name: username, level: 2 }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
