import { DomainError } from '../errors.js';
import type { OpenedSession } from './session.js';
import { createAuthTokenPair, type SessionDeps } from './create-auth-token-pair.js';

/**
 * Opens a session for somebody who has just proved who they are. `unauthenticated` when the account is gone, or its
 * password another by now.
 */
export async function openSession(
  deps: SessionDeps,
  input: { userId: string; passwordVersion: number; userAgent: string | null },
): Promise<OpenedSession> {
  const sessionId = deps.ids.next();
  const { pair, ...secrets } = createAuthTokenPair(deps, input.userId);
  const expiry = await deps.authTokenStore.openSession({ ...input, sessionId, pair });
  if (expiry === null)
    throw new DomainError('unauthenticated', 'This account is not active any more, or has another password.');
  return { sessionId, ...secrets, ...expiry };
}
