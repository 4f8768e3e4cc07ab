import { DomainError } from '../errors.js';
import type { OpenedSession } from './session.js';
import { createAuthTokenPair, type SessionDeps } from './create-auth-token-pair.js';

/**
 * Opens a session for a user who has proved their identity. Rejects with `unauthenticated` if the account no longer exists or is
 * disabled, or if its password has changed in the meantime.
 */
export async function openSession(
  deps: SessionDeps,
  input: { userId: string; passwordVersion: number; isProof: boolean; userAgent: string | null },
): Promise<OpenedSession> {
  const sessionId = deps.ids.next();
  const { pair, ...secrets } = createAuthTokenPair(deps, input.userId);
  const expiry = await deps.authTokenStore.openSession({ ...input, sessionId, pair });
  if (expiry === null)
    throw new DomainError(
      'unauthenticated',
      'This account is no longer active, or its password has changed.',
    );
  return { sessionId, ...secrets, ...expiry };
}
