import { expect, test } from 'vitest';
import { answersStatus, sends } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { call, logIn } from '../../process/api-client.js';
import { accessibilityFaults } from '../browser.js';
import { balanceShown, messageBox, replies, say, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Failures, limits, several tabs, and the keeping of conversations on the chat page. */
export function chatTroublesSuite(pages: () => ServedPages): void {
  test('what the provider failed at costs nothing, and is tried again at a press', async () => {
    const { provider, visit } = pages();
    provider.behave(answersStatus(500));
    const { page, faults, reload, close } = await visit({ expects: /\b502\b.*\/api\/chat\/$/ });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await say(page, 'Once more, please');
    await page.getByText('The model could not answer. It cost nothing.').waitFor();
    await balanceShown(page, '4,000');
    provider.behave(
      sends(wire.start, wire.text('Here it is.'), wire.finish('stop', { input: 1, output: 2 })),
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    await replies(page).getByText('Here it is.').waitFor();
    await balanceShown(page, '3,900');
    await reload();
    await replies(page).getByText('Here it is.').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    expect(faults).toEqual([]);
    await close();
  });

  test('who writes too often keeps the message, sees the time run down, and sends it then', async () => {
    const { server, visit } = pages();
    const { page, faults, close } = await visit({ expects: /\b429\b.*\/api\/chat\/$/ });
    const { accessSecret } = await logIn(server.url, await signUp(page));
    const body = { message: 'x', model: 'cheap' };
    const send = () => call(server.url, '/api/chat/', { accessSecret, body });
    await Promise.all(Array.from({ length: 40 }, send));
    await page.getByLabel('Model').selectOption('cheap');
    await say(page, 'Too soon');
    await page.getByText('That was too often in a short time.').waitFor();
    const countdown = page.locator('.countdown');
    expect(await countdown.innerText()).toMatch(/^Try again in \d+ seconds?\.$/);
    expect(await messageBox(page).inputValue()).toBe('Too soon');
    await countdown.waitFor({ state: 'detached' });
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: Too soon').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('two tabs are one session: what one is told comes in the other, and both leave together', async () => {
    const { provider, visit } = pages();
    let end: () => void = () => undefined;
    const isTime = new Promise<void>((resolve) => (end = resolve));
    provider.behave(async (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('The beginning '));
      await isTime;
      response.end(wire.text('and the end.') + wire.finish('stop', { input: 1, output: 2 }));
    });
    const { page, faults, openTab, close } = await visit();
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await say(page, 'Tell both');
    await replies(page).getByText('The beginning').waitFor();
    const other = await openTab();
    await other.getByRole('link', { name: 'Tell both' }).click();
    await other.getByText('Looking for what became of this message').waitFor();
    end();
    await replies(page).getByText('The beginning and the end.').waitFor();
    await replies(other).getByText('The beginning and the end.').waitFor();
    await balanceShown(other, '3,900');
    await other.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('a conversation is renamed in place, and erased once that was confirmed', async () => {
    const { page, faults, openTab, close } = await pages().visit({
      expects: /\b40[04]\b.*\/api\/conversations\//,
    });
    await signUp(page);
    await say(page, 'Of ships');
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
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await replies(page).getByText('Echo: Of ships').waitFor();
    const other = await openTab(`/${new URL(page.url()).hash}`);
    await replies(other).getByText('Echo: Of ships').waitFor();
    await erase.click();
    await page.getByRole('button', { name: 'Erase it' }).click();
    await page.getByText('No conversations yet.').waitFor();
    await other.evaluate("void dispatchEvent(new Event('focus'))");
    await other.getByText('This conversation is not here').waitFor();
    expect(await accessibilityFaults(other)).toEqual([]);
    expect(await replies(page).count()).toBe(0);
    await page.locator('.pill').click();
    await page.getByRole('cell', { name: '−1,500' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });
}
