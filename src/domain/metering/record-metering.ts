import { unknownOrigin, type AuditAction, type Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { operatorCaller, type AdminCaller } from '../auth/caller.js';
import type { MeteredHold } from './metered-hold.js';

/** Who asks for credits to be held or charged. */
export interface MeteringCaller {
  /** Absent for the host program, which acts as the operator. */
  caller?: AdminCaller;
  /** Where the request comes from, for the audit log. */
  origin?: Origin;
}

/**
 * Records in the audit log what an administrator or a service key did; of the host program there is only the entry in the
 * ledger. Returns the hold.
 */
export async function recordMetering(
  deps: RecordAuditDeps,
  action: AuditAction,
  { caller = operatorCaller, origin = unknownOrigin }: MeteringCaller,
  hold: MeteredHold,
): Promise<MeteredHold> {
  if (!hold.replayed && caller.by.kind !== 'operator') {
    await recordAuditByAdmin(deps, action, { caller, origin, userId: hold.userId, subjectId: hold.id });
  }
  return hold;
}
