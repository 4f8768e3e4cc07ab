import type { UserStore } from '../../ports/user-store.js';
import type { WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit } from '../audit/record-audit.js';
import { completeSignIn, type CompleteSignInDeps } from '../auth/complete-sign-in.js';
import type { OpenedSession } from '../auth/session.js';
import { DomainError, isDomainError } from '../errors.js';
import type { User } from '../users/user.js';
import { requestPasskey, type RequestPasskeyDeps } from './request-passkey.js';
import { findSignIn } from './sign-in-challenge.js';
import { usePasskey, type UsePasskeyDeps } from './use-passkey.js';
import type { ChallengeStore } from '../../ports/challenge-store.js';

/**
 * Returns the options with which a browser signs in by a passkey, without a name; with the challenge of a sign-in, those by
 * which a passkey of its account is its second factor. Rejects with `challenge_expired`.
 */
export async function requestPasskeySignIn(
  deps: RequestPasskeyDeps & { challengeStore: Pick<ChallengeStore, 'issue' | 'find' | 'consume'> },
  { challengeSecret }: { challengeSecret: string | null },
): Promise<WebAuthnJson> {
  if (challengeSecret === null) return requestPasskey(deps, { purpose: 'passkey_sign_in', userId: null });
  const { userId } = await findSignIn(deps, { secret: challengeSecret, purpose: 'second_factor' });
  return requestPasskey(deps, { purpose: 'passkey_factor', userId });
}

export interface SignInByPasskeyDeps extends CompleteSignInDeps, UsePasskeyDeps {
  userStore: Pick<UserStore, 'findById'>;
  challengeStore: CompleteSignInDeps['challengeStore'] & UsePasskeyDeps['challengeStore'];
  secrets: CompleteSignInDeps['secrets'];
  policy: CompleteSignInDeps['policy'] & UsePasskeyDeps['policy'];
}

/**
 * Opens a session by a passkey that verified its user, without a name or password. Rejects with `invalid_credentials` for every
 * reason: the challenge, the passkey or the account is not valid.
 */
export async function signInByPasskey(
  deps: SignInByPasskeyDeps,
  { response, origin }: { response: WebAuthnJson; origin: Origin },
): Promise<{ user: User; session: OpenedSession }> {
  const used = await usePasskey(deps, { response, purpose: 'passkey_sign_in', userId: null, origin });
  const found = used === null ? null : await deps.userStore.findById(used.userId);
  if (found?.user.status !== 'active') {
    await recordAudit(deps, 'sign_in_failed', { userId: used?.userId ?? null, origin });
    throw invalidPasskey();
  }
  const { user, passwordVersion } = found;
  const proof = { user, passwordVersion, method: 'passkey', origin } as const;
  const session = await completeSignIn(deps, proof).catch((error: unknown) => {
    throw isDomainError(error) && error.code === 'unauthenticated' ? invalidPasskey() : error;
  });
  return { user, session };
}

function invalidPasskey(): DomainError {
  return new DomainError('invalid_credentials', 'No active account has this passkey.');
}
