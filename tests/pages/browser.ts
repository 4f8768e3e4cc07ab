import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { awaitUntil } from '../../src/testing/await-until.js';
import { chromiumPath } from './chromium.js';

/** Starts a browser for the tests of a file. */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that notes whatever should not happen on it. */
export interface WatchedPage {
  page: Page;
  /** Errors and warnings in the console, requests that failed, and requests off this server, so far. */
  faults: string[];
  /** One more tab of the same browser, watched likewise. */
  openTab: (path?: string) => Promise<Page>;
  /** Loads the first tab anew. What its page was still asking for ends with it, which is no fault. */
  reload: () => Promise<void>;
  close: () => Promise<void>;
}

/** Opens a page of a server in a browser of its own, with no cookies. `expects` is what this test provokes. */
export async function watchedPage(
  browser: Browser,
  url: string,
  {
    expects = /^$/,
    path = '/',
    ...options
  }: BrowserContextOptions & { expects?: RegExp; path?: string } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 820 }, ...options });
  context.setDefaultTimeout(15_000);
  const faults: string[] = [];
  let isReloading = false;
  const note = (fault: string) => {
    const isCutOff = isReloading && /^failed: GET .* net::ERR_ABORTED$/.test(fault);
    if (!isCutOff && !expects.test(fault)) faults.push(fault);
  };
  context.on('page', (page) => {
    watch(page, url, note);
  });
  const openTab = async (tabPath = '/') => {
    const page = await context.newPage();
    await page.goto(url + tabPath);
    return page;
  };
  const page = await openTab(path);
  const reload = async () => {
    isReloading = true;
    await page.reload();
    isReloading = false;
  };
  return { page, faults, openTab, reload, close: () => context.close() };
}

function watch(page: Page, url: string, note: (fault: string) => void): void {
  page.on('pageerror', (error) => {
    note(`error: ${error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      note(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('requestfailed', (request) => {
    note(`failed: ${request.method()} ${request.url()} ${request.failure()?.errorText ?? ''}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url)
      note(`elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

/** What axe-core finds that is serious or critical, in light and in dark. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  // By the browser's own means: the page's policy lets no script in.
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A script changes the colours of the administration after the browser has told it of the change.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await awaitUntil('the page is at rest', 5000, async () =>
      (await page.evaluate('document.getAnimations().length')) === 0 ? true : null,
    );
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(options: object): Promise<axe.AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
    );
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      faults.push(`${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  return faults;
}

/** Keeps a picture of a page in docs/screenshots. */
export async function picture(
  page: Page,
  name: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.screenshot({ path: `docs/screenshots/${name}.png`, animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'light' });
}
