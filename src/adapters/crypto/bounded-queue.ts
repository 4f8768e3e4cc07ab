import { DomainError } from '../../domain/errors.js';

export interface BoundedQueueOptions {
  /** How many run at once. */
  concurrency: number;
  /** How long one may wait until it runs. */
  maxWaitMs: number;
  /** How long one is thought to run before any has. */
  expectedRunMs: number;
}

/** Runs work, a few at a time and the others in their turn. */
export interface BoundedQueue {
  /**
   * Answers what `work` answers. Rejects with a DomainError `unavailable`, at once when those before it are known to
   * take longer than it may wait, else when it has waited that long; then `work` was not called.
   */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** How many wait for their turn. */
  waiting(): number;
  /** Throws where `run` would reject at once. */
  refuseIfBusy(): void;
}

/** How much the latest run counts in what the next ones are expected to take. */
const weightOfLatest = 0.2;

/** A queue that refuses what would have to wait too long. */
export function boundedQueue({ concurrency, maxWaitMs, expectedRunMs }: BoundedQueueOptions): BoundedQueue {
  let running = 0;
  let runMs = expectedRunMs;
  const waiting = new Set<() => void>();

  const startNext = () => {
    const [next] = waiting;
    if (next === undefined || running >= concurrency) return;
    waiting.delete(next);
    running += 1;
    next();
  };

  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const giveUp = setTimeout(() => {
        waiting.delete(start);
        reject(refusal());
      }, maxWaitMs);
      const start = () => {
        clearTimeout(giveUp);
        resolve();
      };
      waiting.add(start);
      startNext();
    });

  const refuseIfBusy = () => {
    const isLikelyTooLate = (waiting.size * runMs) / concurrency >= maxWaitMs;
    if (isLikelyTooLate) throw refusal();
  };

  return {
    waiting: () => waiting.size,
    refuseIfBusy,
    run: async (work) => {
      refuseIfBusy();
      await turn();
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        runMs += (performance.now() - startedAt - runMs) * weightOfLatest;
        running -= 1;
        startNext();
      }
    },
  };
}

function refusal(): DomainError {
  return new DomainError('unavailable', 'Too many passwords are being checked; try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
