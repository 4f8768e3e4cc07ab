import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const list = (page: Page) => page.getByRole('navigation', { name: 'Conversations' });
const rows = (page: Page) => list(page).getByRole('listitem');

/** Begins two conversations. */
async function beginTwo(page: Page): Promise<void> {
  await page.getByLabel('Model').selectOption('cheap');
  await sendMessage(page, 'The capital of Peru');
  await waitForBalance(page, '3,999');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await sendMessage(page, 'A recipe for bread');
  await waitForBalance(page, '3,998');
  await expect.poll(() => rows(page).count()).toBe(2);
}

/** Finding conversations again, and keeping them. */
export function findingSuite(pages: () => ServedPages): void {
  test('conversations are found by a text of their messages, and all are listed again without one', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await beginTwo(page);
    await page.getByLabel('Search the conversations').fill('of Peru');
    await page.getByRole('heading', { name: 'Found' }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(1);
    await list(page).getByRole('link', { name: 'The capital of Peru' }).click();
    await replies(page).getByText('Echo: The capital of Peru').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    // Signs with a meaning in patterns of SQL are ordinary text.
    await page.getByLabel('Search the conversations').fill('%');
    await page.getByText('No conversation has this text.').waitFor();
    await page.getByLabel('Search the conversations').fill('');
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a pinned conversation is listed first and once, also after a reload, until it is unpinned', async () => {
    const { page, pageErrors, reload, close } = await pages().visit();
    await signUp(page);
    await beginTwo(page);
    const pinned = page.getByRole('region', { name: 'Pinned' });
    await rows(page).filter({ hasText: 'Peru' }).hover();
    await page.getByRole('button', { name: 'Pin “The capital of Peru”' }).click();
    await pinned.getByRole('link', { name: 'The capital of Peru' }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);
    await reload();
    await pinned.getByRole('link', { name: 'The capital of Peru' }).waitFor();
    await expect.poll(() => rows(page).first().textContent()).toContain('Peru');
    expect(await accessibilityViolations(page)).toEqual([]);
    await rows(page).filter({ hasText: 'Peru' }).hover();
    await page.getByRole('button', { name: 'Unpin “The capital of Peru”' }).click();
    await pinned.waitFor({ state: 'detached' });
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('one conversation is saved as Markdown and as JSON, without the others', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await beginTwo(page);
    await page.getByRole('button', { name: 'Settings of this conversation' }).click();
    const save = async (name: string) => {
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const download = await started;
      return {
        name: download.suggestedFilename(),
        text: await readFile(await download.path(), 'utf8'),
      };
    };
    const markdown = await save('Markdown');
    expect(markdown.name).toBe('A-recipe-for-bread.md');
    expect(markdown.text).toMatch(/^# A recipe for bread\n\n## You\n\nA recipe for bread\n/);
    expect(markdown.text).toContain('Echo: A recipe for bread');
    expect(markdown.text).not.toContain('Peru');
    const json = await save('JSON');
    expect(json.name).toBe('A-recipe-for-bread.json');
    expect(JSON.parse(json.text)).toMatchObject({
      title: 'A recipe for bread',
      exchanges: [{ message: 'A recipe for bread', response: 'Echo: A recipe for bread', tokens_charged: 1 }],
    });
    expect(pageErrors).toEqual([]);
    await close();
  });
}
