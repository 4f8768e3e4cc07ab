import type { ApiKey } from '../../domain/auth/api-key.js';
import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Clock } from '../../ports/clock.js';
import {
  runAtomically,
  copyOf,
  removeKey,
  removeKeys,
  type MemoryState,
  type StoredApiKey,
} from './state.js';

const useRecordedEveryMs = 60_000;

/** API keys in memory. */
export function memoryApiKeyStore(state: MemoryState, clock: Pick<Clock, 'now'>): ApiKeyStore {
  const keysOf = (userId: string) => state.apiKeys.get(userId) ?? new Map<string, StoredApiKey>();
  return {
    create: ({ id, sessionId, authToken, name, lastCharacters, expiresAt, models, maxKeys }) =>
      runAtomically(() => {
        const keys = keysOf(authToken.userId);
        if (!state.sessions.get(authToken.userId)?.has(sessionId)) return { outcome: 'session_ended' };
        if (keys.size >= maxKeys) return { outcome: 'too_many' };
        const key: ApiKey = {
          id,
          name,
          lastCharacters,
          createdAt: clock.now(),
          expiresAt,
          lastUsedAt: null,
          models: models && [...models],
        };
        keys.set(id, { key: Object.freeze(key), digest: authToken.digest });
        state.apiKeys.set(authToken.userId, keys);
        return { outcome: 'created', key: copyOfKey(key) };
      }),
    keys: (userId) =>
      runAtomically(() =>
        [...keysOf(userId).values()]
          .map(({ key }) => copyOfKey(key))
          .sort((left, right) => (left.id < right.id ? 1 : -1)),
      ),
    remove: (userId, keyId) => runAtomically(() => removeKey(state, userId, keyId)),
    removeAll: (userId) => runAtomically(() => removeKeys(state, userId)),
    findCaller: ({ userId, digest }) =>
      runAtomically(() => {
        const now = clock.now();
        const user = state.users.get(userId)?.user;
        const stored = [...keysOf(userId).values()].find((candidate) => candidate.digest === digest);
        if (stored === undefined || user?.status !== 'active') return null;
        const { key } = stored;
        if (key.expiresAt !== null && key.expiresAt <= now) return null;
        if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > useRecordedEveryMs) {
          keysOf(userId).set(key.id, { ...stored, key: Object.freeze({ ...key, lastUsedAt: now }) });
        }
        return {
          user: copyOf(user),
          by: { kind: 'api_key', keyId: key.id, models: key.models && [...key.models] },
        };
      }),
  };
}

function copyOfKey(key: Readonly<ApiKey>): ApiKey {
  const copy = (date: Date | null) => (date === null ? null : new Date(date));
  return {
    ...copyOf(key),
    expiresAt: copy(key.expiresAt),
    lastUsedAt: copy(key.lastUsedAt),
    models: key.models && [...key.models],
  };
}
