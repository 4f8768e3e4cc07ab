import type { LedgerAuditReport, OpenHolds } from '../domain/ledger/invariants.js';

/** Checks the ledger as a whole. */
export interface LedgerAudit {
  /** Counts, at one moment and changing nothing, the rows that break each invariant. */
  inspect(): Promise<LedgerAuditReport>;
  /** Counts the open holds, at one moment; quick, whatever the size of the ledger. */
  openHolds(): Promise<OpenHolds>;
}
