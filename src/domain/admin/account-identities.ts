import type { IdentityStore } from '../../ports/identity-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';
import type { Identity } from '../identities/identity.js';

/** Returns the identities of an account. Rejects with `admin_required` or `not_found`. */
export async function listAccountIdentities(
  deps: { identityStore: Pick<IdentityStore, 'identities'>; userStore: Pick<UserStore, 'findById'> },
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<Identity[]> {
  requireAdmin(caller, 'read');
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  return deps.identityStore.identities(userId);
}

/**
 * Removes an identity of an account, the last one too. Sessions that are open stay. Rejects with `admin_required`,
 * `session_required` or `not_found`.
 */
export async function removeAccountIdentity(
  deps: RecordAuditDeps & { identityStore: Pick<IdentityStore, 'remove'> },
  input: { caller: AdminCaller; userId: string; identityId: string; origin: Origin },
): Promise<void> {
  requireAdminSession(input.caller);
  const { userId, identityId } = input;
  if ((await deps.identityStore.remove({ userId, identityId, requiredIssuers: null })) !== 'removed') {
    throw notFound('identity');
  }
  await recordAuditByAdmin(deps, 'identity_removed', { ...input, subjectId: identityId });
}
