import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, picture, watchedPage, type WatchedPage } from '../browser.js';
import { messageBox, replies, say, signIn } from '../chat-steps.js';
import { smallService, type SmallService } from '../pictures/small-service.js';
import { bread, breadAgain, keeper, people } from '../pictures/talks.js';

/** Renews the pictures in docs/screenshots from a small service of their own. */
export function picturesSuite(): void {
  let service: SmallService;
  let browser: Browser;
  beforeAll(async () => {
    [service, browser] = await Promise.all([smallService(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  const visit = (options: Parameters<typeof watchedPage>[2]): Promise<WatchedPage> =>
    watchedPage(browser, service.server.url, { viewport: { width: 1280, height: 800 }, ...options });
  const asksAboutBread = async (page: Page) => {
    for (const talk of [bread, breadAgain]) {
      service.answerWith(talk);
      await say(page, talk.message);
      await page.locator('.stop').waitFor({ state: 'detached' });
    }
    await messageBox(page).blur();
  };

  test('of the chat page', async () => {
    const { page, faults, close } = await visit({});
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Username or email').blur();
    await picture(page, 'sign-in');
    await signIn(page, people[0]);
    await messageBox(page).waitFor();
    await asksAboutBread(page);
    await picture(page, 'chat-light');
    await picture(page, 'chat-dark', 'dark');
    await page.setViewportSize({ width: 390, height: 780 });
    await replies(page).last().scrollIntoViewIfNeeded();
    await picture(page, 'chat-phone');
    expect(faults).toEqual([]);
    await close();
  });

  test('of the administration', async () => {
    const { page, faults, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, keeper);
    await page.getByText('The ledger is sound').waitFor();
    await page.setViewportSize({ width: 1280, height: 640 });
    const seen = {
      front: ['/', '.recharts-surface'],
      users: ['/users', 'tbody tr >> nth=4'],
      chats: ['/chats', 'tbody tr >> nth=4'],
      ledger: ['/entries', 'tbody tr >> nth=4'],
      audit: ['/audit', 'main >> text=nora.weiss'],
    } as const;
    for (const [name, [path, shown]] of Object.entries(seen)) {
      await page.goto(`${service.server.url}/admin/#${path}`);
      await page.locator(shown).first().waitFor();
      await page.waitForLoadState('networkidle');
      await picture(page, `admin-${name}`);
    }
    expect(faults).toEqual([]);
    await close();
  });
}
