import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  misbehavingProvider,
  sendsForEver,
  type MisbehavingProvider,
} from '../adapters/ai/misbehaving-provider.js';
import { openAiCompatible } from '../adapters/ai/wire-formats.js';
import { removeDataFolders } from '../process/data-folder.js';
import { startServer, type ServerProcess } from '../process/server-process.js';
import { storageOn, type Storage } from '../process/storage.js';
import { accessibilityFaults, openBrowser, picture, watchedPage, type WatchedPage } from './browser.js';
import { chromiumPath } from './chromium.js';

const assets = new URL('../../dist/web/assets/', import.meta.url);
const password = 'StrongPass123!';
let names = 0;

async function signUp(page: Page): Promise<void> {
  names += 1;
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Username').fill(`person_${names}`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.getByLabel('Your message').waitFor();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your message').fill(text);
  await page.getByLabel('Your message').press('Enter');
}

const replies = (page: Page) => page.locator('.reply');
const pill = (page: Page, text: string) => page.locator('.pill', { hasText: text }).waitFor();

test('the script of the chat page stays below 200 KB, compressed', () => {
  const html = readFileSync(new URL('../chat/index.html', assets), 'utf8');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js') && html.includes(name));
  const bytes = scripts.map((name) => brotliCompressSync(readFileSync(new URL(name, assets))).byteLength);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(200_000);
});

// Where there is no Chromium, the closing lines say that these were not run.
describe.runIf(chromiumPath() !== null).each(['embedded', 'PostgreSQL'] as const)(
  'the chat page on %s',
  (engine) => {
    let storage: Storage;
    let provider: MisbehavingProvider;
    let server: ServerProcess;
    let browser: Browser;
    let url: string;

    beforeAll(async () => {
      [storage, provider, browser] = await Promise.all([
        storageOn(engine),
        misbehavingProvider(),
        openBrowser(),
      ]);
      provider.behave(sendsForEver(openAiCompatible.start, openAiCompatible.text('slowly '), 30));
      const models = {
        default: 'echo',
        models: [
          { name: 'echo', provider: 'echo', price: { per_message: 1500 } },
          {
            name: 'slow',
            provider: 'openai-compatible',
            base_url: provider.url,
            upstream: 'm',
            price: { per_message: 100 },
          },
        ],
      };
      const { writeFile, mkdtemp } = await import('node:fs/promises');
      const { tmpdir } = await import('node:os');
      const file = `${await mkdtemp(`${tmpdir()}/metered-chat-models-`)}/models.json`;
      await writeFile(file, JSON.stringify(models));
      server = await startServer({ ...storage.environment, MODELS_FILE: file });
      url = server.url;
    }, 90_000);
    afterAll(async () => {
      await browser.close();
      await server.terminate();
      await provider.stop();
      await storage.remove();
      await removeDataFolders();
    });

    const visit = (options?: Parameters<typeof watchedPage>[2]): Promise<WatchedPage> =>
      watchedPage(browser, url, options);

    test('somebody signs up, gets a reply, and runs out of tokens', async () => {
      const { page, faults, close } = await visit({ expects: /402/ });
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      const interactiveMs = await page.evaluate(() => Math.round(performance.now()));
      console.log(`The chat page could be used after ${interactiveMs} ms.`);
      expect(await accessibilityFaults(page)).toEqual([]);
      await picture(page, 'sign-in');
      await signUp(page);
      await say(page, 'Which rivers are the *longest*?');
      await replies(page).getByText('Echo: Which rivers are the longest?').waitFor();
      await pill(page, '2,500');
      await page.getByText('1,500 tokens', { exact: true }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await picture(page, 'chat-light');
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await accessibilityFaults(page)).toEqual([]);
      await picture(page, 'chat-dark');
      await say(page, 'And next?');
      await pill(page, '1,000');
      await say(page, 'And then?');
      await page.getByText('This message needs 1,500 tokens and you have 1,000.').waitFor();
      expect(await page.getByLabel('Your message').inputValue()).toBe('And then?');
      await page.locator('.pill').click();
      await page.getByRole('cell', { name: '+4,000' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    });

    test('a reply streams in, and stops where it is told to: what came stays, with its cost', async () => {
      const { page, faults, close } = await visit();
      await signUp(page);
      await page.getByLabel('Model').selectOption('slow');
      await say(page, 'Take your time');
      await replies(page).getByText('slowly slowly').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('Stopped · 100 tokens').waitFor();
      await pill(page, '3,900');
      expect(await replies(page).innerText()).toContain('slowly slowly');
      await page.reload();
      await page.getByText('Stopped · 100 tokens').waitFor();
      expect(faults).toEqual([]);
      await close();
    });

    test('markup in messages and replies is text, and leads nowhere by itself', async () => {
      const { page, faults, close } = await visit();
      await signUp(page);
      const attack =
        '<img src=x onerror=alert(1)> <script>alert(2)</script> [click](javascript:alert(3)) ' +
        '![p](https://evil.example/p.png) [data](data:text/html,<script>alert(4)</script>) <iframe src="//evil.example">';
      await say(page, attack);
      await pill(page, '2,500');
      await page.reload();
      await replies(page).getByText('<script>alert(2)</script>').waitFor();
      expect(await page.locator('.turns').locator('img, script, iframe').count()).toBe(0);
      const links = page.locator('.turns a');
      expect(await links.count()).toBe(1);
      expect(await links.getAttribute('rel')).toBe('noopener noreferrer nofollow');
      expect(faults).toEqual([]);
      await close();
    });

    test('a session whose access has run out goes on by itself, and one that has ended keeps the draft', async () => {
      const { page, faults, close } = await visit({ expects: /401/ });
      await signUp(page);
      await page.context().clearCookies({ name: 'metered_chat_access' });
      await say(page, 'Still here?');
      await replies(page).getByText('Echo: Still here?').waitFor();
      await page.context().clearCookies();
      await say(page, 'Not lost');
      await page.getByText('Your session has ended.').waitFor();
      await page.getByLabel('Username or email').fill(`person_${names}`);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Your message').waitFor();
      expect(await page.getByLabel('Your message').inputValue()).toBe('Not lost');
      expect(faults).toEqual([]);
      await close();
    });

    test('on a phone everything fits, and the keyboard alone reaches all of it', async () => {
      const { page, faults, close } = await visit({ viewport: { width: 375, height: 720 } });
      await signUp(page);
      await say(page, 'long'.repeat(200));
      await pill(page, '2,500');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
      await picture(page, 'chat-phone');
      const menu = page.getByRole('button', { name: 'Conversations and account' });
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'New conversation' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('.menu:focus').waitFor();
      expect(faults).toEqual([]);
      await close();
    });
  },
);
