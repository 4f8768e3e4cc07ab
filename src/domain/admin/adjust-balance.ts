import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdmin, type AdminCaller } from '../auth/caller.js';
import {
  grantCredits,
  type GrantCreditsInput,
  type GrantCreditsDeps,
  type GrantedCredits,
} from '../ledger/grant-credits.js';

export interface AdjustBalanceInput extends GrantCreditsInput {
  caller: AdminCaller;
  origin: Origin;
}

/**
 * Changes a balance on behalf of an administrator, and records it in the audit log. What an administrator adds pays the debt of
 * the account first; what a service key adds does not. An API key of an administrator may do
 * this. Rejects with `admin_required`, and as `grantCredits` does.
 */
export async function adjustBalance(
  deps: GrantCreditsDeps & RecordAuditDeps,
  input: AdjustBalanceInput,
): Promise<GrantedCredits> {
  requireAdmin(input.caller, 'grants');
  // What a program gives is a promotion, which pays no debt.
  const granted = await grantCredits(deps, input, { paysDebt: accountOf(input.caller) !== null });
  const { entry, replayed } = granted;
  if (!replayed) {
    const { amount, reason, balanceAfter } = entry;
    const changes = [{ field: 'balance', before: balanceAfter - amount, after: balanceAfter }];
    const details = { amount, reason, changes };
    await recordAuditByAdmin(deps, 'balance_adjusted', { ...input, subjectId: entry.id, details });
  }
  return granted;
}
