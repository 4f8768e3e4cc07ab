import { expect, test } from 'vitest';
import { sends, sendsNothing } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const usage = { input: 1, output: 2 };

/** Messages that are written without a network, and what stopped messages say they cost. */
export function offlineSuite(pages: () => ServedPages): void {
  test('messages that are written offline say so, and are sent once each, in order, when the browser is online', async () => {
    const { provider, visit } = pages();
    provider.behave(sends(wire.start, wire.text('Here it is.'), wire.finish('stop', usage)));
    const { page, pageErrors, reload, close } = await visit({ expects: /net::ERR_/ });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await page.context().setOffline(true);
    await sendMessage(page, 'The first');
    const notSent = page.getByText('You are offline, so this message has not been sent.');
    await notSent.waitFor();
    await sendMessage(page, 'The second');
    await notSent.nth(1).waitFor();
    await expect.poll(() => replies(page).getByText('Not sent yet').count()).toBe(2);
    expect(await page.getByText('Result unknown').count()).toBe(0);
    expect(provider.requests).toHaveLength(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().setOffline(false);
    await waitForBalance(page, '3,800');
    for (const look of [() => Promise.resolve(), reload]) {
      await look();
      await replies(page).getByText('Here it is.').nth(1).waitFor();
      await expect
        .poll(() => page.locator('.message').allInnerTexts())
        .toEqual([expect.stringContaining('The first'), expect.stringContaining('The second')]);
      await expect.poll(() => page.locator('.exchange').count()).toBe(2);
      await expect.poll(() => notSent.count()).toBe(0);
    }
    // Coming online again sends nothing again.
    await page.evaluate("void dispatchEvent(new Event('online'))");
    await page.evaluate("void dispatchEvent(new Event('focus'))");
    await waitForBalance(page, '3,800');
    await expect.poll(() => provider.requests).toHaveLength(2);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a message whose connection broke is not sent again if the server has it, and is charged once', async () => {
    const { provider, visit } = pages();
    provider.behave(sends(wire.start, wire.text('Here it is.'), wire.finish('stop', usage)));
    const { page, pageErrors, close } = await visit({ expects: /net::ERR_/ });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await page.route('**/api/chat/**', async (route) => {
      if (route.request().method() === 'POST') await route.fetch();
      await route.abort('connectionreset');
    });
    await sendMessage(page, 'Is it there?');
    await replies(page).getByText('Result unknown').waitFor();
    await page.unroute('**/api/chat/**');
    await page.evaluate("void dispatchEvent(new Event('online'))");
    await replies(page).getByText('Here it is.').waitFor();
    await waitForBalance(page, '3,900');
    await expect.poll(() => page.locator('.exchange').count()).toBe(1);
    await expect.poll(() => provider.requests).toHaveLength(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a message that is stopped before its reply says that it cost nothing, and nothing of a charge', async () => {
    const { provider, visit } = pages();
    provider.behave(sendsNothing);
    const { page, pageErrors, reload, close } = await visit({
      expects: /^failed: POST \S+\/api\/chat\/ net::ERR_ABORTED$/,
    });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Never mind');
    await page.getByRole('button', { name: 'Stop the reply' }).click();
    for (const look of [() => Promise.resolve(), reload]) {
      await look();
      await replies(page).getByText('cost nothing').waitFor();
      expect(await page.getByText(/charged/).count()).toBe(0);
      await waitForBalance(page, '4,000');
    }
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the part of a reply that fails midway stays, says that it is not complete, and cost nothing', async () => {
    const { provider, visit } = pages();
    provider.behave(async (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('The beginning of it.'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      response.destroy();
    });
    const { page, pageErrors, reload, close } = await visit({ expects: /\b50\d\b/ });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Go on');
    for (const look of [() => Promise.resolve(), reload]) {
      await look();
      await replies(page).getByText('Incomplete: the reply failed · cost nothing').waitFor();
      await replies(page).getByText('The beginning of it.').waitFor();
      await waitForBalance(page, '4,000');
    }
    expect(pageErrors).toEqual([]);
    await close();
  });
}
