import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { DomainError } from '../errors.js';
import { parseAuthToken } from './auth-token.js';
import type { OpenedSession } from './session.js';
import { createAuthTokenPair, type SessionDeps } from './create-auth-token-pair.js';

/** How long a used refresh token still works, for instance if two tabs refresh at once. */
export const refreshGraceMs = 10_000;

/**
 * Replaces the auth tokens of a session by a new pair. If a refresh token is used again within `refreshGraceMs`, it returns
 * another working pair of the same session; after that it counts as stolen, and the session ends (RFC 9700, 4.14.2). Rejects
 * with `unauthenticated`.
 */
export async function refreshSession(
  deps: SessionDeps & RecordAuditDeps,
  input: { refreshSecret: string; origin: Origin },
): Promise<OpenedSession> {
  const presented = parseAuthToken(deps.secrets, ['refresh'], input.refreshSecret);
  if (presented === null) throw invalidRefreshToken();
  const { pair, ...secrets } = createAuthTokenPair(deps, presented.userId);
  const refreshed = await deps.authTokenStore.refreshSession({ presented, pair, graceMs: refreshGraceMs });
  if (refreshed.outcome === 'reused') {
    await recordAudit(deps, 'refresh_token_reused', { userId: presented.userId, origin: input.origin });
  }
  if (refreshed.outcome !== 'refreshed') throw invalidRefreshToken();
  return { sessionId: refreshed.sessionId, ...secrets, ...refreshed.expiry };
}

function invalidRefreshToken(): DomainError {
  return new DomainError('unauthenticated', 'This refresh token is not valid.');
}
