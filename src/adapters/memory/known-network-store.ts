import type { Clock } from '../../ports/clock.js';
import type { KnownNetworkStore } from '../../ports/known-network-store.js';
import { runAtomically, type MemoryState } from './state.js';

/** Known sign-in networks in memory. */
export function memoryKnownNetworkStore(state: MemoryState, clock: Pick<Clock, 'now'>): KnownNetworkStore {
  const { knownNetworks } = state;
  const nowMs = () => clock.now().getTime();
  return {
    remember: ({ userId, digest }, max) =>
      runAtomically(() => {
        if (!state.users.has(userId)) return;
        const known = knownNetworks.get(userId) ?? new Map<string, number>();
        knownNetworks.set(userId, known);
        // Set again, so that the map is ordered by last use.
        known.delete(digest);
        known.set(digest, nowMs());
        for (const oldest of [...known.keys()].slice(0, -max)) known.delete(oldest);
      }),
    isKnown: ({ userId, digest }, maxAgeMs) =>
      runAtomically(() => (knownNetworks.get(userId)?.get(digest) ?? -Infinity) > nowMs() - maxAgeMs),
    purgeUnused: (maxAgeMs) =>
      runAtomically(() => {
        let purged = 0;
        for (const known of knownNetworks.values()) {
          for (const [digest, usedAtMs] of known) {
            if (usedAtMs <= nowMs() - maxAgeMs && known.delete(digest)) purged += 1;
          }
        }
        return purged;
      }),
  };
}
