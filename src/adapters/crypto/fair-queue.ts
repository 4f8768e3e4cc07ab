import { DomainError } from '../../domain/errors.js';

/** How much work a queue takes. */
export interface FairQueueOptions {
  /** How many run at once. */
  concurrency: number;
  /** How much work may wait, in milliseconds until it is all done. */
  maxWorkMs: number;
  /** What one run costs now, in milliseconds of work. */
  runMs: () => number;
}

/** Runs work, a few at a time. Those who ask take turns, however much one of them asks for. */
export interface FairQueue {
  /**
   * Returns what `work` returns. `client` is who asks; null counts as one client too. Throws a DomainError `unavailable`
   * at once, and does not call `work`, if the queue has no room for this client. What is accepted will run.
   */
  run<Result>(client: string | null, work: () => Promise<Result>): Promise<Result>;
  /** Throws what `run` would throw. */
  throwIfFull(client: string | null): void;
  /** How many wait for their turn. */
  waiting(): number;
}

/**
 * A queue that is fair by client: they take turns, and none may have more waiting than there is room left. So one
 * client fills at most half of the queue, and there is room for another one until many clients have filled it together.
 */
export function fairQueue({ concurrency, maxWorkMs, runMs }: FairQueueOptions): FairQueue {
  // In the order of their turns; none is empty.
  const lines = new Map<string | null, (() => void)[]>();
  let running = 0;
  let waiting = 0;

  const throwIfFull = (client: string | null) => {
    if (running < concurrency && waiting === 0) return;
    const msEach = runMs() / concurrency;
    const missingMs = msEach * (waiting + (lines.get(client)?.length ?? 0) + 1) - maxWorkMs;
    if (missingMs > 0) throw full(missingMs);
  };

  const turn = (client: string | null) =>
    new Promise<void>((resolve) => {
      const line = lines.get(client);
      if (line === undefined) lines.set(client, [resolve]);
      else line.push(resolve);
      waiting += 1;
    });

  const startNext = () => {
    const [next] = lines;
    if (next === undefined || running >= concurrency) return;
    const [client, [start, ...others]] = next;
    lines.delete(client);
    if (others.length > 0) lines.set(client, others);
    waiting -= 1;
    running += 1;
    start?.();
  };

  return {
    waiting: () => waiting,
    throwIfFull,
    run: async (client, work) => {
      throwIfFull(client);
      const started = turn(client);
      startNext();
      await started;
      try {
        return await work();
      } finally {
        running -= 1;
        startNext();
      }
    },
  };
}

function full(missingMs: number): DomainError {
  return new DomainError('unavailable', 'Too many passwords are being checked; try again in a moment.', {
    retryAfterSeconds: Math.ceil(missingMs / 1000),
  });
}
