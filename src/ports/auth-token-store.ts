import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { User } from '../domain/users/user.js';

/** Who is calling, and through which session. */
export interface Caller {
  user: User;
  sessionId: string;
}

/** Sessions and the auth tokens that belong to them. Knows digests only. */
export interface AuthTokenStore {
  /**
   * Atomic: the session and its auth token exist together. The token expires `ttlMs` after now, by the store's
   * clock. Answers when that is; null when the account is gone or disabled by then.
   */
  openSession(session: {
    sessionId: string;
    authToken: AuthTokenReference;
    ttlMs: number;
    userAgent: string | null;
  }): Promise<{ expiresAt: Date } | null>;
  /** The caller, when the auth token is known, unexpired, of this very kind, and its account active; else null. */
  findCaller(authToken: AuthTokenReference): Promise<Caller | null>;
  /** Ends a session with all its auth tokens, from the next call on. False when there was none. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** Forgets sessions of which no auth token can be used any more; answers how many. */
  purgeExpired(): Promise<number>;
}
