import type { AuditLog } from '../../ports/audit-log.js';
import type { Ids } from '../../ports/ids.js';
import { accountOf, serviceKeyIdOf, type AdminCaller, type Caller } from '../auth/caller.js';
import type { AuditDetails } from './audit-details.js';
import type { AuditAction, Origin } from './audit-event.js';

export interface RecordAuditDeps {
  auditLog: Pick<AuditLog, 'record'>;
  ids: Ids;
}

/** Records an event without a signed-in caller, such as a sign-in, a password reset, or their failures. */
export function recordAudit(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: { userId: string | null; subjectId?: string; details?: AuditDetails | null; origin: Origin },
): Promise<void> {
  const { userId, subjectId = null, details = null, origin } = about;
  const by = { actorId: null, serviceKeyId: null };
  return deps.auditLog.record({ id: deps.ids.next(), action, userId, ...by, subjectId, details, origin });
}

/** Records what a signed-in caller did to their own account. */
export function recordAuditByOwner(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: { caller: Caller; subjectId?: string; details?: AuditDetails | null; origin: Origin },
): Promise<void> {
  return recordAuditByAdmin(deps, action, { ...about, userId: about.caller.user.id });
}

/**
 * Records what an administrator, a service key or the operator did to an account, perhaps the administrator's own; `userId`
 * is null if it is about no account.
 */
export function recordAuditByAdmin(
  deps: RecordAuditDeps,
  action: AuditAction,
  about: {
    caller: AdminCaller;
    userId: string | null;
    subjectId?: string;
    details?: AuditDetails | null;
    origin: Origin;
  },
): Promise<void> {
  const { caller, userId, subjectId = null, details = null, origin } = about;
  const by = { actorId: accountOf(caller)?.id ?? null, serviceKeyId: serviceKeyIdOf(caller) };
  return deps.auditLog.record({ id: deps.ids.next(), action, userId, ...by, subjectId, details, origin });
}
