import type { ChallengePurpose, ChallengeStore } from '../../ports/challenge-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { createAuthToken, parseAuthToken } from '../auth/auth-token.js';
import { DomainError } from '../errors.js';
import { challengeExpired } from './factor-errors.js';
import type { FactorMethod, SignInChallenge } from './factor-method.js';

/** How long a sign-in waits for its second factor. */
export const signInChallengeTtlMs = 10 * 60 * 1000;

type SignInPurpose = Extract<ChallengePurpose, 'second_factor' | 'factor_setup'>;

/**
 * Returns the error with which a sign-in goes on: `second_factor_required`, or `factor_setup_required` if the account has no
 * factor and must have one. Its details have the challenge.
 */
export async function signInChallenge(
  deps: { challengeStore: Pick<ChallengeStore, 'issue'>; secrets: Secrets },
  signIn: { userId: string; passwordVersion: number; methods: readonly FactorMethod[] },
): Promise<DomainError> {
  const { userId, passwordVersion, methods } = signIn;
  const isSetUp = methods.length > 0;
  const { secret, reference } = createAuthToken(deps.secrets, 'sign_in_challenge', userId);
  const purpose: SignInPurpose = isSetUp ? 'second_factor' : 'factor_setup';
  const expiresAt = await deps.challengeStore.issue({
    ...{ digest: reference.digest, purpose, userId, passwordVersion },
    ttlMs: signInChallengeTtlMs,
  });
  const challenge: SignInChallenge = { secret, expiresAt, methods };
  return isSetUp
    ? new DomainError('second_factor_required', 'Complete the sign-in with your second factor.', {
        challenge,
      })
    : new DomainError(
        'factor_setup_required',
        'This service requires a second factor. Set one up to complete the sign-in.',
        { challenge },
      );
}

/** The sign-in that a secret belongs to. */
export interface ContinuedSignIn {
  userId: string;
  passwordVersion: number;
  /** Ends the challenge. Rejects with `challenge_expired` if it has ended. */
  consume(): Promise<void>;
}

/** Returns the sign-in that a secret belongs to. Rejects with `challenge_expired` if it is unknown, expired or was completed. */
export async function findSignIn(
  deps: { challengeStore: Pick<ChallengeStore, 'find' | 'consume'>; secrets: Secrets },
  { secret, purpose }: { secret: string; purpose: SignInPurpose },
): Promise<ContinuedSignIn> {
  const presented = parseAuthToken(deps.secrets, ['sign_in_challenge'], secret);
  if (presented === null) throw challengeExpired();
  const { userId, digest } = presented;
  const found = await deps.challengeStore.find({ digest, purpose, userId });
  if (found?.passwordVersion == null) throw challengeExpired();
  return {
    userId,
    passwordVersion: found.passwordVersion,
    consume: async () => {
      if ((await deps.challengeStore.consume({ digest, purpose, userId })) === null) throw challengeExpired();
    },
  };
}
