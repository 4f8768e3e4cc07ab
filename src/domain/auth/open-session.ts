import { DomainError } from '../errors.js';
import type { OpenedSession } from './session.js';
import { mintPair, type SessionNeeds } from './mint-pair.js';

/**
 * Opens a session for somebody who has just proved who they are. `unauthenticated` when the account is gone, or its
 * password another by now.
 */
export async function openSession(
  needs: SessionNeeds,
  input: { userId: string; passwordVersion: number; userAgent: string | null },
): Promise<OpenedSession> {
  const sessionId = needs.ids.next();
  const { pair, ...secrets } = mintPair(needs, input.userId);
  const expiry = await needs.authTokenStore.openSession({ ...input, sessionId, pair });
  if (expiry === null)
    throw new DomainError('unauthenticated', 'This account is not active any more, or has another password.');
  return { sessionId, ...secrets, ...expiry };
}
