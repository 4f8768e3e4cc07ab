import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A page that notes what it should not do. */
export interface WatchedPage {
  page: Page;
  /** Errors of the console, requests that failed, answers of 400 and more, and requests off the machine. */
  faults: string[];
}

/** The browser of the machine. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page with cookies of its own. */
export async function watchedPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1366, height: 850 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const isOurs = origin === new URL(baseURL).origin || protocol === 'data:' || protocol === 'blob:';
    if (!isOurs) faults.push(`elsewhere: ${request.url()}`);
  });
  return { page, faults };
}

/** What is seriously wrong for people who do not see, or see little, in light and in dark. */
export async function accessFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<axe.AxeResults> } }).axe.run(),
    );
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      faults.push(`${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}
