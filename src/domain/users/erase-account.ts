import type { Mailer } from '../../ports/mailer.js';
import type { UserStore } from '../../ports/user-store.js';
import { unknownOrigin, type Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { DomainError } from '../errors.js';

export interface EraseEverythingDeps {
  userStore: Pick<UserStore, 'erase'>;
  mailer: Pick<Mailer, 'forget'>;
}

export interface EraseAccountDeps extends ConfirmIdentityDeps, RecordAuditDeps, EraseEverythingDeps {
  userStore: Pick<UserStore, 'findById' | 'erase'>;
}

/**
 * Erases the caller's account, names and texts; the ledger keeps its entries under the id alone. Rejects with
 * `session_required`, `proof_required`, `wrong_password` or `last_admin`.
 */
export async function eraseAccount(
  deps: EraseAccountDeps,
  input: { caller: Caller; currentPassword?: string | undefined; origin: Origin },
): Promise<void> {
  requireSession(input.caller);
  const userId = input.caller.user.id;
  await confirmIdentity(deps, { ...input, currentPassword: input.currentPassword });
  await eraseEverything(deps, { userId, origin: input.origin });
  await recordAudit(deps, 'account_erased', { userId, origin: unknownOrigin });
}

/** Erases an account, its names and texts; returns false if there is no such account. Rejects with `last_admin`. */
export async function eraseEverything(
  deps: EraseEverythingDeps,
  { userId, origin }: { userId: string; origin: Origin },
): Promise<boolean> {
  const erased = await deps.userStore.erase(userId);
  if (erased === 'last_admin') {
    throw new DomainError('last_admin', 'The last active administrator cannot be erased.');
  }
  deps.mailer.forget(userId, origin.requestId);
  return erased === 'erased';
}
