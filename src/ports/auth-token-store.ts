import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { Caller } from '../domain/auth/caller.js';
import type { AuthTokenPair, PairExpiry, Session } from '../domain/auth/session.js';

/** `reused`: the refresh token had been consumed longer ago than is forgiven, and its session has ended now. */
export type RefreshOutcome =
  | { outcome: 'refreshed'; sessionId: string; expiry: PairExpiry }
  | { outcome: 'reused' }
  | { outcome: 'unknown' };

/** Sessions and the auth tokens that belong to them. Knows digests only. Lifetimes are by the store's clock. */
export interface AuthTokenStore {
  /**
   * Atomic: the session and its first pair exist together. Null when by then the account is gone or disabled, or has
   * another password than the one of this version, by which the session is opened.
   */
  openSession(session: {
    userId: string;
    passwordVersion: number;
    sessionId: string;
    pair: AuthTokenPair;
    userAgent: string | null;
  }): Promise<PairExpiry | null>;
  /**
   * Atomic: the presented refresh token is consumed, the access token of its pair stops working, and the new pair
   * exists. Consumed within the last `graceMs`, it brings one more pair and nothing else changes; consumed before
   * that, its session ends with all that belongs to it. Any number at once with one token are all refreshed.
   */
  refreshSession(refresh: {
    presented: AuthTokenReference;
    pair: AuthTokenPair;
    graceMs: number;
  }): Promise<RefreshOutcome>;
  /** The caller, when the auth token is known, unexpired, of this very kind, and its account active; else null. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
  /** As `findCaller`, for an access token that another system issued: it names no user, so its digest is all there is. */
  findImportedCaller(digest: string): Promise<Caller | null>;
  /** The account's sessions of which some auth token still works, the last used first. */
  sessions(userId: string): Promise<Session[]>;
  /** Ends a session with all its auth tokens, from the next call on. False when there was none. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all of the account's sessions but one, or with null all; answers how many. */
  endOtherSessions(userId: string, keptSessionId: string | null): Promise<number>;
  /** Forgets auth tokens that expired, and sessions of which none is left; answers how many sessions. */
  purgeExpired(): Promise<number>;
}
