import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, saveScreenshot, watchedPage, type WatchedPage } from '../browser.js';
import { messageBox, replies, sendMessage, signIn } from '../chat-steps.js';
import { startSampleService, type SampleService } from '../screenshots/sample-service.js';
import { bread, breadAgain, keeper, people } from '../screenshots/sample-data.js';

/** Renews the files in docs/screenshots from a service with generated data. */
export function screenshotsSuite(): void {
  let service: SampleService;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([startSampleService(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  const visit = (options: Parameters<typeof watchedPage>[2]): Promise<WatchedPage> =>
    watchedPage(browser, service.server.url, { viewport: { width: 1280, height: 800 }, ...options });
  const askAboutBread = async (page: Page) => {
    for (const talk of [bread, breadAgain]) {
      service.setReply(talk);
      await sendMessage(page, talk.message);
      await page.locator('.stop').waitFor({ state: 'detached' });
    }
    await messageBox(page).blur();
  };

  test('screenshots of the chat page', async () => {
    const { page, pageErrors, close } = await visit({});
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Username or email').blur();
    await saveScreenshot(page, 'sign-in');
    await signIn(page, people[0]);
    await messageBox(page).waitFor();
    await askAboutBread(page);
    await saveScreenshot(page, 'chat-light');
    await saveScreenshot(page, 'chat-dark', 'dark');
    await page.setViewportSize({ width: 390, height: 780 });
    await replies(page).last().evaluate('(reply) => reply.scrollIntoView()');
    await saveScreenshot(page, 'chat-phone');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a screenshot of buying', async () => {
    const { page, pageErrors, close } = await visit({});
    await signIn(page, people[0]);
    await page.locator('.pill').click();
    await page.getByRole('link', { name: 'Get more tokens' }).first().click();
    await page.getByRole('button', { name: /^Buy/ }).first().waitFor();
    await page.setViewportSize({ width: 1280, height: 640 });
    await saveScreenshot(page, 'buying');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('screenshots of the administration page', async () => {
    const { page, pageErrors, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, keeper);
    await page.getByText('The ledger is sound').waitFor();
    await page.setViewportSize({ width: 1280, height: 640 });
    const seen = {
      front: ['/', 'section[aria-label$="by day"]'],
      users: ['/users', 'tbody tr >> nth=4'],
      chats: ['/chats', 'tbody tr >> nth=4'],
      ledger: ['/entries', 'tbody tr >> nth=4'],
      audit: ['/audit', 'main >> text=nora.weiss'],
    } as const;
    for (const [name, [path, shown]] of Object.entries(seen)) {
      await page.goto(`${service.server.url}/admin/#${path}`);
      await page.locator(shown).first().waitFor();
      await page.waitForLoadState('networkidle');
      await saveScreenshot(page, `admin-${name}`);
    }
    expect(pageErrors).toEqual([]);
    await close();
  });
}
