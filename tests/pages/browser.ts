import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.js';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Starts a browser for the tests of a file. */
export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that notes whatever should not happen on it. */
export interface WatchedPage {
  page: Page;
  /** Errors in the console, requests that failed, and requests off this server, so far. */
  faults: string[];
  close: () => Promise<void>;
}

/** Opens a page of a server in a browser of its own, with no cookies. `expects` is what may go wrong in this test. */
export async function watchedPage(
  browser: Browser,
  url: string,
  { expects = /^$/, ...options }: BrowserContextOptions & { expects?: RegExp } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  const note = (fault: string) => {
    if (!expects.test(fault)) faults.push(fault);
  };
  page.on('pageerror', (error) => {
    note(`error: ${error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // A stream is reported as aborted when it is stopped, and now and then when it was read to its end.
    if (request.method() === 'POST' && request.failure()?.errorText === 'net::ERR_ABORTED') return;
    note(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url)
      note(`elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** What axe-core finds that is serious or critical. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // By the browser's own means: the page's policy lets no script in.
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const found = await page.evaluate(async () => {
    interface Axe {
      run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
    }
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations.map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
  });
  return found.filter((fault) => /^(serious|critical) /.test(fault));
}

/** Keeps a picture of a page in docs/screenshots, when `SCREENSHOTS` asks for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if ((process.env['SCREENSHOTS'] ?? '') === '') return;
  await page.screenshot({ path: `docs/screenshots/${name}.png`, animations: 'disabled' });
}
