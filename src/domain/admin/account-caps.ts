import type { CapStore } from '../../ports/cap-store.js';
import { changesOf, type AuditValue } from '../audit/audit-details.js';
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
  const earlier = await deps.capStore.states(userId, deps.policy);
  const set = await setCap(deps, input.cap, { userId, setBy: 'administrator' });
  const before = earlier?.find(({ cap }) => cap.id === set.capId);
  const details = changesOf(before === undefined ? {} : capValues(before), capValues(set.state));
  await recordAuditByAdmin(deps, 'cap_set', { ...input, subjectId: set.capId, details });
  return set;
}

/** Removes a cap of an account, an own one too. Rejects with `admin_required`, `session_required` or `not_found`. */
export async function removeAccountCap(
  deps: RecordAuditDeps & ReadCapsDeps & { capStore: Pick<CapStore, 'remove'> },
  input: { caller: AdminCaller; userId: string; capId: string; origin: Origin },
): Promise<void> {
  requireAdminSession(input.caller);
  const { userId, capId } = input;
  const earlier = await deps.capStore.states(userId, deps.policy);
  if ((await deps.capStore.remove({ userId, capId }, null)) !== 'removed') throw notFound('cap');
  const removed = earlier?.find(({ cap }) => cap.id === capId);
  const details = removed === undefined ? null : changesOf(capValues(removed), {});
  await recordAuditByAdmin(deps, 'cap_removed', { ...input, subjectId: capId, details });
}

/** What the audit log says of a cap. */
function capValues({ cap: { scope, model, window, limit } }: CapState): Record<string, AuditValue> {
  return { limit, window, scope, model };
}
