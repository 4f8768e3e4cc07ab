import type { CapStore } from '../../ports/cap-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';
import type { CapState } from '../metering/cap.js';
import { readCaps, type ReadCapsDeps } from '../metering/read-caps.js';
import { setCap, type CapInput, type SetCap, type SetCapDeps } from '../metering/set-cap.js';

/** Returns the caps of an account with what is spent and left. Rejects with `admin_required` or `not_found`. */
export async function listAccountCaps(
  deps: ReadCapsDeps,
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<CapState[]> {
  requireAdmin(caller, 'read');
  return readCaps(deps, userId);
}

/**
 * Sets a cap on an account that its owner cannot remove. For the whole account it replaces the default for the same window, and
 * may be above it. Rejects with `admin_required`, `session_required`, `invalid_input`, `too_many_caps` or `not_found`.
 */
export async function setAccountCap(
  deps: SetCapDeps & RecordAuditDeps,
  input: { caller: AdminCaller; userId: string; cap: CapInput; origin: Origin },
): Promise<SetCap> {
  requireAdminSession(input.caller);
  const { userId } = input;
  const set = await setCap(deps, input.cap, { userId, setBy: 'administrator' });
  await recordAuditByAdmin(deps, 'cap_set', { ...input, subjectId: set.capId });
  return set;
}

/** Removes a cap of an account, an own one too. Rejects with `admin_required`, `session_required` or `not_found`. */
export async function removeAccountCap(
  deps: RecordAuditDeps & { capStore: Pick<CapStore, 'remove'> },
  input: { caller: AdminCaller; userId: string; capId: string; origin: Origin },
): Promise<void> {
  requireAdminSession(input.caller);
  const { userId, capId } = input;
  if ((await deps.capStore.remove({ userId, capId }, null)) !== 'removed') throw notFound('cap');
  await recordAuditByAdmin(deps, 'cap_removed', { ...input, subjectId: capId });
}
