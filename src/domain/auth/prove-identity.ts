import type { ChallengeStore } from '../../ports/challenge-store.js';
import type { PasskeyStore } from '../../ports/passkey-store.js';
import type { PasskeyVerifier, WebAuthnJson } from '../../ports/passkey-verifier.js';
import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { DomainError } from '../errors.js';
import { checkFactor, type CheckFactorDeps, type PresentedFactor } from '../factors/check-factor.js';
import { requestPasskey } from '../factors/request-passkey.js';
import { requireSession, type Caller } from './caller.js';
import { confirmIdentity, proofTtlMs, type ConfirmIdentityDeps } from './confirm-identity.js';

/** By what a signed-in user proves their identity again. */
export type PresentedProof = { method: 'password'; password: string } | PresentedFactor;

export type ProveIdentityDeps = ConfirmIdentityDeps &
  CheckFactorDeps & { clock: Clock; secrets: Pick<Secrets, 'digest'> };

/**
 * Records that the caller has proved their identity, so that sensitive changes are possible for 10 minutes; returns until when.
 * Rejects with `session_required`, `wrong_password`, `wrong_code`, `wrong_passkey` or `rate_limited`, or with `unauthenticated`
 * if the session has ended.
 */
export async function proveIdentity(
  deps: ProveIdentityDeps,
  input: { caller: Caller; proof: PresentedProof; origin: Origin },
): Promise<{ provedUntil: Date }> {
  const { caller, proof, origin } = input;
  const sessionId = requireSession(caller);
  const userId = caller.user.id;
  if (proof.method === 'password') {
    await confirmIdentity(deps, { caller, currentPassword: proof.password, origin });
  } else {
    await checkFactor(deps, { userId, factor: proof, purpose: 'passkey_proof', origin });
    if (!(await deps.authTokenStore.recordProof(userId, sessionId))) {
      throw new DomainError('unauthenticated', 'This session has ended.');
    }
  }
  return { provedUntil: new Date(deps.clock.now().getTime() + proofTtlMs) };
}

/** Returns the options with which a browser uses a passkey of the caller as the proof. Rejects with `session_required`. */
export async function requestProof(
  deps: {
    challengeStore: Pick<ChallengeStore, 'issue'>;
    passkeyStore: Pick<PasskeyStore, 'passkeys'>;
    passkeyVerifier: Pick<PasskeyVerifier, 'requestOptions'>;
    secrets: Secrets;
  },
  { caller }: { caller: Caller },
): Promise<WebAuthnJson> {
  requireSession(caller);
  return requestPasskey(deps, { purpose: 'passkey_proof', userId: caller.user.id });
}
