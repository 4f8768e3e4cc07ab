import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { FactorStore } from '../../ports/factor-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { methodsOf, requiresFactor } from '../factors/factor.js';
import { signInChallenge } from '../factors/sign-in-challenge.js';
import type { Policy } from '../policy.js';
import type { User } from '../users/user.js';
import type { SessionDeps } from './create-auth-token-pair.js';
import { rememberNetwork, type KnownNetworkDeps } from './known-networks.js';
import { openSession } from './open-session.js';
import type { OpenedSession } from './session.js';

export interface OpenSignInSessionDeps extends SessionDeps, RecordAuditDeps, KnownNetworkDeps {
  secrets: SessionDeps['secrets'];
}

export interface CompleteSignInDeps extends OpenSignInSessionDeps {
  factorStore: Pick<FactorStore, 'factors'>;
  challengeStore: Pick<ChallengeStore, 'issue'>;
  policy: OpenSignInSessionDeps['policy'] & Pick<Policy, 'requireTwoFactors'>;
}

/** A user who has proved their identity by a first factor. */
export interface SignInProof {
  user: User;
  /** The version that the password of the account had when the identity was proved. */
  passwordVersion: number;
  /** By what the identity was proved. A passkey, which verifies its user, counts as two factors. */
  method: 'password' | 'passkey' | 'provider';
  /** False if it does not count as a recent proof for sensitive changes; true by default. */
  isProof?: boolean;
  origin: Origin;
}

/**
 * Opens the session of a user who has proved their identity. Every sign-in ends here: by password, by passkey and by a
 * provider. Rejects with `unauthenticated` if the account no longer exists or is disabled, or if its password has changed in
 * the meantime.
 *
 * An account with a second factor, or one that must have one, gets no session: rejects with `second_factor_required` or
 * `factor_setup_required`, whose details have the challenge with which the sign-in goes on.
 */
export async function completeSignIn(deps: CompleteSignInDeps, proof: SignInProof): Promise<OpenedSession> {
  const { user, passwordVersion, method } = proof;
  if (method !== 'passkey') {
    const methods = methodsOf(await deps.factorStore.factors(user.id));
    if (methods.length > 0 || requiresFactor(deps.policy.requireTwoFactors, user)) {
      throw await signInChallenge(deps, { userId: user.id, passwordVersion, methods });
    }
  }
  return openSignInSession(deps, proof);
}

/** Opens the session of a user who has proved every factor that is required. Rejects with `unauthenticated`. */
export async function openSignInSession(
  deps: OpenSignInSessionDeps,
  { user, passwordVersion, isProof = true, origin }: Omit<SignInProof, 'method'>,
): Promise<OpenedSession> {
  const { userAgent } = origin;
  const session = await openSession(deps, { userId: user.id, passwordVersion, isProof, userAgent });
  await rememberNetwork(deps, { userId: user.id, address: origin.address });
  await recordAudit(deps, 'signed_in', { userId: user.id, subjectId: session.sessionId, origin });
  return session;
}
