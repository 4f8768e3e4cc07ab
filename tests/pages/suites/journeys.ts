import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { sends, sendsForEver } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import type { WatchedPage } from '../browser.js';
import { waitForBalance, messageBox, password, replies, sendMessage, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** From the grant of tokens to the charge for a reply. Creates the administrator `root_admin`. */
export function journeysSuite(pages: () => ServedPages): void {
  let visited: WatchedPage;
  let username: string;

  test('a user signs up, gets a reply, and runs out of tokens', async () => {
    visited = await pages().visit({ expects: /\b402\b.*\/api\/chat\/$/ });
    const { page } = visited;
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const interactiveMs = await page.evaluate(() => Math.round(performance.now()));
    console.log(`The chat page was interactive after ${interactiveMs} ms.`);
    username = await signUp(page);
    await sendMessage(page, 'Which rivers are the *longest*?');
    await replies(page).getByText('Echo: Which rivers are the longest?').waitFor();
    await waitForBalance(page, '2,500');
    await page.getByText('1,500 tokens', { exact: true }).waitFor();
    await sendMessage(page, 'And next?');
    await waitForBalance(page, '1,000');
    await sendMessage(page, 'And then?');
    await page.getByText('This message requires 1,500 tokens and you have 1,000.').waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('And then?');
  });

  test('the link that the server prints creates the first administrator, who grants tokens once; its secret leaves the address', async () => {
    const { page, pageErrors, close } = await pages().visit({ path: '/admin/' });
    // Before that, the page may still redirect to the sign-in form.
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const link = /#\/first-administrator\/(\S+)/.exec(pages().server.output());
    await page.goto(`${pages().server.url}/admin/${link?.[0] ?? ''}`);
    await page.getByRole('textbox', { name: 'Username', exact: true }).fill('root_admin');
    expect(page.url()).not.toContain(link?.[1]);
    await page.locator('input[name=password]').fill(password);
    await page.getByLabel('The same password again').fill(password);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByText('The ledger is sound').waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');

    await page.getByRole('menuitem', { name: 'Users' }).click();
    await page.getByPlaceholder('Username or email').fill(username.toUpperCase());
    await page.getByText('root_admin', { exact: true }).nth(1).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: username }).click();
    await page.getByRole('button', { name: 'Grant or deduct' }).click();
    await page.getByRole('textbox', { name: 'Tokens' }).fill('1,500');
    await page.getByRole('textbox', { name: 'Reason' }).fill('For the long rivers');
    await page.getByRole('button', { name: 'Grant 1,500' }).dblclick();
    await page.getByText(`+1,500 tokens for ${username}: the balance is 2,500.`).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the user sees the grant with its reason, and sends the message that was kept', async () => {
    const { page, pageErrors, close } = visited;
    await page.locator('.pill').click();
    await page.getByRole('row', { name: 'For the long rivers' }).getByText('+1,500').waitFor();
    await waitForBalance(page, '2,500');
    await page.goBack();
    await expect.poll(() => messageBox(page).inputValue()).toBe('And then?');
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: And then?').waitFor();
    await waitForBalance(page, '1,000');
    expect(await page.getByText('This message requires').count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([
    ['the conversation', /\/api\/conversations\/[^/?]+\/(\?|$)/],
    ['the balance', /\/api\/tokens\/$/],
  ])(
    '%s that was read before a reply and arrives after it does not replace the newer state',
    async (_, path) => {
      const { page, pageErrors, close } = await pages().visit();
      await signUp(page);
      await sendMessage(page, 'The first');
      await waitForBalance(page, '2,500');
      await page.locator('.pill').click();
      await page.getByRole('row', { name: 'Reply' }).waitFor();
      let sendResponse: () => void = () => undefined;
      const canRespond = new Promise<void>((resolve) => (sendResponse = resolve));
      const read = new Promise<void>((resolve) => {
        void page.route(
          path,
          async (route) => {
            const response = await route.fetch();
            resolve();
            await canRespond;
            await route.fulfill({ response });
          },
          { times: 1 },
        );
      });
      await page.goBack();
      await read;
      await sendMessage(page, 'The second');
      await waitForBalance(page, '1,000');
      const late = page.waitForResponse(path);
      sendResponse();
      await (await late).finished();
      await page.evaluate(
        'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
      );
      await expect.poll(() => replies(page).count()).toBe(2);
      await waitForBalance(page, '1,000');
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test('a stopped reply keeps the part that arrived, and its cost', async () => {
    const { provider, visit } = pages();
    provider.behave(sendsForEver(wire.start, wire.text('slowly '), 30));
    const { page, pageErrors, reload, close } = await visit({
      expects: /^failed: POST \S+\/api\/chat\/ net::ERR_ABORTED$/,
    });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Take your time');
    await replies(page).getByText('slowly slowly').waitFor();
    // The conversation is in the address and in the list before its reply is complete.
    await page.waitForURL(/#\/c\//);
    await page.getByRole('link', { name: 'Take your time' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped · 100 tokens').waitFor();
    await waitForBalance(page, '3,900');
    await expect.poll(() => replies(page).innerText()).toContain('slowly slowly');
    await awaitUntil('the model is stopped', 2000, () =>
      Promise.resolve(provider.openSockets() === 0 ? true : null),
    );
    await reload();
    await page.getByText('Stopped · 100 tokens').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a message whose response was lost is looked up, and charged once', async () => {
    const { provider, visit } = pages();
    provider.behave(sends(wire.start, wire.text('All of it.'), wire.finish('stop', { input: 1, output: 2 })));
    const { page, pageErrors, close } = await visit({
      expects: /\/api\/chat\/ net::ERR_CONNECTION_RESET$|ERR_CONNECTION_RESET \S+\/api\/chat\/$/,
    });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await page.route('**/api/chat/', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await sendMessage(page, 'Is it there?');
    await replies(page).getByText('All of it.').waitFor();
    await waitForBalance(page, '3,900');
    await page.unroute('**/api/chat/');
    await page.route('**/api/chat/', (route) => route.abort('connectionreset'));
    await sendMessage(page, 'Is this?');
    await page.getByText('The connection broke before your message arrived. It cost nothing.').waitFor();
    await page.unroute('**/api/chat/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForBalance(page, '3,800');
    await expect.poll(() => replies(page).getByText('All of it.').count()).toBe(2);
    await expect.poll(() => provider.requests).toHaveLength(2);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
