import type { Exchange } from '../../domain/chat/exchange.js';
import {
  capState,
  capsFor,
  capThatForbids,
  counterName,
  tightestCap,
  type Cap,
  type CappedUse,
  type CapState,
} from '../../domain/metering/cap.js';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import { windowAt } from '../../domain/metering/window.js';
import type { Account, CapCounter } from './account-state.js';

/** A hold or a charge, as far as counters distinguish it. */
type CountedUse = Pick<Exchange, 'keyId' | 'model' | 'createdAt'>;

interface CountedWindow {
  cap: Cap;
  /** What identifies the counter. */
  name: string;
  counter: CapCounter;
}

/**
 * Counts a hold or a charge in the current windows of the caps that apply to it, and returns null; or counts nothing, and
 * returns the cap that allows fewer credits. From the first count on the account has `hasCaps`, until it has no caps.
 */
export function countUse(
  account: Account,
  now: Date,
  use: CappedUse & { credits: number },
  rules: WalletRules,
): CapState | null {
  const windows = windowsFor(account, now, use, rules);
  const forbidding = capThatForbids(windows.map(stateOf), use.credits);
  if (forbidding !== null) return forbidding;
  const missing = windows.filter(({ name }) => !account.capCounters.has(name));
  // Also those that no cap uses any more: another one may, while their window lasts.
  addToCounters(account, { ...use, createdAt: now }, use.credits);
  if (missing.length > 0) forgetPassed(account, now);
  for (const { name, counter } of missing) {
    account.capCounters.set(name, { ...counter, counted: counter.counted + use.credits });
    account.hasCaps = true;
  }
  return null;
}

/** Returns how many credits more than its hold an exchange may cost by the caps that counted it; null without a limit. */
export function creditsLeftByCaps(
  account: Account,
  exchange: Readonly<Exchange>,
  rules: WalletRules,
): number | null {
  const windows = windowsFor(account, exchange.createdAt, exchange, rules);
  return tightestCap(windows.map(stateOf))?.left ?? null;
}

/** Counts what is held or charged for an exchange, or how much more or less than its hold it costs when it ends. */
export function addToCounters(account: Account, use: CountedUse, credits: number): void {
  for (const [name, counter] of account.capCounters) {
    if (!counts(counter, use)) continue;
    account.capCounters.set(name, { ...counter, counted: counter.counted + credits });
  }
}

/** Returns the caps in the windows that contain a moment, each with what it has counted. */
export function countedWindows(
  account: Account,
  caps: readonly Cap[],
  { at, timeZone }: { at: Date; timeZone: string },
): CountedWindow[] {
  return caps.map((cap) => {
    const window = windowAt(cap.window, at, timeZone);
    const name = `${counterName(cap)} from ${window.start.toISOString()} to ${window.end?.toISOString() ?? ''}`;
    const { keyId, model } = cap;
    const counter = account.capCounters.get(name) ?? {
      ...{ keyId, model, window },
      counted: sumOfWindow(account, { keyId, model, window }),
    };
    return { cap, name, counter };
  });
}

/** Returns a cap in one of its windows. */
export function stateOf({ cap, counter }: CountedWindow): CapState {
  return capState(cap, counter.window, counter.counted);
}

/** Returns what was charged and is held in a window, by the exchanges themselves. */
export function sumOfWindow(account: Account, window: Omit<CapCounter, 'counted'>): number {
  let sum = 0;
  for (const { exchange } of account.exchanges.values()) {
    if (!counts(window, exchange)) continue;
    sum += exchange.holdState === 'open' ? exchange.held : (exchange.captured ?? 0);
  }
  return sum;
}

/** Returns the windows of the caps that apply to a use at a moment. Forgets the counters if the account has no caps. */
function windowsFor(
  account: Account,
  at: Date,
  use: CappedUse,
  { defaultCaps, timeZone }: WalletRules,
): CountedWindow[] {
  const caps = [...account.caps.values()];
  if (account.hasCaps && caps.length === 0 && defaultCaps.length === 0) {
    account.hasCaps = false;
    account.capCounters.clear();
  }
  return countedWindows(account, capsFor(use, caps, defaultCaps), { at, timeZone });
}

/** Passed windows are no longer compared with a limit, and are counted again should one be. */
function forgetPassed(account: Account, now: Date): void {
  for (const [name, { window }] of account.capCounters) {
    if (window.end !== null && window.end <= now) account.capCounters.delete(name);
  }
}

function counts(
  { keyId, model, window: { start, end } }: Omit<CapCounter, 'counted'>,
  exchange: CountedUse,
): boolean {
  return (
    (keyId === null || keyId === exchange.keyId) &&
    (model === null || model === exchange.model) &&
    start <= exchange.createdAt &&
    (end === null || exchange.createdAt < end)
  );
}
