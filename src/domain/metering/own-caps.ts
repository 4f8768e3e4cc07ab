import type { CapStore } from '../../ports/cap-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireOwner, type Caller } from '../auth/caller.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { upperBoundOfOwn } from './cap.js';
import { readCaps } from './read-caps.js';
import { normalizeCap, setCap, type CapInput, type SetCap, type SetCapDeps } from './set-cap.js';

/**
 * Sets a cap on the caller's own account. If an administrator lowers theirs later, both apply and the smaller limit wins. Rejects
 * with `session_required`, `invalid_input` (also for a limit above an administrator's or a default for the same window) or
 * `too_many_caps`.
 */
export async function setOwnCap(
  deps: SetCapDeps & RecordAuditDeps,
  input: { caller: Caller; cap: CapInput; origin: Origin },
): Promise<SetCap> {
  requireOwner(input.caller);
  const { id: userId } = input.caller.user;
  const cap = normalizeCap(input.cap);
  const caps = (await readCaps(deps, userId)).map((state) => state.cap);
  const bound = upperBoundOfOwn(cap, caps, deps.policy.defaultCaps);
  throwIfInvalid({
    limit:
      bound !== null && cap.limit > bound.limit
        ? [`Must be at most ${bound.limit}, the limit that an administrator has set for this window.`]
        : [],
  });
  const set = await setCap(deps, cap, { userId, setBy: 'account' });
  await recordAuditByOwner(deps, 'cap_set', { ...input, subjectId: set.capId });
  return set;
}

/**
 * Removes a cap that the caller has set. Rejects with `session_required`, `not_found`, or `admin_required` for a cap that an
 * administrator has set.
 */
export async function removeOwnCap(
  deps: RecordAuditDeps & { capStore: Pick<CapStore, 'remove'> },
  input: { caller: Caller; capId: string; origin: Origin },
): Promise<void> {
  requireOwner(input.caller);
  const { capId } = input;
  const removed = await deps.capStore.remove({ userId: input.caller.user.id, capId }, 'account');
  if (removed === 'missing') throw notFound('cap');
  if (removed === 'set_by_other') {
    throw new DomainError('admin_required', 'Only an administrator can remove this cap.');
  }
  await recordAuditByOwner(deps, 'cap_removed', { ...input, subjectId: capId });
}
