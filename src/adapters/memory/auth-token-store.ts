import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import type { Caller } from '../../domain/auth/caller.js';
import type { AuthTokenPair, PairExpiry, Session } from '../../domain/auth/session.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Clock } from '../../ports/clock.js';
import {
  runAtomically,
  copyOf,
  type MemoryState,
  type StoredAuthToken,
  type StoredSession,
} from './state.js';

const useRecordedEveryMs = 60_000;

/** Sessions and auth tokens in memory. */
export function memoryAuthTokenStore(state: MemoryState, clock: Pick<Clock, 'now'>): AuthTokenStore {
  const nowMs = () => clock.now().getTime();
  const isActive = (userId: string) => state.users.get(userId)?.user.status === 'active';
  const sessionsOf = (userId: string) => state.sessions.get(userId) ?? new Map<string, StoredSession>();
  const recordUse = (stored: StoredSession) => {
    stored.session = Object.freeze({ ...stored.session, lastUsedAt: clock.now() });
  };
  const callerOf = (presented: AuthTokenReference): Caller | null => {
    const found = find(sessionsOf(presented.userId), presented, nowMs());
    const user = state.users.get(presented.userId)?.user;
    if (found === null || user?.status !== 'active') return null;
    const { stored } = found;
    if (nowMs() - stored.session.lastUsedAt.getTime() > useRecordedEveryMs) recordUse(stored);
    return { user: copyOf(user), by: { kind: 'session', sessionId: stored.session.id } };
  };
  return {
    openSession: ({ userId, passwordVersion, sessionId, pair, isProof, userAgent }) =>
      runAtomically(() => {
        if (!isActive(userId) || state.users.get(userId)?.passwordVersion !== passwordVersion) return null;
        const sessions = sessionsOf(userId);
        if (sessions.has(sessionId)) throw new TypeError('A session with this id already exists.');
        if ([...sessions.values()].some(({ authTokens }) => authTokens.has(pair.access.digest))) {
          throw new TypeError('An auth token with this digest already exists.');
        }
        const [createdAt, lastUsedAt] = [clock.now(), clock.now()];
        const session = Object.freeze({ id: sessionId, createdAt, lastUsedAt, userAgent });
        const provedAtMs = isProof ? nowMs() : null;
        const stored: StoredSession = { session, provedAtMs, authTokens: new Map() };
        sessions.set(sessionId, stored);
        state.sessions.set(userId, sessions);
        return addPair(stored, pair, nowMs());
      }),
    refreshSession: ({ presented, pair, graceMs }) =>
      runAtomically(() => {
        const found = find(sessionsOf(presented.userId), presented, nowMs());
        if (found === null || !isActive(presented.userId)) return { outcome: 'unknown' };
        const { stored, authToken } = found;
        if (authToken.consumedAtMs !== null && authToken.consumedAtMs <= nowMs() - graceMs) {
          sessionsOf(presented.userId).delete(stored.session.id);
          return { outcome: 'reused' };
        }
        authToken.consumedAtMs ??= nowMs();
        removeAccessToken(stored, authToken.pairId);
        recordUse(stored);
        const expiry = addPair(stored, pair, nowMs());
        return { outcome: 'refreshed', sessionId: stored.session.id, expiry };
      }),
    findCaller: (presented) => runAtomically(() => callerOf(presented)),
    findImportedCaller: (digest) =>
      runAtomically(() => {
        const userId = state.userIdsByImportedDigest.get(digest);
        return userId === undefined ? null : callerOf({ kind: 'access', userId, digest });
      }),
    sessions: (userId) =>
      runAtomically(() =>
        [...sessionsOf(userId).values()]
          .filter(({ authTokens }) => [...authTokens.values()].some((held) => isUsable(held, nowMs())))
          .map(({ session }) => ({ ...copyOf(session), lastUsedAt: new Date(session.lastUsedAt) }))
          .sort(byLastUse),
      ),
    endSession: (userId, sessionId) => runAtomically(() => sessionsOf(userId).delete(sessionId)),
    endOtherSessions: (userId, keptSessionId) =>
      runAtomically(() => {
        const sessions = sessionsOf(userId);
        const ended = [...sessions.keys()].filter((id) => id !== keptSessionId);
        for (const id of ended) sessions.delete(id);
        return ended.length;
      }),
    recordProof: (userId, sessionId) =>
      runAtomically(() => {
        const stored = sessionsOf(userId).get(sessionId);
        if (stored !== undefined) stored.provedAtMs = nowMs();
        return stored !== undefined;
      }),
    isProved: ({ userId, sessionId, maxAgeMs }) =>
      runAtomically(() => (sessionsOf(userId).get(sessionId)?.provedAtMs ?? -Infinity) > nowMs() - maxAgeMs),
    purgeExpired: () => runAtomically(() => purgeExpired(state, nowMs())),
  };
}

/** Whether an account has an imported auth token with this digest whose session has not ended. */
export function hasImportedDigest(state: MemoryState, digest: string): boolean {
  const userId = state.userIdsByImportedDigest.get(digest);
  const sessions = state.sessions.get(userId ?? '')?.values() ?? [];
  return [...sessions].some(({ authTokens }) => authTokens.has(digest));
}

function byLastUse(left: Session, right: Session): number {
  return right.lastUsedAt.getTime() - left.lastUsedAt.getTime() || (left.id < right.id ? 1 : -1);
}

function isUsable({ expiresAtMs, consumedAtMs }: StoredAuthToken, nowMs: number): boolean {
  return expiresAtMs > nowMs && consumedAtMs === null;
}

function find(
  sessions: Map<string, StoredSession>,
  presented: AuthTokenReference,
  nowMs: number,
): { stored: StoredSession; authToken: StoredAuthToken } | null {
  for (const stored of sessions.values()) {
    const authToken = stored.authTokens.get(presented.digest);
    if (authToken?.reference.kind === presented.kind && authToken.expiresAtMs > nowMs) {
      return { stored, authToken };
    }
  }
  return null;
}

function addPair({ authTokens }: StoredSession, pair: AuthTokenPair, nowMs: number): PairExpiry {
  const add = (reference: AuthTokenReference, ttlMs: number) => {
    const stored = { reference: Object.freeze({ ...reference }), pairId: pair.id, consumedAtMs: null };
    authTokens.set(reference.digest, { ...stored, expiresAtMs: nowMs + ttlMs });
    return new Date(nowMs + ttlMs);
  };
  return {
    accessExpiresAt: add(pair.access, pair.accessTtlMs),
    refreshExpiresAt: add(pair.refresh, pair.refreshTtlMs),
  };
}

function removeAccessToken({ authTokens }: StoredSession, pairId: string): void {
  for (const [digest, held] of authTokens) {
    if (held.pairId === pairId && held.reference.kind === 'access') authTokens.delete(digest);
  }
}

function purgeExpired(state: MemoryState, nowMs: number): number {
  let purged = 0;
  for (const sessions of state.sessions.values()) {
    for (const [sessionId, { authTokens }] of sessions) {
      for (const [digest, { expiresAtMs }] of authTokens) {
        if (expiresAtMs <= nowMs) authTokens.delete(digest);
      }
      if (authTokens.size === 0 && sessions.delete(sessionId)) purged += 1;
    }
  }
  return purged;
}
