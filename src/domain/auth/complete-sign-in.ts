import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import type { User } from '../users/user.js';
import type { SessionDeps } from './create-auth-token-pair.js';
import { rememberNetwork, type KnownNetworkDeps } from './known-networks.js';
import { openSession } from './open-session.js';
import type { OpenedSession } from './session.js';

export interface CompleteSignInDeps extends SessionDeps, RecordAuditDeps, KnownNetworkDeps {
  secrets: SessionDeps['secrets'];
}

/** A user who has proved their identity by a first factor. */
export interface SignInProof {
  user: User;
  /** The version that the password of the account had when the identity was proved. */
  passwordVersion: number;
  /** By what the identity was proved. A passkey, which verifies its user, counts as two factors. */
  method: 'password' | 'passkey' | 'provider';
  origin: Origin;
}

/**
 * Opens the session of a user who has proved their identity. Every sign-in ends here: by password, by passkey and by a
 * provider. Rejects with `unauthenticated` if the account no longer exists or is disabled, or if its password has changed in
 * the meantime.
 */
export async function completeSignIn(deps: CompleteSignInDeps, proof: SignInProof): Promise<OpenedSession> {
  const { user, passwordVersion, origin } = proof;
  const session = await openSession(deps, { userId: user.id, passwordVersion, userAgent: origin.userAgent });
  await rememberNetwork(deps, { userId: user.id, address: origin.address });
  await recordAudit(deps, 'signed_in', { userId: user.id, subjectId: session.sessionId, origin });
  return session;
}
