import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit } from '../audit/record-audit.js';
import { openSignInSession, type OpenSignInSessionDeps } from '../auth/complete-sign-in.js';
import type { OpenedSession } from '../auth/session.js';
import { isDomainError } from '../errors.js';
import type { User } from '../users/user.js';
import { checkFactor, type CheckFactorDeps, type PresentedFactor } from './check-factor.js';
import { challengeExpired } from './factor-errors.js';
import { findSignIn, type ContinuedSignIn } from './sign-in-challenge.js';

export interface OpenContinuedDeps extends OpenSignInSessionDeps {
  challengeStore: Pick<ChallengeStore, 'find' | 'consume'>;
  userStore: Pick<UserStore, 'findById'>;
}

export interface CompleteSecondFactorDeps extends CheckFactorDeps, OpenContinuedDeps {
  challengeStore: OpenContinuedDeps['challengeStore'];
  secrets: OpenContinuedDeps['secrets'];
  policy: CheckFactorDeps['policy'] & OpenContinuedDeps['policy'];
}

/**
 * Completes a sign-in with its second factor and opens the session. Rejects with `challenge_expired`, or as `checkFactor` does;
 * after a wrong factor the challenge can be used again.
 */
export async function completeSecondFactor(
  deps: CompleteSecondFactorDeps,
  input: { challengeSecret: string; factor: PresentedFactor; origin: Origin },
): Promise<{ user: User; session: OpenedSession }> {
  const { challengeSecret: secret, factor, origin } = input;
  const signIn = await findSignIn(deps, { secret, purpose: 'second_factor' });
  const { userId } = signIn;
  const method = await checkFactor(deps, { userId, factor, purpose: 'passkey_factor', origin });
  if (method === 'recovery_code') await recordAudit(deps, 'recovery_code_used', { userId, origin });
  return openContinued(deps, signIn, origin);
}

/** Ends the challenge of a sign-in and opens its session. Rejects with `challenge_expired`, also if the password has changed. */
export async function openContinued(
  deps: OpenContinuedDeps,
  signIn: ContinuedSignIn,
  origin: Origin,
): Promise<{ user: User; session: OpenedSession }> {
  const { userId, passwordVersion } = signIn;
  await signIn.consume();
  const found = await deps.userStore.findById(userId);
  if (found === null) throw challengeExpired();
  const { user } = found;
  const session = await openSignInSession(deps, { user, passwordVersion, origin }).catch((error: unknown) => {
    throw isDomainError(error) && error.code === 'unauthenticated' ? challengeExpired() : error;
  });
  return { user, session };
}
