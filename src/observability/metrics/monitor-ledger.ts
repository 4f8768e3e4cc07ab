import { isSound } from '../../domain/ledger/invariants.js';
import type { Clock } from '../../ports/clock.js';
import type { LedgerAudit } from '../../ports/ledger-audit.js';
import type { Log } from '../../ports/log.js';
import type { Meters } from './meters.js';

export interface MonitorLedgerDeps {
  ledgerAudit: LedgerAudit;
  clock: Clock;
  log: Log;
  meters: Pick<
    Meters,
    | 'holdsOpen'
    | 'holdsOverdue'
    | 'holdsLookedAt'
    | 'invariantBreaks'
    | 'ledgerLookedAt'
    | 'ledgerLookSeconds'
    | 'ledgerLookFailures'
  >;
}

const holdsIntervalMs = 15_000;
/** A start has enough to do. */
const firstLookAfterMs = 10_000;
/** A look at the whole ledger reads all of it: whatever its size, that takes no more than this share of the time. */
const restPerWork = 100;

/**
 * Looks at the open holds every 15 seconds, and checks the whole ledger every `intervalMs` at most, less often where that
 * takes long; never, with null. What is broken is an error in the log. Until the returned function is called.
 */
export function monitorLedger(
  deps: MonitorLedgerDeps,
  { intervalMs }: { intervalMs: number | null },
): () => void {
  const stopHolds = repeatedly(deps, firstLookAfterMs, async () => {
    await lookAtHolds(deps);
    return holdsIntervalMs;
  });
  const stopLedger =
    intervalMs === null
      ? () => undefined
      : repeatedly(deps, firstLookAfterMs, async () => {
          const tookMs = await lookAtLedger(deps);
          return Math.max(intervalMs, tookMs * restPerWork);
        });
  return () => {
    stopHolds();
    stopLedger();
  };
}

/** Each time after as long as the time before said. */
function repeatedly({ clock }: MonitorLedgerDeps, firstMs: number, look: () => Promise<number>): () => void {
  let isStopped = false;
  let stop: () => void = () => undefined;
  const wait = (delayMs: number) => {
    if (isStopped) return;
    stop = clock.after(Math.min(delayMs, longestWaitMs), () => {
      void look().then(wait);
    });
  };
  wait(firstMs);
  return () => {
    isStopped = true;
    stop();
  };
}

/** What a timer can wait at most is a little more. */
const longestWaitMs = 24 * 24 * 60 * 60 * 1000;

async function lookAtHolds({ ledgerAudit, clock, log, meters }: MonitorLedgerDeps): Promise<void> {
  try {
    const { open, overdue } = await ledgerAudit.openHolds();
    meters.holdsOpen.set(open);
    meters.holdsOverdue.set(overdue);
    meters.holdsLookedAt.set(seconds(clock.now()));
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the open holds could not be looked at');
  }
}

/** Answers how long it took. */
async function lookAtLedger({ ledgerAudit, clock, log, meters }: MonitorLedgerDeps): Promise<number> {
  const startedAtMs = clock.now().getTime();
  try {
    const report = await ledgerAudit.inspect();
    for (const [invariant, rows] of Object.entries(report.broken)) {
      meters.invariantBreaks.set({ invariant }, rows);
    }
    meters.ledgerLookedAt.set(seconds(clock.now()));
    meters.ledgerLookSeconds.set((clock.now().getTime() - startedAtMs) / 1000);
    if (!isSound(report)) log.error({ broken: report.broken }, 'the ledger breaks its invariants');
  } catch (error) {
    meters.ledgerLookFailures.inc();
    log.warn({ error: messageOf(error) }, 'the ledger could not be checked');
  }
  return clock.now().getTime() - startedAtMs;
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
