import type { AuthTokenReference } from './auth-token.js';

/** A sign-in on one device, until it ends. */
export interface Session {
  id: string;
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date;
  userAgent: string | null;
}

/** The two auth tokens that are issued together; refreshing the session replaces both. */
export interface AuthTokenPair {
  id: string;
  access: AuthTokenReference;
  accessTtlMs: number;
  refresh: AuthTokenReference;
  refreshTtlMs: number;
}

/** When the auth tokens of a pair expire. */
export interface PairExpiry {
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
}

/** What registration, sign-in and refresh return: the secrets of the session, and when they expire. */
export interface OpenedSession extends PairExpiry {
  sessionId: string;
  accessSecret: string;
  refreshSecret: string;
}
