import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { chromiumPath } from '../../tests/pages/chromium.js';

/** How slow the browser is made by Chromium's protocol. */
export interface Slowness {
  /** How many times slower its CPU is. */
  cpu: number;
  /** Whether its network has 1.6 Mbit/s and a round trip of 150 ms. */
  isOnMobile: boolean;
}

export const unthrottled: Slowness = { cpu: 1, isOnMobile: false };

/** A page in a browser context of its own, and what it has measured. */
export interface MeasuredPage {
  page: Page;
  /** The bytes that came over the network, of scripts or of everything. */
  bytes: (kind: 'scripts' | 'all') => number;
  /** What the page observed since the last call, in milliseconds; the layout shift has no unit. */
  observed: () => Promise<Observed>;
  close: () => Promise<void>;
}

export interface Observed {
  longestTaskMs: number;
  /** The times from each key to the next frame, rounded to 8 ms by the browser; faster ones than 16 ms are 0. */
  keysMs: number[];
  layoutShift: number;
  largestPaintMs: number;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('There is no Chromium; set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Opens a page. With the storage of an earlier one it is signed in. */
export async function measuredPage(
  browser: Browser,
  url: string,
  slowness: Slowness,
  storageState?: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>,
): Promise<MeasuredPage> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 820 },
    ...(storageState === undefined ? {} : { storageState }),
  });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.addInitScript(observe);
  const client = await context.newCDPSession(page);
  const bytes = await countBytes(client);
  if (slowness.cpu > 1) await client.send('Emulation.setCPUThrottlingRate', { rate: slowness.cpu });
  if (slowness.isOnMobile) {
    const bytesPerSecond = (1.6 * 1024 * 1024) / 8;
    const throughput = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
    await client.send('Network.emulateNetworkConditions', { offline: false, latency: 150, ...throughput });
  }
  await page.goto(url);
  return {
    page,
    bytes,
    observed: () => page.evaluate<Observed>('takeObserved()'),
    close: () => context.close(),
  };
}

async function countBytes(client: CDPSession): Promise<MeasuredPage['bytes']> {
  const counts = { scripts: 0, all: 0 };
  const scripts = new Set<string>();
  client.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counts.all += encodedDataLength;
    if (scripts.has(requestId)) counts.scripts += encodedDataLength;
  });
  await client.send('Network.enable');
  return (kind) => counts[kind];
}

/** Runs in the page before its own scripts. */
const observe = `
  (() => {
    const observed = { longestTaskMs: 0, keysMs: [], layoutShift: 0, largestPaintMs: 0 };
    const watch = (type, onEntry, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({ type, buffered: true, ...options });
    watch('longtask', ({ duration }) => (observed.longestTaskMs = Math.max(observed.longestTaskMs, duration)));
    watch('layout-shift', ({ value, hadRecentInput }) => (observed.layoutShift += hadRecentInput ? 0 : value));
    watch('largest-contentful-paint', ({ startTime }) => (observed.largestPaintMs = startTime));
    watch('event', ({ name, duration }) => name === 'keydown' && observed.keysMs.push(duration), { durationThreshold: 16 });
    globalThis.takeObserved = () => {
      const taken = { ...observed };
      observed.longestTaskMs = 0;
      observed.keysMs = [];
      return taken;
    };
  })()
`;
