import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { awaitUntil } from '../../src/testing/await-until.js';
import { chromiumPath } from './chromium.js';

/** Starts a browser. */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that records errors. */
export interface WatchedPage {
  page: Page;
  /** Console errors and warnings, failed requests, and requests to other servers. */
  pageErrors: string[];
  /** Opens another tab of the same browser, whose errors are recorded too. */
  openTab: (path?: string) => Promise<Page>;
  /** Reloads the first tab. */
  reload: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Opens a page of a server in a new browser context, without cookies. `expects` matches errors that the test provokes. Requests that
 * another address or a reload aborts are not errors.
 */
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
  // How long a busy machine may take to show something.
  context.setDefaultTimeout(45_000);
  const pageErrors: string[] = [];
  context.on('page', (page) => {
    const leaving = watchLeaving(page);
    watch(page, url, (pageError) => {
      const isAborted = leaving.isLeaving() && /^failed: GET .* net::ERR_ABORTED$/.test(pageError);
      if (!isAborted && !expects.test(pageError)) pageErrors.push(pageError);
    });
  });
  const openTab = async (tabPath = '/') => {
    const page = await context.newPage();
    await page.goto(url + tabPath);
    return page;
  };
  const page = await openTab(path);
  const reload = async () => {
    await page.reload();
  };
  return { page, pageErrors, openTab, reload, close: () => context.close() };
}

/** Whether a test opens another address in a tab, or reloads it, which aborts the requests of the page before. */
function watchLeaving(page: Page): { isLeaving: () => boolean } {
  let count = 0;
  const counted =
    <Given extends unknown[], Result>(leave: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      count += 1;
      try {
        return await leave(...given);
      } finally {
        count -= 1;
      }
    };
  page.goto = counted(page.goto.bind(page));
  page.reload = counted(page.reload.bind(page));
  return { isLeaving: () => count > 0 };
}

function watch(page: Page, url: string, record: (pageError: string) => void): void {
  page.on('pageerror', (error) => {
    record(`error: ${error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      record(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('requestfailed', (request) => {
    record(`failed: ${request.method()} ${request.url()} ${request.failure()?.errorText ?? ''}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url)
      record(`elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    record(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

/** The serious and critical violations that axe-core finds, or all of them, in the light and the dark theme. */
export async function accessibilityViolations(
  page: Page,
  { isStrict = false }: { isStrict?: boolean } = {},
): Promise<string[]> {
  const pageErrors: string[] = [];
  // Evaluated by the browser itself, because the content security policy of the page allows no other script.
  await page.evaluate(axe.source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // A script of the administration page changes the colours after the browser reports the new colour scheme.
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
      if (!isStrict && impact !== 'serious' && impact !== 'critical') continue;
      pageErrors.push(`${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
  return pageErrors;
}

/** Saves a screenshot of a page to docs/screenshots. */
export async function saveScreenshot(
  page: Page,
  name: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.screenshot({ path: `docs/screenshots/${name}.png`, animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'light' });
}
