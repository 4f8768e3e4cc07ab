import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { sends } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** A picture of one pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { name: 'dot.png', mimeType: 'image/png', buffer: png };
const notes = { name: 'notes.md', mimeType: '', buffer: Buffer.from('# Notes\n') };

/** Pastes or drops a file, as the browser gives it to the page. */
function give(page: Page, kind: 'paste' | 'drop', name: string): Promise<void> {
  return page.evaluate(`(() => {
    const bytes = Uint8Array.from(${JSON.stringify([...png])});
    const data = new DataTransfer();
    data.items.add(new File([bytes], '${name}', { type: 'image/png' }));
    const options = { bubbles: true, cancelable: true };
    const event = '${kind}' === 'paste'
      ? new ClipboardEvent('paste', { ...options, clipboardData: data })
      : new DragEvent('drop', { ...options, dataTransfer: data });
    document.getElementById('message').dispatchEvent(event);
  })()`);
}

/** Images and files that are attached to messages. */
export function attachmentsSuite(pages: () => ServedPages): void {
  const open = async (expects?: RegExp) => {
    const visited = await pages().visit(expects === undefined ? {} : { expects });
    await signUp(visited.page);
    return visited;
  };
  const attached = (page: Page) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');

  test('are chosen, pasted, dropped and removed, sent, and shown again after a reload', async () => {
    const { provider } = pages();
    provider.behave(sends(wire.start, wire.text('A dot.'), wire.finish('stop', { input: 1, output: 2 })));
    const { page, pageErrors, reload, close } = await open();
    await page.getByLabel('Model').selectOption('seeing');
    const button = page.getByRole('button', { name: 'Attach images or files' });
    const chooser = page.waitForEvent('filechooser');
    await button.focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles([picture, notes]);
    await attached(page).nth(1).getByText('notes.md').waitFor();
    await give(page, 'paste', 'pasted.png');
    await give(page, 'drop', 'dropped.png');
    await attached(page).nth(3).waitFor();
    await expect.poll(() => attached(page).count()).toBe(4);
    expect(await accessibilityViolations(page)).toEqual([]);
    const remove = page.getByRole('button', { name: 'Remove pasted.png' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await remove.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('message');
    await page.getByRole('button', { name: 'Remove dropped.png' }).click();
    await messageBox(page).fill('What is it?');
    await page.keyboard.press('Enter');
    await replies(page).getByText('A dot.').waitFor();
    await waitForBalance(page, '3,900');
    await expect.poll(() => attached(page).count()).toBe(0);
    const messages = provider.requests[0]?.body['messages'] as { content: { type: string }[] }[];
    expect(messages.at(-1)?.content.map(({ type }) => type)).toEqual(['image_url', 'text', 'text']);

    await reload();
    const sent = page.getByRole('list', { name: 'Attachments' });
    const image = sent.getByRole('img');
    await image.waitFor();
    await expect.poll(() => page.evaluate("document.querySelector('.exchange img').naturalWidth")).toBe(1);
    const download = page.waitForEvent('download');
    await sent.getByRole('link', { name: /notes\.md/ }).click();
    expect((await download).suggestedFilename()).toBe('notes.md');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('are offered only for models that can read them', async () => {
    const { page, close } = await open();
    const button = page.getByRole('button', { name: 'Attach images or files' });
    await page.getByLabel('Model').selectOption('seeing');
    await button.waitFor();
    await page
      .getByLabel('Files to attach')
      .setInputFiles([
        picture,
        { name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') },
        { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      ]);
    await attached(page).first().waitFor();
    const alert = page.getByRole('alert');
    await alert.getByText('a.zip cannot be attached').waitFor();
    await alert.getByText('empty.txt is empty.').waitFor();
    await page.getByLabel('Model').selectOption('echo');
    await button.waitFor({ state: 'detached' });
    await alert.getByText('The model echo cannot read images.').waitFor();
    await messageBox(page).fill('Look');
    await page.keyboard.press('Enter');
    expect(await page.locator('.exchange').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove dot.png' }).click();
    await page.keyboard.press('Enter');
    await replies(page).getByText('Echo: Look').waitFor();
    await close();
  });

  test('are back in the message if the server rejects it', async () => {
    const { page, close } = await open(/\b413\b/);
    await page.getByLabel('Model').selectOption('seeing');
    const large = { name: 'large.txt', mimeType: 'text/plain', buffer: Buffer.alloc(4 * 1024 * 1024, 'a') };
    await page.getByLabel('Files to attach').setInputFiles([large]);
    await attached(page).getByText('4.2 MB').waitFor();
    await messageBox(page).fill('Sum it up');
    await page.keyboard.press('Enter');
    await page.getByText('This is longer than the server accepts.').waitFor();
    await attached(page).getByText('large.txt').waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('Sum it up');
    await close();
  });
}
