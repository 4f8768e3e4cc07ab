import type { PasswordHasher } from '../../ports/password-hasher.js';
import { fairQueue } from './fair-queue.js';
import type { HashCost } from './hash-cost.js';

/** A hasher that reports how many passwords wait to be hashed. */
export interface QueuedPasswordHasher extends PasswordHasher {
  waiting(): number;
}

/** How much is hashed at once, and how much may wait. */
export interface PasswordQueueOptions {
  /** How many passwords are hashed at once. */
  concurrency: number;
  /** How much hashing may wait, in milliseconds until it is all done. */
  maxWorkMs: number;
  /** What one hash costs. */
  cost: Pick<HashCost, 'ms'>;
}

/**
 * A hasher that hashes a few passwords at once; the networks that they come from take turns. Throws `unavailable` at once
 * for what the queue has no room for.
 */
export function queuedPasswordHasher(
  hasher: PasswordHasher,
  { concurrency, maxWorkMs, cost }: PasswordQueueOptions,
): QueuedPasswordHasher {
  const queue = fairQueue({ concurrency, maxWorkMs, runMs: () => cost.ms() });
  return {
    ...hasher,
    waiting: () => queue.waiting(),
    refuseIfBusy: (network) => {
      queue.throwIfFull(network);
    },
    hash: (password, network) => queue.run(network, () => hasher.hash(password, network)),
    verify: (password, encoded, network) =>
      queue.run(network, () => hasher.verify(password, encoded, network)),
  };
}
