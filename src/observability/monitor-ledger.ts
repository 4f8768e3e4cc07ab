import { isSound } from '../domain/ledger/invariants.js';
import type { Clock } from '../ports/clock.js';
import type { LedgerAudit } from '../ports/ledger-audit.js';
import type { Log } from '../ports/log.js';
import type { Metrics } from './metrics.js';

export interface MonitorLedgerDeps {
  ledgerAudit: LedgerAudit;
  /** Lets what has expired leave, so that nothing counts as broken that no server has come to yet. */
  expireLots: () => Promise<unknown>;
  clock: Clock;
  log: Log;
  metrics: Pick<
    Metrics,
    | 'holdsOpen'
    | 'holdsOverdue'
    | 'holdsCheckedAt'
    | 'invariantBreaks'
    | 'ledgerCheckedAt'
    | 'ledgerCheckSeconds'
    | 'ledgerCheckFailures'
  >;
}

const holdsIntervalMs = 15_000;
/** A starting server has other work. */
const firstCheckAfterMs = 10_000;
/** A check reads the whole ledger; whatever its size, checks take at most 1 % of the time. */
const restPerWork = 100;
/** Slightly below the longest time that a timer can wait. */
const longestWaitMs = 24 * 24 * 60 * 60 * 1000;

/**
 * Counts the open holds every 15 seconds, and checks the ledger every `intervalMs`, or less often if a check takes long;
 * never if it is null. Logs violated invariants as an error.
 *
 * @returns A function that stops it.
 */
export function monitorLedger(
  deps: MonitorLedgerDeps,
  { intervalMs }: { intervalMs: number | null },
): () => void {
  const stopHolds = repeat(deps, async () => {
    await checkHolds(deps);
    return holdsIntervalMs;
  });
  if (intervalMs === null) return stopHolds;
  const stopLedger = repeat(deps, async () => {
    const tookMs = await checkLedger(deps);
    return Math.max(intervalMs, tookMs * restPerWork);
  });
  return () => {
    stopHolds();
    stopLedger();
  };
}

/** Runs a check again and again; each returns the milliseconds to wait before the next. */
function repeat({ clock }: MonitorLedgerDeps, check: () => Promise<number>): () => void {
  let isStopped = false;
  let cancel: () => void = () => undefined;
  const wait = (delayMs: number) => {
    if (isStopped) return;
    cancel = clock.after(Math.min(delayMs, longestWaitMs), () => {
      void check().then(wait);
    });
  };
  wait(firstCheckAfterMs);
  return () => {
    isStopped = true;
    cancel();
  };
}

async function checkHolds({ ledgerAudit, clock, log, metrics }: MonitorLedgerDeps): Promise<void> {
  try {
    const { open, overdue } = await ledgerAudit.openHolds();
    metrics.holdsOpen.set(open);
    metrics.holdsOverdue.set(overdue);
    metrics.holdsCheckedAt.set(seconds(clock.now()));
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the open holds could not be checked');
  }
}

/** Returns how long the check took, in milliseconds. */
async function checkLedger(deps: MonitorLedgerDeps): Promise<number> {
  const { ledgerAudit, expireLots, clock, log, metrics } = deps;
  let startedAtMs = clock.now().getTime();
  try {
    await expireLots().catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, 'credits that have expired could not leave before the check');
    });
    startedAtMs = clock.now().getTime();
    const report = await ledgerAudit.inspect();
    for (const [invariant, rows] of Object.entries(report.broken)) {
      metrics.invariantBreaks.set({ invariant }, rows);
    }
    metrics.ledgerCheckedAt.set(seconds(clock.now()));
    metrics.ledgerCheckSeconds.set((clock.now().getTime() - startedAtMs) / 1000);
    if (!isSound(report)) log.error({ broken: report.broken }, 'the ledger violates its invariants');
  } catch (error) {
    metrics.ledgerCheckFailures.inc();
    log.warn({ error: messageOf(error) }, 'the ledger could not be checked');
  }
  return clock.now().getTime() - startedAtMs;
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}

/** Returns the message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
