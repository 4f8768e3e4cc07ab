import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Policy } from '../policy.js';
import { mintAuthToken, type AuthTokenReference } from './auth-token.js';

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

/** What opening and refreshing a session stand on. */
export interface SessionNeeds {
  authTokenStore: Pick<AuthTokenStore, 'openSession' | 'refreshSession'>;
  secrets: Secrets;
  ids: Ids;
  policy: Pick<Policy, 'accessTtlMs' | 'refreshTtlMs'>;
}

/** A fresh pair for an account: its secrets, and the pair as it is stored. */
export function mintPair(
  { secrets, ids, policy }: Pick<SessionNeeds, 'secrets' | 'ids' | 'policy'>,
  userId: string,
): { pair: AuthTokenPair; accessSecret: string; refreshSecret: string } {
  const access = mintAuthToken(secrets, 'access', userId);
  const refresh = mintAuthToken(secrets, 'refresh', userId);
  return {
    pair: {
      id: ids.next(),
      access: access.reference,
      accessTtlMs: policy.accessTtlMs,
      refresh: refresh.reference,
      refreshTtlMs: policy.refreshTtlMs,
    },
    accessSecret: access.secret,
    refreshSecret: refresh.secret,
  };
}
