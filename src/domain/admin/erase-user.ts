import { notFound } from '../errors.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { unknownOrigin } from '../audit/audit-event.js';
import { eraseEverything, type EraseEverythingDeps } from '../users/erase-account.js';

/**
 * Erases an account on behalf of an administrator, as its owner can. Rejects with `admin_required`, `session_required`,
 * `not_found` or `last_admin`.
 */
export async function eraseUser(
  deps: EraseEverythingDeps & RecordAuditDeps,
  input: { caller: AdminCaller; userId: string; origin: Origin },
): Promise<void> {
  const { caller, userId } = input;
  requireAdminSession(caller);
  if (!(await eraseEverything(deps, input))) throw notFound('account');
  const origin = userId === accountOf(caller)?.id ? unknownOrigin : input.origin;
  await recordAuditByAdmin(deps, 'account_erased', { ...input, origin });
}
