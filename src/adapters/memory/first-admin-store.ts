import type { Clock } from '../../ports/clock.js';
import type { FirstAdminStore } from '../../ports/first-admin-store.js';
import { runAtomically, type MemoryState } from './state.js';
import { activeAdmins, createUser } from './user-store.js';

/** Setup secrets for the first administrator, in memory. */
export function memoryFirstAdminStore(state: MemoryState, clock: Pick<Clock, 'now'>): FirstAdminStore {
  const { firstAdminSecrets: secrets } = state;
  const nowMs = () => clock.now().getTime();
  const hasAdmin = () => activeAdmins(state).length > 0;
  const isUsable = (digest: string) => !hasAdmin() && (secrets.get(digest) ?? 0) > nowMs();
  return {
    issue: ({ digest, ttlMs }) =>
      runAtomically(() => {
        if (hasAdmin()) return false;
        secrets.set(digest, nowMs() + ttlMs);
        return true;
      }),
    isUsable: (digest) => runAtomically(() => isUsable(digest)),
    create: (digest, user) =>
      runAtomically(() => {
        if (!isUsable(digest)) return { outcome: 'invalid' };
        const created = createUser(state, clock, user);
        if (created.outcome === 'created') secrets.clear();
        return created;
      }),
    purgeExpired: () =>
      runAtomically(() => {
        const expired = [...secrets].filter(([, expiresAtMs]) => expiresAtMs <= nowMs());
        for (const [digest] of expired) secrets.delete(digest);
        return expired.length;
      }),
  };
}
