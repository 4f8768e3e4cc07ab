import type { AuditLog } from '../../ports/audit-log.js';
import type { Ids } from '../../ports/ids.js';
import { accountIdOf, type AdminCaller, type Caller } from '../auth/caller.js';
import type { AuditAction, Origin } from './audit-event.js';

export interface RecordAuditDeps {
  auditLog: Pick<AuditLog, 'record'>;
  ids: Ids;
}

/** Records an event without a signed-in caller, such as a sign-in, a password reset, or their failures. */
export function recordAudit(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: { userId: string | null; subjectId?: string; origin: Origin },
): Promise<void> {
  const { userId, subjectId = null, origin } = about;
  return deps.auditLog.record({ id: deps.ids.next(), action, userId, actorId: null, subjectId, origin });
}

/** Records what a signed-in caller did to their own account. */
export function recordAuditByOwner(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: { caller: Caller; subjectId?: string; origin: Origin },
): Promise<void> {
  const { id } = about.caller.user;
  const { subjectId = null, origin } = about;
  return deps.auditLog.record({ id: deps.ids.next(), action, userId: id, actorId: id, subjectId, origin });
}

/** Records what an administrator or the operator did to an account; it may be the administrator's own. */
export function recordAuditByAdmin(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: { caller: AdminCaller; userId: string; subjectId?: string; origin: Origin },
): Promise<void> {
  const { caller, userId, subjectId = null, origin } = about;
  const actorId = accountIdOf(caller);
  return deps.auditLog.record({ id: deps.ids.next(), action, userId, actorId, subjectId, origin });
}
