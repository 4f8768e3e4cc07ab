import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { Caller } from '../domain/auth/caller.js';
import type { AuthTokenPair, PairExpiry, Session } from '../domain/auth/session.js';

/** `reused`: the refresh token was consumed more than `graceMs` ago, and its session has now ended. */
export type RefreshOutcome =
  | { outcome: 'refreshed'; sessionId: string; expiry: PairExpiry }
  | { outcome: 'reused' }
  | { outcome: 'unknown' };

/** Sessions and their auth tokens. Stores only digests of secrets. Lifetimes are measured by the store's clock. */
export interface AuthTokenStore {
  /**
   * Atomic: creates the session and its first pair. Returns null, and creates nothing, if the account does not exist or is
   * disabled, or if its password no longer has the version `passwordVersion`.
   *
   * @param session.isProof True if `isProved` is true of it from now on, as after `recordProof`.
   */
  openSession(session: {
    userId: string;
    passwordVersion: number;
    sessionId: string;
    pair: AuthTokenPair;
    isProof: boolean;
    userAgent: string | null;
  }): Promise<PairExpiry | null>;
  /**
   * Atomic: consumes the presented refresh token, invalidates the access token of its pair, and creates the new pair. If the
   * refresh token was consumed within the last `graceMs`, only creates another pair. If it was consumed earlier, ends its
   * session with all its auth tokens. Parallel calls with the same refresh token are all refreshed.
   */
  refreshSession(refresh: {
    presented: AuthTokenReference;
    pair: AuthTokenPair;
    graceMs: number;
  }): Promise<RefreshOutcome>;
  /** Returns the caller if the auth token exists, is not expired, has exactly this kind and its account is active; otherwise null. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
  /** As `findCaller`, for an imported access token, which contains no user id and is looked up by its digest alone. */
  findImportedCaller(digest: string): Promise<Caller | null>;
  /** Returns the account's sessions that have a valid auth token, the last used first. */
  sessions(userId: string): Promise<Session[]>;
  /** Ends a session with all its auth tokens; the next call of `findCaller` does not find them. Returns false if there was none. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all sessions of the account except `keptSessionId`; all with null. Returns how many. */
  endOtherSessions(userId: string, keptSessionId: string | null): Promise<number>;
  /** Records that the user of a session has proved their identity now. Returns false if the session has ended. */
  recordProof(userId: string, sessionId: string): Promise<boolean>;
  /** Returns true if the user of this session proved their identity within the last `maxAgeMs` milliseconds. */
  isProved(proof: { userId: string; sessionId: string; maxAgeMs: number }): Promise<boolean>;
  /** Deletes expired auth tokens, and sessions without auth tokens. Returns how many sessions. */
  purgeExpired(): Promise<number>;
}
