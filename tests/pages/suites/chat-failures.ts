import { expect, test } from 'vitest';
import { respondsWithStatus, sends } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { waitForBalance, messageBox, replies, sendMessage, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Failures, limits, several tabs, and changes of conversations on the chat page. */
export function chatFailuresSuite(pages: () => ServedPages): void {
  test('a message that the provider failed at costs nothing and can be sent again', async () => {
    const { provider, visit } = pages();
    provider.behave(respondsWithStatus(500));
    const { page, pageErrors, reload, close } = await visit({ expects: /\b502\b.*\/api\/chat\/$/ });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Once more, please');
    await page.getByText('The model failed to reply. It cost nothing.').waitFor();
    await waitForBalance(page, '4,000');
    provider.behave(
      sends(wire.start, wire.text('Here it is.'), wire.finish('stop', { input: 1, output: 2 })),
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await replies(page).getByText('Here it is.').waitFor();
    await waitForBalance(page, '3,900');
    await reload();
    await replies(page).getByText('Here it is.').waitFor();
    await expect.poll(() => page.locator('.exchange').count()).toBe(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a rate-limited user keeps the message, sees a countdown, and can then send it', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit({ expects: /\b429\b.*\/api\/chat\/$/ });
    const { authToken } = await logIn(server.url, await signUp(page));
    const body = { message: 'x', model: 'cheap' };
    const send = () => call(server.url, '/api/chat/', { authToken, body });
    await Promise.all(Array.from({ length: 40 }, send));
    await page.getByLabel('Model').selectOption('cheap');
    await sendMessage(page, 'Too soon');
    await page.getByText('Too many requests in a short time.').waitFor();
    const countdown = page.locator('.countdown');
    await expect.poll(() => countdown.innerText()).toMatch(/^Try again in \d+ seconds?\.$/);
    await expect.poll(() => messageBox(page).inputValue()).toBe('Too soon');
    await countdown.waitFor({ state: 'detached' });
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: Too soon').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('two tabs share one session: both show the reply, and both sign out', async () => {
    const { provider, visit } = pages();
    let end: () => void = () => undefined;
    const canEnd = new Promise<void>((resolve) => (end = resolve));
    provider.behave(async (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('The beginning '));
      await canEnd;
      response.end(wire.text('and the end.') + wire.finish('stop', { input: 1, output: 2 }));
    });
    const { page, pageErrors, openTab, close } = await visit();
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Show both');
    await replies(page).getByText('The beginning').waitFor();
    const other = await openTab();
    await other.getByRole('link', { name: 'Show both' }).click();
    await replies(other).getByText('The beginning').waitFor();
    end();
    await replies(page).getByText('The beginning and the end.').waitFor();
    await replies(other).getByText('The beginning and the end.').waitFor();
    await waitForBalance(other, '3,900');
    await other.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a reply goes on after a reload and in another tab, can be stopped there, and is charged once', async () => {
    const { provider, visit } = pages();
    let say: (words: string) => void = () => undefined;
    provider.behave((response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('One. '));
      say = (words) => response.write(wire.text(words));
    });
    // The reload ends the stream of the message, and stopping the reply ends the streams that follow it.
    const expects = /^failed: (POST \S+\/api\/chat\/|GET \S+\/stream\/) net::ERR_ABORTED$/;
    const { page, pageErrors, openTab, reload, close } = await visit({ expects });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Go on');
    await page.waitForURL(/#\/c/);
    await reload();
    await replies(page).getByText('One.').waitFor();
    say('Two. ');
    await replies(page).getByText('One. Two.').waitFor();
    const other = await openTab(`/${new URL(page.url()).hash}`);
    await replies(other).getByText('One. Two.').waitFor();
    await other.getByRole('button', { name: 'Stop the reply' }).click();
    for (const tab of [page, other]) {
      await replies(tab).getByText('Stopped · 100 tokens').waitFor();
      await replies(tab).getByText('One. Two.').waitFor();
      await waitForBalance(tab, '3,900');
      await expect.poll(() => tab.locator('.exchange').count()).toBe(1);
    }
    await expect.poll(() => provider.requests).toHaveLength(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a conversation is renamed in the list, and erased after a confirmation', async () => {
    const { page, pageErrors, openTab, close } = await pages().visit({
      expects: /\b40[04]\b.*\/api\/conversations\//,
    });
    await signUp(page);
    await sendMessage(page, 'Of ships');
    await replies(page).getByText('Echo: Of ships').waitFor();
    await page.getByRole('button', { name: 'Rename “Of ships”' }).click();
    const title = page.getByLabel('Title of the conversation');
    await title.fill(' ');
    await title.press('Enter');
    await page.locator('.renaming [role=alert]').waitFor();
    await title.fill('Of <b>sails</b>');
    await title.press('Enter');
    await page.getByRole('heading', { name: 'Of <b>sails</b>' }).waitFor();
    const erase = page.getByRole('button', { name: 'Erase “Of <b>sails</b>”' });
    await erase.click();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await replies(page).getByText('Echo: Of ships').waitFor();
    const other = await openTab(`/${new URL(page.url()).hash}`);
    await replies(other).getByText('Echo: Of ships').waitFor();
    await erase.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
    await page.getByText('No conversations yet.').waitFor();
    await other.evaluate("void dispatchEvent(new Event('focus'))");
    await other.getByText('This conversation does not exist').waitFor();
    expect(await accessibilityViolations(other)).toEqual([]);
    expect(await replies(page).count()).toBe(0);
    await page.locator('.pill').click();
    await page.getByRole('cell', { name: '−1,500' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
