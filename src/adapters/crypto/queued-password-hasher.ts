import type { PasswordHasher } from '../../ports/password-hasher.js';
import { boundedQueue } from './bounded-queue.js';

/** With its own run and the statements around it, a login is then answered or refused within a second beside chats. */
const maxWaitMs = 600;

/** What a bcrypt of cost 12 takes on an ordinary machine. */
const expectedRunMs = 250;

/** A hasher whose owner can see how many wait for it. */
export interface QueuedPasswordHasher extends PasswordHasher {
  waiting(): number;
}

/** A hasher that hashes `concurrency` at once, and refuses with `unavailable` what would have to wait for long. */
export function queuedPasswordHasher(
  hasher: PasswordHasher,
  { concurrency }: { concurrency: number },
): QueuedPasswordHasher {
  const queue = boundedQueue({ concurrency, maxWaitMs, expectedRunMs });
  return {
    ...hasher,
    waiting: () => queue.waiting(),
    refuseIfBusy: () => {
      queue.refuseIfBusy();
    },
    hash: (password) => queue.run(() => hasher.hash(password)),
    verify: (password, encoded) => queue.run(() => hasher.verify(password, encoded)),
  };
}
