import type { Database } from '../adapters/postgres/database.js';
import { postgresLedgerAudit } from '../adapters/postgres/ledger-audit.js';
import { systemClock } from '../adapters/system/system.js';
import type { Settings } from '../config/read-settings.js';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import { periodicJobs } from '../domain/periodic-jobs.js';
import { messageOf, monitorLedger } from '../observability/monitor-ledger.js';
import type { Metrics } from '../observability/metrics.js';
import type { Log } from '../ports/log.js';

const countIntervalMs = 60 * 1000;
const paymentsIntervalMs = 10 * 60 * 1000;

/**
 * Releases the holds of servers that died, now and every 5 seconds; lets expired credits leave every minute;
 * reads what was paid, now and every 10 minutes; deletes expired sessions every hour; checks the ledger
 * every `LEDGER_CHECK_INTERVAL`. If `soleOwner` is true, no other process has holds, and all open ones are released now.
 *
 * @returns A function that stops the work.
 */
export async function startPeriodicWork(
  settings: Settings,
  deps: { core: Core; database: Database; log: Log; metrics: Metrics },
  { soleOwner }: { soleOwner: boolean },
): Promise<() => void> {
  const { core, database, log, metrics } = deps;
  const releaseHolds = async (everyOpen: boolean) => {
    const expired = await core.chat.expireHolds({ caller: operatorCaller, everyOpen });
    if (expired > 0) log.info({ expired }, 'released the holds of unfinished chats');
  };
  await releaseHolds(soleOwner);
  const expireLots = async () => {
    const accounts = await core.ledger.expireLots({ caller: operatorCaller });
    if (accounts > 0) log.info({ accounts }, 'credits of unused accounts expired');
  };
  await expireLots().catch((error: unknown) => {
    log.warn({ error: messageOf(error) }, 'letting credits expire failed');
  });
  const pollPayments = async () => {
    const facts = await core.orders.poll({ caller: operatorCaller });
    if (facts > 0) log.info({ facts }, 'applied facts about payments that no event had brought');
  };
  const countEvents = async () => {
    const counts = await core.events.counts({ caller: operatorCaller });
    for (const state of ['undispatched', 'queued', 'failed'] as const) {
      metrics.webhookDeliveries.set({ state }, counts[state]);
    }
  };
  const stops = [
    repeat(log, 'counting events', countIntervalMs, countEvents),
    ...periodicJobs(core).map(({ name, everyMs, run }) =>
      repeat(log, name, everyMs, async () => {
        const changed = await run();
        if (changed > 0) log.info({ changed }, name);
      }),
    ),
    ...(settings.PAYMENTS === 'off'
      ? []
      : [repeatFromNow(log, 'reading what was paid', paymentsIntervalMs, pollPayments)]),
    monitorLedger(
      { ledgerAudit: postgresLedgerAudit(database), expireLots, clock: systemClock(), log, metrics },
      { intervalMs: settings.LEDGER_CHECK_INTERVAL },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Runs something every `intervalMs`, unless the previous run still works; logs a failure, and runs again. */
function repeat(log: Log, what: string, intervalMs: number, run: () => Promise<unknown>): () => void {
  return every(intervalMs, withoutOverlap(log, what, run));
}

/** Runs something now and then as `repeat` does: servers that restart more often than every `intervalMs` run it as well. */
function repeatFromNow(log: Log, what: string, intervalMs: number, run: () => Promise<unknown>): () => void {
  const runOnce = withoutOverlap(log, what, run);
  runOnce();
  return every(intervalMs, runOnce);
}

function every(intervalMs: number, run: () => void): () => void {
  const timer = setInterval(run, intervalMs);
  return () => {
    clearInterval(timer);
  };
}

function withoutOverlap(log: Log, what: string, run: () => Promise<unknown>): () => void {
  let isRunning = false;
  return () => {
    if (isRunning) return;
    isRunning = true;
    run()
      .catch((error: unknown) => {
        log.warn({ error: messageOf(error) }, `${what} failed`);
      })
      .finally(() => {
        isRunning = false;
      });
  };
}
