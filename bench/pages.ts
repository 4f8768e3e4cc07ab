import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { measuredPage, openBrowser, unthrottled } from './pages/browser.js';
import {
  fillConversation,
  measureFirstVisit,
  measureLoad,
  measureScrolling,
  measureStreaming,
} from './pages/chat.js';
import { startPageProvider } from './pages/provider.js';
import { atMost, figureTable, type Figure } from './report.js';
import { startServer } from './server.js';

const password = 'Bench-Pass-2026';
const slowCpu = { cpu: 4, isOnMobile: false };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The bytes of the first load of the administration's overview, after the sign-in. */
async function overviewBytes(browser: Browser, url: string): Promise<number> {
  const signedOut = await measuredPage(browser, `${url}/admin/`, unthrottled);
  await signedOut.page.getByLabel('Username or email').fill('root_admin');
  await signedOut.page.getByLabel('Password').fill(password);
  await signedOut.page.getByRole('button', { name: 'Sign in' }).click();
  await signedOut.page.getByText('The ledger is sound').waitFor();
  const storageState = await signedOut.page.context().storageState();
  await signedOut.close();
  const { page, bytes, close } = await measuredPage(browser, `${url}/admin/`, unthrottled, storageState);
  await page.getByText('The ledger is sound').waitFor();
  await page.waitForLoadState('networkidle');
  await close();
  return bytes('all');
}

/** A figure that is only reported. */
const reportedOnly =
  (suffix: string): typeof atMost =>
  (...[name, figure, most, unit]) => ({
    ...atMost(`${name}${suffix}`, figure, most, unit),
    ...{ required: '', isMet: true },
  });

async function measureAll(browser: Browser, url: string): Promise<Figure[]> {
  const { scriptBytes, storageState } = await measureFirstVisit(browser, url);
  say('Filling a conversation of 500 messages.');
  const conversation = await fillConversation(url);
  const figures: Figure[] = [];
  // The table is printed at the end, but a measurement takes minutes.
  const add = (...measured: Figure[]) => {
    figures.push(...measured);
    for (const each of measured) say(`${each.name}: ${each.measured}`);
  };
  add(atMost('script before the first conversation', scriptBytes / 1000, 200, ' KB'));
  for (const [name, address, session] of [
    ['sign-in form', `${url}/`, undefined],
    ['new conversation', `${url}/`, storageState],
    ['conversation', conversation, storageState],
  ] as const) {
    const { layoutShift, largestPaintMs } = await measureLoad(browser, address, session);
    add({ ...atMost(`${name}, layout shift`, layoutShift, 0.1), measured: layoutShift.toFixed(3) });
    add(atMost(`${name}, largest paint`, largestPaintMs / 1000, 2.5, ' s'));
  }
  for (const slowness of [unthrottled, slowCpu]) {
    const scrolled = await measureScrolling(browser, conversation, storageState, slowness);
    const streamed = await measureStreaming(browser, url, storageState, slowness);
    if (scrolled.messages !== 500) throw new Error(`Only ${scrolled.messages} messages were shown.`);
    const figure = slowness.cpu === 1 ? atMost : reportedOnly(`, CPU ${slowness.cpu}× slower`);
    add(
      figure('longest task while 500 messages are read', scrolled.readingMs, 100, ' ms'),
      figure('longest task while 500 messages scroll', scrolled.scrollingMs, 100, ' ms'),
      figure('longest task while 54,000 characters stream', streamed.longestTaskMs, 100, ' ms'),
      figure('key to frame meanwhile, median', streamed.medianKeyMs, 50, ' ms'),
      figure('key to frame meanwhile, 95 of 100', streamed.slowKeyMs, 50, ' ms'),
      figure('key to frame meanwhile, slowest', streamed.slowestKeyMs, 50, ' ms'),
    );
  }
  add(atMost('overview of the administration', (await overviewBytes(browser, url)) / 1000, 250, ' KB'));
  return figures;
}

const folder = await mkdtemp(join(tmpdir(), 'metered-chat-bench-pages-'));
const provider = await startPageProvider();
const modelsFile = join(folder, 'models.json');
const model = {
  ...{ name: 'bench', provider: 'openai-compatible', base_url: provider.url, upstream: 'bench' },
  ...{ price: { per_message: 1 }, context_tokens: 200_000, max_output_tokens: 100_000 },
};
await writeFile(modelsFile, JSON.stringify({ models: [model] }));
const settings = { DATA_DIR: join(folder, 'data'), MODELS_FILE: modelsFile, LOG_LEVEL: 'warn' };
// The first start creates the database, to which the command adds an administrator.
await (await startServer(settings)).stop();
execFileSync(
  process.execPath,
  [
    fileURLToPath(new URL('../dist/main.js', import.meta.url)),
    ...['create-admin', '--username', 'root_admin', '--email', '', '--password-stdin'],
  ],
  { env: { PATH: process.env['PATH'], ...settings }, input: `${password}\n` },
);
const server = await startServer(settings);
const browser = await openBrowser();
try {
  const figures = await measureAll(browser, server.url);
  say(`\n${figureTable(figures)}`);
  process.exitCode = figures.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  await browser.close();
  await server.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
}
