import type { LedgerAuditReport, OpenHolds } from '../domain/ledger/invariants.js';

/** Checks the ledger as a whole. */
export interface LedgerAudit {
  /** Counts the rows that break each invariant, in one snapshot. Changes nothing. */
  inspect(): Promise<LedgerAuditReport>;
  /** Counts the open holds, in one snapshot. Fast for a ledger of any size. */
  openHolds(): Promise<OpenHolds>;
}
