import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { FactorStore } from '../../ports/factor-store.js';
import type { UserStore } from '../../ports/user-store.js';
import { toAnotherPerson, type Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdminSession, type AdminCaller, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { notFound } from '../errors.js';
import { forgotPasswordLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';

export interface ResetFactorsDeps extends RecordAuditDeps, NotifyDeps, ConfirmIdentityDeps {
  policy: NotifyDeps['policy'] & ConfirmIdentityDeps['policy'];
  factorStore: Pick<FactorStore, 'removeAll'>;
  authTokenStore: Pick<AuthTokenStore, 'endOtherSessions' | 'recordProof' | 'isProved'>;
  userStore: Pick<UserStore, 'findById'>;
}

/**
 * For administrators and the operator: removes every second factor of an account whose owner has lost one, ends its sessions,
 * and mails the owner if an administrator did it. Returns how many factors there were. Rejects with `admin_required`,
 * `session_required`, `proof_required` or `not_found`.
 */
export async function resetFactors(
  deps: ResetFactorsDeps,
  input: { caller: AdminCaller; userId: string; origin: Origin },
): Promise<{ removedFactors: number }> {
  const { caller, userId, origin } = input;
  const sessionId = requireAdminSession(caller);
  const account = accountOf(caller);
  if (sessionId !== null && account !== null) {
    const self: Caller = { user: account, by: { kind: 'session', sessionId } };
    await confirmIdentity(deps, { caller: self, currentPassword: undefined, origin });
  }
  const found = await deps.userStore.findById(userId);
  if (found === null) throw notFound('account');
  const removedFactors = await deps.factorStore.removeAll(userId);
  // An administrator who resets their own factors stays signed in.
  await deps.authTokenStore.endOtherSessions(userId, sessionId);
  await recordAuditByAdmin(deps, 'factors_reset', { caller, userId, origin });
  // The operator, at the command line, has no mailer and informs the owner.
  if (caller.by.kind !== 'operator')
    await notifyOwner(deps, found.user, toAnotherPerson(origin), (mails) =>
      mails.factorsReset(forgotPasswordLink(deps)),
    );
  return { removedFactors };
}
