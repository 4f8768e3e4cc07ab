import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Clock } from '../../ports/clock.js';
import type { ProviderClaims } from '../../ports/identity-provider.js';
import type { IdentityStore } from '../../ports/identity-store.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { proofTtlMs } from '../auth/confirm-identity.js';
import { DomainError } from '../errors.js';
import {
  finishAttempt,
  startAttempt,
  type ProviderResponse,
  type SignInAttemptDeps,
  type StartedSignIn,
} from './sign-in-attempt.js';

/** How long ago a person can have proved to their provider who they are, for a proof here: the way back takes time. */
export const freshSignInMs = 2 * 60_000;

/** Returns whether a person has just proved to their provider who they are; false if the provider does not say when. */
export function isFresh({ authenticatedAt }: Pick<ProviderClaims, 'authenticatedAt'>, now: Date): boolean {
  return authenticatedAt !== null && authenticatedAt.getTime() > now.getTime() - freshSignInMs;
}

/**
 * Begins a proof of the caller's identity by a provider, which must ask the person again, although they are signed in there.
 * Rejects with `session_required`, `not_found` or `identity_provider_unavailable`.
 */
export async function startProviderProof(
  deps: SignInAttemptDeps,
  { caller, providerId }: { caller: Caller; providerId: string },
): Promise<StartedSignIn> {
  requireSession(caller);
  return startAttempt(deps, { purpose: 'proof', providerId, userId: caller.user.id });
}

export interface FinishProviderProofDeps extends SignInAttemptDeps {
  identityStore: Pick<IdentityStore, 'findAccount'>;
  authTokenStore: Pick<AuthTokenStore, 'recordProof'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Records that the caller has proved their identity by a provider, so that sensitive changes are possible for 10 minutes;
 * returns until when. Rejects with `session_required`, with `wrong_identity` if the identity is not one of the account or the
 * provider did not ask the person again, with `unauthenticated` if the session has ended, or as `finishAttempt` does.
 */
export async function finishProviderProof(
  deps: FinishProviderProofDeps,
  { caller, ...response }: ProviderResponse & { caller: Caller },
): Promise<{ provedUntil: Date }> {
  const sessionId = requireSession(caller);
  const userId = caller.user.id;
  const claims = await finishAttempt(deps, response, { purpose: 'proof', userId });
  const owner = await deps.identityStore.findAccount(claims);
  const now = deps.clock.now();
  if (owner?.user.id !== userId || !isFresh(claims, now)) {
    throw new DomainError(
      'wrong_identity',
      'This proves nothing: the identity is not one of this account, or the provider did not ask for it again.',
    );
  }
  if (!(await deps.authTokenStore.recordProof(userId, sessionId))) {
    throw new DomainError('unauthenticated', 'This session has ended.');
  }
  return { provedUntil: new Date(now.getTime() + proofTtlMs) };
}
