import { operatorCaller } from './auth/caller.js';
import type { Core } from './core.js';

/** Work that is due at an interval. */
export interface PeriodicJob {
  /** What it does, such as `releasing expired holds`. */
  name: string;
  /** The time between two runs, in milliseconds. */
  everyMs: number;
  /** Does the work, and returns how many holds, accounts or events it changed. While it runs, another call returns 0 at once. */
  run: () => Promise<number>;
}

const [secondMs, minuteMs, hourMs] = [1000, 60_000, 3_600_000];

/**
 * Returns what a program must do at intervals that embeds the core: release the holds of processes that died, let credits expire,
 * notify of events, and delete what is old. Several processes may do so at once. With payments, also call `core.orders.poll`
 * every 10 minutes.
 *
 * @param core The core, with all stores.
 * @returns The jobs. `run` rejects if the database does not respond, and can be called again.
 * @example
 * ```ts
 * import { periodicJobs } from 'metered-chat';
 * import { nodeAdapters } from 'metered-chat/node';
 *
 * const { clock } = nodeAdapters();
 * const stops = periodicJobs(core).map(({ run, everyMs }) =>
 *   clock.every(everyMs, () => void run().catch(console.error)),
 * );
 * ```
 */
export function periodicJobs(core: Pick<Core, 'auth' | 'chat' | 'events' | 'ledger'>): PeriodicJob[] {
  const caller = operatorCaller;
  const worker = core.events.worker({ caller });
  const jobs: PeriodicJob[] = [
    {
      name: 'notifying of events',
      everyMs: secondMs,
      run: () => worker.run().then(() => 0),
    },
    {
      name: 'releasing expired holds',
      everyMs: 5 * secondMs,
      run: () => core.chat.expireHolds({ caller, everyOpen: false }),
    },
    { name: 'letting credits expire', everyMs: minuteMs, run: () => core.ledger.expireLots({ caller }) },
    { name: 'deleting old events', everyMs: hourMs, run: () => core.events.purge({ caller }) },
    {
      name: 'deleting expired sessions',
      everyMs: hourMs,
      run: () => core.auth.purgeExpired({ caller }).then(() => 0),
    },
  ];
  return jobs.map((job) => ({ ...job, run: withoutOverlap(job.run) }));
}

function withoutOverlap(run: () => Promise<number>): () => Promise<number> {
  let isRunning = false;
  return async () => {
    if (isRunning) return 0;
    isRunning = true;
    try {
      return await run();
    } finally {
      isRunning = false;
    }
  };
}
