import type { Browser, Page } from 'playwright-core';
import { measuredPage, unthrottled, type Slowness } from './browser.js';

const password = 'Bench-Pass-2026';
const exchanges = 500 / 2;
const streamedChars = 54_000;
const typedKeys = 120;

type StorageState = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

/** Signs up on the page. Returns the bytes of script until then, and the session. */
export async function measureFirstVisit(browser: Browser, url: string) {
  const { page, bytes, close } = await measuredPage(browser, `${url}/`, unthrottled);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Username').fill('reader');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.getByLabel('Your message').waitFor();
  await page.waitForLoadState('networkidle');
  const storageState = await page.context().storageState();
  await close();
  return { scriptBytes: bytes('scripts'), storageState };
}

/** Fills a conversation over the API: 250 messages and their replies. Returns its address in the page. */
export async function fillConversation(url: string): Promise<string> {
  const secret = (await post(url, '/api/login/', { username: 'reader', password }))['token'];
  let conversationId: unknown = null;
  for (let number = 0; number < exchanges; number += 1) {
    const length = number % 10 === 0 ? 3000 : 700;
    const body = { message: `Write a reply of ${length}`, conversation_id: conversationId };
    const reply = await post(url, '/api/chat/', body, String(secret));
    conversationId = reply['conversation_id'];
  }
  return `${url}/#/c/${String(conversationId)}`;
}

/** Loads a page on a slow phone. */
export async function measureLoad(browser: Browser, url: string, storageState?: StorageState) {
  const slow: Slowness = { cpu: 4, isOnMobile: true };
  const { page, observed, close } = await measuredPage(browser, url, slow, storageState);
  await page
    .locator(storageState === undefined ? 'input[name=password]' : '#message')
    .first()
    .waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
  const { layoutShift, largestPaintMs } = await observed();
  await close();
  return { layoutShift, largestPaintMs };
}

/** Reads 500 messages page by page, and scrolls through them. */
export async function measureScrolling(
  browser: Browser,
  url: string,
  storageState: StorageState,
  slowness: Slowness,
) {
  const { page, observed, close } = await measuredPage(browser, url, slowness, storageState);
  await page.locator('.exchange').last().waitFor();
  // To find a button by its role, the whole page would be read in one task.
  const more = page.locator('.more button');
  const shown = () => page.locator('.exchange').count();
  for (let count = await shown(); (await more.count()) > 0; count = await shown()) {
    await more.click();
    await page.locator('.exchange').nth(count).waitFor({ state: 'attached' });
  }
  const reading = await observed();
  await page.locator('.scroll').hover();
  for (const deltaY of [-900, 900]) {
    for (let step = 0; step < 250; step += 1) {
      await page.mouse.wheel(0, deltaY);
      await page.waitForTimeout(16);
    }
  }
  const scrolling = await observed();
  const messages = 2 * (await shown());
  await close();
  return { messages, readingMs: reading.longestTaskMs, scrollingMs: scrolling.longestTaskMs };
}

/** Types while a long reply streams in. */
export async function measureStreaming(
  browser: Browser,
  url: string,
  storageState: StorageState,
  slowness: Slowness,
) {
  const { page, observed, close } = await measuredPage(browser, `${url}/`, slowness, storageState);
  const field = page.getByLabel('Your message');
  await field.fill(`Write a reply of ${streamedChars}`);
  await field.press('Enter');
  await page.locator('.reply .markdown').last().waitFor();
  await observed();
  for (let key = 0; key < typedKeys; key += 1) {
    await field.press(key % 6 === 5 ? 'Space' : 'a');
    await page.waitForTimeout(40);
  }
  await page.locator('.streaming').waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  const { longestTaskMs, keysMs } = await observed();
  await close();
  const missing = Math.max(0, typedKeys - keysMs.length);
  const sorted = [...Array.from({ length: missing }, () => 16), ...keysMs].sort((a, b) => a - b);
  const share = (of: number) => sorted[Math.ceil(sorted.length * of) - 1] ?? Number.NaN;
  return { longestTaskMs, medianKeyMs: share(0.5), slowKeyMs: share(0.95), slowestKeyMs: share(1) };
}

async function post(url: string, path: string, body: object, secret?: string) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(secret === undefined ? {} : { Authorization: `Bearer ${secret}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} failed: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
