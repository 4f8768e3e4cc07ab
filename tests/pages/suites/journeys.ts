import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { sends, sendsForEver } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import type { WatchedPage } from '../browser.js';
import { balanceShown, messageBox, password, replies, say, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The ways of the tokens, from their grant to what they were spent on; leaves the administrator `root_admin`. */
export function journeysSuite(pages: () => ServedPages): void {
  let person: WatchedPage;
  let username: string;

  test('somebody signs up, gets a reply, and runs out of tokens', async () => {
    person = await pages().visit({ expects: /\b402\b.*\/api\/chat\/$/ });
    const { page } = person;
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    const interactiveMs = await page.evaluate(() => Math.round(performance.now()));
    console.log(`The chat page could be used after ${interactiveMs} ms.`);
    username = await signUp(page);
    await say(page, 'Which rivers are the *longest*?');
    await replies(page).getByText('Echo: Which rivers are the longest?').waitFor();
    await balanceShown(page, '2,500');
    await page.getByText('1,500 tokens', { exact: true }).waitFor();
    await say(page, 'And next?');
    await balanceShown(page, '1,000');
    await say(page, 'And then?');
    await page.getByText('This message needs 1,500 tokens and you have 1,000.').waitFor();
    expect(await messageBox(page).inputValue()).toBe('And then?');
  });

  test('the link of the start makes the first administrator, stays in no address, and whoever was made grants tokens once', async () => {
    const { page, faults, close } = await pages().visit({ path: '/admin/' });
    // Until then the page may yet turn from the link to the sign-in form.
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
    await page.getByText(`+1,500 tokens for ${username}: 2,500 now.`).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('who ran out sees what was granted, with its reason, and chats on with what was written', async () => {
    const { page, faults, close } = person;
    await page.locator('.pill').click();
    await page.getByRole('row', { name: 'For the long rivers' }).getByText('+1,500').waitFor();
    await balanceShown(page, '2,500');
    await page.goBack();
    expect(await messageBox(page).inputValue()).toBe('And then?');
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: And then?').waitFor();
    await balanceShown(page, '1,000');
    expect(await page.getByText('This message needs').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test.each([
    ['the conversation', /\/api\/conversations\/[^/?]+\/(\?|$)/],
    ['the balance', /\/api\/tokens\/$/],
  ])(
    '%s that was read before a reply and comes after it takes nothing of it out of sight',
    async (_, path) => {
      const { page, faults, close } = await pages().visit();
      await signUp(page);
      await say(page, 'The first');
      await balanceShown(page, '2,500');
      await page.locator('.pill').click();
      await page.getByRole('row', { name: 'Reply' }).waitFor();
      let letCome: () => void = () => undefined;
      const isTime = new Promise<void>((resolve) => (letCome = resolve));
      const read = new Promise<void>((resolve) => {
        void page.route(
          path,
          async (route) => {
            const response = await route.fetch();
            resolve();
            await isTime;
            await route.fulfill({ response });
          },
          { times: 1 },
        );
      });
      await page.goBack();
      await read;
      await say(page, 'The second');
      await balanceShown(page, '1,000');
      const late = page.waitForResponse(path);
      letCome();
      await (await late).finished();
      await page.evaluate(
        'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
      );
      expect(await replies(page).count()).toBe(2);
      await balanceShown(page, '1,000');
      expect(faults).toEqual([]);
      await close();
    },
  );

  test('a reply streams in, and stops where it is told to: what came stays, with its cost', async () => {
    const { provider, visit } = pages();
    provider.behave(sendsForEver(wire.start, wire.text('slowly '), 30));
    const { page, faults, reload, close } = await visit({
      expects: /^failed: POST \S+\/api\/chat\/ net::ERR_ABORTED$/,
    });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await say(page, 'Take your time');
    await replies(page).getByText('slowly slowly').waitFor();
    // The conversation is in the address, and in the list, before its reply is whole.
    await page.waitForURL(/#\/c\//);
    await page.getByRole('link', { name: 'Take your time' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Stopped · 100 tokens').waitFor();
    await balanceShown(page, '3,900');
    expect(await replies(page).innerText()).toContain('slowly slowly');
    await awaitUntil('the model is stopped', 2000, () =>
      Promise.resolve(provider.openSockets() === 0 ? true : null),
    );
    await reload();
    await page.getByText('Stopped · 100 tokens').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('a message whose answer was lost is looked for, and charged once', async () => {
    const { provider, visit } = pages();
    provider.behave(sends(wire.start, wire.text('All of it.'), wire.finish('stop', { input: 1, output: 2 })));
    const { page, faults, close } = await visit({
      expects: /\/api\/chat\/ net::ERR_CONNECTION_RESET$|ERR_CONNECTION_RESET \S+\/api\/chat\/$/,
    });
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await page.route('**/api/chat/', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await say(page, 'Is it there?');
    await replies(page).getByText('All of it.').waitFor();
    await balanceShown(page, '3,900');
    await page.unroute('**/api/chat/');
    await page.route('**/api/chat/', (route) => route.abort('connectionreset'));
    await say(page, 'Is this?');
    await page.getByText('The connection broke before your message arrived. It cost nothing.').waitFor();
    await page.unroute('**/api/chat/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await balanceShown(page, '3,800');
    expect(await replies(page).getByText('All of it.').count()).toBe(2);
    expect(provider.requests).toHaveLength(2);
    expect(faults).toEqual([]);
    await close();
  });
}
