import type { LedgerAuditReport } from '../domain/ledger/invariants.js';

/** Checks the ledger as a whole. */
export interface LedgerAudit {
  /** Counts, at one moment and changing nothing, the rows that break each invariant. */
  inspect(): Promise<LedgerAuditReport>;
}
