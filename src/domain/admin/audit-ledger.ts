import type { LedgerAudit } from '../../ports/ledger-audit.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import type { LedgerAuditReport } from '../ledger/invariants.js';

/** Returns how many rows break each invariant of the ledger. Rejects with `admin_required`. */
export async function auditLedger(
  deps: { ledgerAudit: LedgerAudit },
  { caller }: { caller: AdminCaller },
): Promise<LedgerAuditReport> {
  requireAdmin(caller, 'read');
  return deps.ledgerAudit.inspect();
}
