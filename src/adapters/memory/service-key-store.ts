import type { ServiceKey } from '../../domain/auth/service-key.js';
import type { Clock } from '../../ports/clock.js';
import type { ServiceKeyStore } from '../../ports/service-key-store.js';
import { runAtomically, type MemoryState } from './state.js';

const useRecordedEveryMs = 60_000;

/** Service keys in memory. */
export function memoryServiceKeyStore(state: MemoryState, clock: Pick<Clock, 'now'>): ServiceKeyStore {
  const isActiveAdmin = ({ userId, sessionId }: { userId: string; sessionId: string }) => {
    const user = state.users.get(userId)?.user;
    const hasSession = state.sessions.get(userId)?.has(sessionId) === true;
    return hasSession && user?.role === 'admin' && user.status === 'active';
  };
  return {
    create: ({ reference, name, scopes, lastCharacters, createdBy, expiresAt, maxKeys }) =>
      runAtomically(() => {
        if (createdBy !== null && !isActiveAdmin(createdBy)) return { outcome: 'session_ended' };
        if (state.serviceKeys.size >= maxKeys) return { outcome: 'too_many' };
        const key: ServiceKey = {
          ...{ id: reference.keyId, name, scopes: [...scopes], lastCharacters, expiresAt },
          createdBy: createdBy?.userId ?? null,
          createdAt: clock.now(),
          lastUsedAt: null,
        };
        state.serviceKeys.set(key.id, { key: structuredClone(key), digest: reference.digest });
        return { outcome: 'created', key };
      }),
    keys: () =>
      runAtomically(() =>
        [...state.serviceKeys.values()]
          .map(({ key }) => structuredClone(key))
          .sort((left, right) => (left.id < right.id ? 1 : -1)),
      ),
    remove: (keyId) => runAtomically(() => state.serviceKeys.delete(keyId)),
    findCaller: ({ keyId, digest }) =>
      runAtomically(() => {
        const now = clock.now();
        const stored = state.serviceKeys.get(keyId);
        if (stored?.digest !== digest) return null;
        const { key } = stored;
        if (key.expiresAt !== null && key.expiresAt <= now) return null;
        if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > useRecordedEveryMs) {
          state.serviceKeys.set(keyId, { ...stored, key: { ...key, lastUsedAt: now } });
        }
        return { by: { kind: 'service_key', keyId, scopes: [...key.scopes] } };
      }),
  };
}
