import type { PasswordHasher } from '../../ports/password-hasher.js';
import { fairQueue } from './fair-queue.js';
import type { HashCost } from './hash-cost.js';

/** A password hasher with a queue. */
export interface QueuedPasswordHasher extends PasswordHasher {
  /** The number of passwords that wait to be hashed. */
  waiting(): number;
}

/** The limits of the queue. */
export interface PasswordQueueOptions {
  /** The maximum number of passwords that are hashed concurrently. */
  concurrency: number;
  /** The maximum waiting time of the queue, in milliseconds. */
  maxWorkMs: number;
  /** The cost of one hash. */
  cost: Pick<HashCost, 'ms'>;
}

/**
 * A hasher with limited concurrency. The networks of the callers take turns. If the queue is full, throws `unavailable`
 * immediately.
 */
export function queuedPasswordHasher(
  hasher: PasswordHasher,
  { concurrency, maxWorkMs, cost }: PasswordQueueOptions,
): QueuedPasswordHasher {
  const queue = fairQueue({ concurrency, maxWorkMs, runMs: () => cost.ms() });
  return {
    ...hasher,
    waiting: () => queue.waiting(),
    throwIfBusy: (network) => {
      queue.throwIfFull(network);
    },
    hash: (password, network) => queue.run(network, () => hasher.hash(password, network)),
    verify: (password, encoded, network) =>
      queue.run(network, () => hasher.verify(password, encoded, network)),
  };
}
