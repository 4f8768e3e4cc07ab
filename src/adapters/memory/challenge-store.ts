import type { ChallengeReference, ChallengeStore } from '../../ports/challenge-store.js';
import type { Clock } from '../../ports/clock.js';
import { runAtomically, type MemoryState } from './state.js';

/** Challenges that prove an identity in memory. */
export function memoryChallengeStore(state: MemoryState, clock: Pick<Clock, 'now'>): ChallengeStore {
  const { challenges } = state;
  const nowMs = () => clock.now().getTime();
  const find = ({ digest, purpose, userId }: ChallengeReference) => {
    const found = challenges.get(digest);
    const matches = found?.purpose === purpose && found.userId === userId && found.expiresAtMs > nowMs();
    return matches ? { passwordVersion: found.passwordVersion } : null;
  };
  return {
    issue: ({ digest, ttlMs, ...challenge }) =>
      runAtomically(() => {
        const expiresAtMs = nowMs() + ttlMs;
        if (challenges.has(digest)) throw new TypeError('A challenge with this digest already exists.');
        const hasAccount = challenge.userId === null || state.users.has(challenge.userId);
        if (hasAccount) challenges.set(digest, { ...challenge, expiresAtMs });
        return new Date(expiresAtMs);
      }),
    find: (reference) => runAtomically(() => find(reference)),
    consume: (reference) =>
      runAtomically(() => {
        const found = find(reference);
        if (found !== null) challenges.delete(reference.digest);
        return found;
      }),
    purgeExpired: () =>
      runAtomically(() => {
        let purged = 0;
        for (const [digest, { expiresAtMs }] of challenges) {
          if (expiresAtMs <= nowMs() && challenges.delete(digest)) purged += 1;
        }
        return purged;
      }),
  };
}
