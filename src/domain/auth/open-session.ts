import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError } from '../errors.js';
import type { Policy } from '../policy.js';
import { mintAuthToken } from './auth-token.js';

/** What a person gets at register and login: a secret to call with, and when it ends. */
export interface OpenedSession {
  sessionId: string;
  accessSecret: string;
  expiresAt: Date;
}

export interface OpenSessionNeeds {
  authTokenStore: Pick<AuthTokenStore, 'openSession'>;
  secrets: Secrets;
  ids: Ids;
  policy: Pick<Policy, 'accessTtlMs'>;
}

/** Opens a session for somebody who has just proved who they are. `unauthenticated` when the account is gone. */
export async function openSession(
  needs: OpenSessionNeeds,
  input: { userId: string; userAgent: string | null },
): Promise<OpenedSession> {
  const sessionId = needs.ids.next();
  const { secret, reference } = mintAuthToken(needs.secrets, 'access', input.userId);
  const opened = await needs.authTokenStore.openSession({
    sessionId,
    authToken: reference,
    ttlMs: needs.policy.accessTtlMs,
    userAgent: input.userAgent,
  });
  if (opened === null) throw new DomainError('unauthenticated', 'This account is not active any more.');
  return { sessionId, accessSecret: secret, expiresAt: opened.expiresAt };
}
