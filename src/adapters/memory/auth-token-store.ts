import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import type { AuthTokenStore, Caller } from '../../ports/auth-token-store.js';
import type { Clock } from '../../ports/clock.js';
import { atOnce, copyOf, type MemoryState, type StoredAuthToken } from './state.js';

/** Sessions and auth tokens in memory. */
export function memoryAuthTokenStore(state: MemoryState, clock: Pick<Clock, 'now'>): AuthTokenStore {
  const nowMs = () => clock.now().getTime();
  return {
    openSession: ({ sessionId, authToken, ttlMs }) =>
      atOnce(() => {
        const sessions = state.sessions.get(authToken.userId);
        if (sessions === undefined || state.users.get(authToken.userId)?.user.status !== 'active')
          return null;
        if (sessions.has(sessionId)) throw new TypeError('There is a session of this id.');
        if (find(state, authToken) !== undefined)
          throw new TypeError('There is an auth token of this digest.');
        const expiresAtMs = nowMs() + ttlMs;
        const stored = Object.freeze({ reference: Object.freeze({ ...authToken }), sessionId, expiresAtMs });
        sessions.set(sessionId, new Map([[authToken.digest, stored]]));
        return { expiresAt: new Date(expiresAtMs) };
      }),
    findCaller: (authToken) => atOnce(() => findCaller(state, authToken, nowMs())),
    endSession: (userId, sessionId) => atOnce(() => state.sessions.get(userId)?.delete(sessionId) ?? false),
    purgeExpired: () =>
      atOnce(() => {
        let purged = 0;
        for (const sessions of state.sessions.values()) {
          for (const [sessionId, authTokens] of sessions) {
            if ([...authTokens.values()].some(({ expiresAtMs }) => expiresAtMs > nowMs())) continue;
            sessions.delete(sessionId);
            purged += 1;
          }
        }
        return purged;
      }),
  };
}

function findCaller(state: MemoryState, authToken: AuthTokenReference, nowMs: number): Caller | null {
  const stored = find(state, authToken);
  const user = state.users.get(authToken.userId)?.user;
  if (stored?.reference.kind !== authToken.kind || stored.expiresAtMs <= nowMs) return null;
  return user?.status === 'active' ? { user: copyOf(user), sessionId: stored.sessionId } : null;
}

function find(state: MemoryState, { userId, digest }: AuthTokenReference): StoredAuthToken | undefined {
  for (const authTokens of state.sessions.get(userId)?.values() ?? []) {
    const stored = authTokens.get(digest);
    if (stored !== undefined) return stored;
  }
  return undefined;
}
