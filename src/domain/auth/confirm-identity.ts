import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { UserCredentials } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { DomainError } from '../errors.js';
import { requireSession, type Caller } from './caller.js';
import { confirmPassword, type ConfirmPasswordDeps } from './confirm-password.js';

/** How long a proof of identity counts for sensitive changes. */
export const proofTtlMs = 10 * 60 * 1000;

export interface ConfirmIdentityDeps extends ConfirmPasswordDeps {
  authTokenStore: Pick<AuthTokenStore, 'recordProof' | 'isProved'>;
}

/**
 * Requires that a signed-in caller proves their identity before a sensitive change: by their password in the same request, or
 * by a password, passkey or code within the last 10 minutes, the sign-in included. Returns the account as it is now. Rejects
 * with `session_required`, `proof_required` if there is no such proof, as `confirmPassword` does for a password, or with
 * `unauthenticated` if the account no longer exists.
 *
 * @param input.currentPassword The password in the request; undefined or null for none.
 */
export async function confirmIdentity(
  deps: ConfirmIdentityDeps,
  input: { caller: Caller; currentPassword: string | null | undefined; origin: Origin },
): Promise<UserCredentials> {
  const { caller, currentPassword, origin } = input;
  const sessionId = requireSession(caller);
  const userId = caller.user.id;
  if (currentPassword !== undefined && currentPassword !== null) {
    const confirmed = await confirmPassword(deps, { caller, password: currentPassword, origin });
    await deps.authTokenStore.recordProof(userId, sessionId);
    return confirmed;
  }
  if (!(await deps.authTokenStore.isProved({ userId, sessionId, maxAgeMs: proofTtlMs }))) {
    throw new DomainError(
      'proof_required',
      'Prove your identity again: by your password, a passkey or a code of the last 10 minutes.',
    );
  }
  const found = await deps.userStore.findById(userId);
  if (found === null) throw new DomainError('unauthenticated', 'This account is no longer active.');
  return found;
}
