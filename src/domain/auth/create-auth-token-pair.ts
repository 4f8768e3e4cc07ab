import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Policy } from '../policy.js';
import { createAuthToken } from './auth-token.js';
import type { AuthTokenPair } from './session.js';

export interface SessionDeps {
  authTokenStore: Pick<AuthTokenStore, 'openSession' | 'refreshSession'>;
  secrets: Secrets;
  ids: Ids;
  policy: Pick<Policy, 'accessTtlMs' | 'refreshTtlMs'>;
}

/** Creates a pair of auth tokens for an account: the two secrets, and the pair as it is stored. */
export function createAuthTokenPair(
  { secrets, ids, policy }: Pick<SessionDeps, 'secrets' | 'ids' | 'policy'>,
  userId: string,
): { pair: AuthTokenPair; accessSecret: string; refreshSecret: string } {
  const access = createAuthToken(secrets, 'access', userId);
  const refresh = createAuthToken(secrets, 'refresh', userId);
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
