import type { Clock } from '../../ports/clock.js';
import type { SignInAttemptStore } from '../../ports/sign-in-attempt-store.js';
import { runAtomically, type MemoryState } from './state.js';

/** Sign-ins that have begun, in memory. */
export function memorySignInAttemptStore(
  { signInAttempts: attempts, users }: MemoryState,
  clock: Pick<Clock, 'now'>,
): SignInAttemptStore {
  const nowMs = () => clock.now().getTime();
  return {
    create: ({ digest, providerId, userId, ttlMs }) =>
      runAtomically(() => {
        if (userId !== null && !users.has(userId)) throw new TypeError('There is no account with this id.');
        attempts.set(digest, { providerId, userId, expiresAtMs: nowMs() + ttlMs });
      }),
    consume: (digest) =>
      runAtomically(() => {
        const found = attempts.get(digest);
        if (found === undefined || found.expiresAtMs <= nowMs()) return null;
        attempts.delete(digest);
        return { providerId: found.providerId, userId: found.userId };
      }),
    purgeExpired: () =>
      runAtomically(() => {
        const expired = [...attempts].filter(([, { expiresAtMs }]) => expiresAtMs <= nowMs());
        for (const [digest] of expired) attempts.delete(digest);
        return expired.length;
      }),
  };
}
