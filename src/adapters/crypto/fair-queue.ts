import { DomainError } from '../../domain/errors.js';

/** The limits of a queue. */
export interface FairQueueOptions {
  /** The maximum number of concurrent runs. */
  concurrency: number;
  /** The maximum waiting time of the queue, in milliseconds. */
  maxWorkMs: number;
  /** The current cost of one run, in milliseconds. */
  runMs: () => number;
}

/** Runs work with limited concurrency. Clients take turns, however much work each of them has. */
export interface FairQueue {
  /**
   * Runs `work` for a client and returns its result; null is one client too. If the queue is full for this client, throws
   * a DomainError `unavailable` immediately and does not call `work`. Accepted work always runs.
   */
  run<Result>(client: string | null, work: () => Promise<Result>): Promise<Result>;
  /** Throws the error that `run` would throw if the queue is full. */
  throwIfFull(client: string | null): void;
  /** The number of waiting runs. */
  waiting(): number;
}

/**
 * A queue in which clients take turns. The waiting work of a client must not exceed the free space of the queue. So one
 * client fills at most half of it, and another client is accepted until many clients have filled it together.
 *
 * Instead of Piscina's own queue, which has one line and is limited by a count: behind 50 hashes of another client, a hash
 * waited 1.6 to 5.2 s in it, and 0.2 to 0.7 s here. All of them together took the same time in both.
 */
export function fairQueue({ concurrency, maxWorkMs, runMs }: FairQueueOptions): FairQueue {
  // In the order of turns. No line is empty.
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
  return new DomainError('unavailable', 'Too many passwords are being checked. Try again in a moment.', {
    retryAfterSeconds: Math.ceil(missingMs / 1000),
  });
}
