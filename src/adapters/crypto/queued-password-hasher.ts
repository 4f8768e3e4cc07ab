import type { PasswordHasher } from '../../ports/password-hasher.js';
import { fairQueue } from './fair-queue.js';

/** What one bcrypt of cost 12 takes on an ordinary machine; each step of the cost doubles it. */
const msOfCost12 = 250;

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
  /** The cost of bcrypt, for what a hash is expected to take before any was measured. */
  cost: number;
}

/**
 * A hasher that hashes a few passwords at once; the networks that they come from take turns. Throws `unavailable` at once
 * for what the queue has no room for.
 */
export function queuedPasswordHasher(
  hasher: PasswordHasher,
  { concurrency, maxWorkMs, cost }: PasswordQueueOptions,
): QueuedPasswordHasher {
  const queue = fairQueue({ concurrency, maxWorkMs, expectedRunMs: msOfCost12 * 2 ** (cost - 12) });
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
