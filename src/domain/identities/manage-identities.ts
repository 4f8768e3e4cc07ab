import type { IdentityProvider } from '../../ports/identity-provider.js';
import type { IdentityStore } from '../../ports/identity-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireOwner, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { unusablePasswordHash } from '../auth/password.js';
import { DomainError, notFound } from '../errors.js';
import type { Policy } from '../policy.js';
import type { Identity } from './identity.js';

/** Returns the identities of the caller. Rejects with `session_required`. */
export async function ownIdentities(
  deps: { identityStore: Pick<IdentityStore, 'identities'> },
  { caller }: { caller: Caller },
): Promise<Identity[]> {
  requireOwner(caller);
  return deps.identityStore.identities(caller.user.id);
}

/** Returns whether the caller has a password; false if they sign in by providers only. */
export async function hasPassword(
  deps: { userStore: Pick<UserStore, 'findById'> },
  { caller }: { caller: Caller },
): Promise<boolean> {
  const account = await deps.userStore.findById(caller.user.id);
  return account !== null && account.passwordHash !== unusablePasswordHash;
}

export interface UnlinkIdentityDeps extends RecordAuditDeps, ConfirmIdentityDeps {
  identityStore: Pick<IdentityStore, 'remove'>;
  identityProviders: readonly IdentityProvider[];
  policy: ConfirmIdentityDeps['policy'] & Pick<Policy, 'passwordSignIn'>;
}

/**
 * Removes an identity of the caller, unless it is the only way to sign in: an account without a password, or where passwords are
 * off, keeps an identity of a provider that is still there. Rejects with `session_required`, `proof_required`, `not_found` or
 * `last_sign_in_method`.
 */
export async function unlinkIdentity(
  deps: UnlinkIdentityDeps,
  { caller, identityId, origin }: { caller: Caller; identityId: string; origin: Origin },
): Promise<void> {
  const userId = caller.user.id;
  const account = await confirmIdentity(deps, { caller, currentPassword: undefined, origin });
  // An account never loses its password, so that this stays true.
  const isPasswordEnough = deps.policy.passwordSignIn && account.passwordHash !== unusablePasswordHash;
  const requiredIssuers = isPasswordEnough ? null : deps.identityProviders.map(({ issuer }) => issuer);
  switch (await deps.identityStore.remove({ userId, identityId, requiredIssuers })) {
    case 'missing':
      throw notFound('identity');
    case 'last':
      throw new DomainError(
        'last_sign_in_method',
        'This is the only way to sign in to the account. Add another identity or set a password first.',
      );
    case 'removed':
      await recordAuditByOwner(deps, 'identity_removed', { caller, subjectId: identityId, origin });
  }
}
