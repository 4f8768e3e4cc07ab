import { expect, test } from 'vitest';
import { sends, sendsForEver } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Messages that are edited, replies that are asked for again or continued, and the versions beside each other. */
export function branchesSuite(pages: () => ServedPages): void {
  const replying = (text: string) =>
    sends(wire.start, wire.text(text), wire.finish('stop', { input: 1, output: 2 }));

  test('an edited message starts a branch of its own, and the version before stays reachable and goes on', async () => {
    const { provider, visit } = pages();
    const { page, pageErrors, reload, close } = await visit();
    await signUp(page);
    const shown = () => page.locator('.message p').allInnerTexts();
    await page.getByLabel('Model', { exact: true }).selectOption('cheap');
    await sendMessage(page, 'Oaks');
    await replies(page).getByText('Echo: Oaks').waitFor();
    await sendMessage(page, 'Beeches');
    await replies(page).getByText('Echo: Beeches').waitFor();
    await page.getByRole('button', { name: 'Edit this message' }).first().click();
    const editor = page.getByLabel('Edit the message');
    await expect.poll(() => editor.inputValue()).toBe('Oaks');
    await editor.fill('Elms');
    expect(await accessibilityViolations(page)).toEqual([]);
    await editor.press('Enter');
    await replies(page).getByText('Echo: Elms').waitFor();
    await waitForBalance(page, '3,997');
    await expect.poll(() => shown()).toEqual(['Elms']);
    await page.getByText('2 / 2').waitFor();
    await page.getByRole('button', { name: 'Show the version before' }).click();
    await page.getByText('1 / 2').waitFor();
    await expect.poll(() => shown()).toEqual(['Oaks', 'Beeches']);
    await page.getByLabel('Model', { exact: true }).selectOption('provided');
    provider.behave(replying('Both are trees.'));
    await sendMessage(page, 'Compare them');
    await replies(page).getByText('Both are trees.').waitFor();
    const read = provider.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(read.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual([
      'Oaks',
      'Beeches',
      'Compare them',
    ]);
    await reload();
    await replies(page).getByText('Both are trees.').waitFor();
    await expect.poll(() => shown()).toEqual(['Oaks', 'Beeches', 'Compare them']);
    await page.getByRole('button', { name: 'Show the next version' }).click();
    await replies(page).getByText('Echo: Elms').waitFor();
    await expect.poll(() => shown()).toEqual(['Elms']);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a reply is asked for again, also from another model, which the conversation does not keep', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    const model = page.getByLabel('Model', { exact: true });
    await model.selectOption('cheap');
    await sendMessage(page, 'Once');
    await waitForBalance(page, '3,999');
    await page.getByRole('button', { name: 'Reply again' }).click();
    await page.getByText('2 / 2').waitFor();
    await waitForBalance(page, '3,998');
    await page.getByLabel('Reply again with another model').selectOption('echo');
    await page.getByText('3 / 3').waitFor();
    await waitForBalance(page, '2,498');
    await expect.poll(() => model.inputValue()).toBe('cheap');
    await page.locator('.facts > span:not(.reply-actions)').getByText('echo', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show the version before' }).click();
    await page.locator('.facts > span:not(.reply-actions)').getByText('cheap', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.exchange').count()).toBe(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a reply that was stopped can be continued', async () => {
    const { provider, visit } = pages();
    const { page, pageErrors, close } = await visit({ expects: /chat\/ net::ERR_ABORTED/ });
    await signUp(page);
    await page.getByLabel('Model', { exact: true }).selectOption('provided');
    provider.behave(sendsForEver(wire.start, wire.text('word '), 50));
    await sendMessage(page, 'Go on');
    await replies(page).getByText('word').waitFor();
    await page.getByRole('button', { name: 'Stop the reply' }).click();
    await page.getByText('Stopped · 100 tokens').waitFor();
    provider.behave(replying('The rest.'));
    await page.getByRole('button', { name: 'Continue' }).click();
    await replies(page).getByText('The rest.').waitFor();
    const read = provider.requests.at(-1)?.body['messages'] as { role: string; content: string }[];
    expect(read.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(read[1]?.content).toContain('word');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the arrow up in an empty message field edits the last message, and Esc goes back', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await page.getByLabel('Model', { exact: true }).selectOption('cheap');
    await sendMessage(page, 'First');
    await replies(page).getByText('Echo: First').waitFor();
    await sendMessage(page, 'Second');
    await replies(page).getByText('Echo: Second').waitFor();
    await messageBox(page).fill('a draft');
    await messageBox(page).press('ArrowUp');
    const editor = page.getByLabel('Edit the message');
    expect(await editor.count()).toBe(0);
    await messageBox(page).fill('');
    await messageBox(page).press('ArrowUp');
    await expect.poll(() => editor.inputValue()).toBe('Second');
    await editor.press('Escape');
    await editor.waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type(' again');
    await page.keyboard.press('Enter');
    await replies(page).getByText('Echo: Second again').waitFor();
    await page.getByText('2 / 2').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('two tabs that edit a message at once keep both versions', async () => {
    const { page, pageErrors, openTab, close } = await pages().visit({ expects: /net::ERR_ABORTED/ });
    await signUp(page);
    await page.getByLabel('Model', { exact: true }).selectOption('cheap');
    await sendMessage(page, 'Root');
    await replies(page).getByText('Echo: Root').waitFor();
    const other = await openTab(new URL(page.url()).pathname + new URL(page.url()).hash);
    await replies(other).getByText('Echo: Root').waitFor();
    await Promise.all(
      [page, other].map(async (tab, index) => {
        await tab.getByRole('button', { name: 'Edit this message' }).click();
        await tab.getByLabel('Edit the message').fill(`Branch ${index}`);
        await tab.getByLabel('Edit the message').press('Enter');
        await replies(tab).getByText(`Echo: Branch ${index}`).waitFor();
      }),
    );
    await other.reload();
    await other.getByText('3 / 3').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
