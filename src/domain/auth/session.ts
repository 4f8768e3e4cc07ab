import type { AuthTokenReference } from './auth-token.js';

/** One sign-in on one device, until it ends. */
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

/** When a pair stops working by itself. */
export interface PairExpiry {
  accessExpiresAt: Date;
  refreshExpiresAt: Date;
}

/** What a person gets at register, login and refresh: the secrets to go on with, and when they end. */
export interface OpenedSession extends PairExpiry {
  sessionId: string;
  accessSecret: string;
  refreshSecret: string;
}
