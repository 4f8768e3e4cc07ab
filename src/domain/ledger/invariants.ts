/** What must hold of the ledger at every moment, in the words that are printed. Each must find 0. */
export const invariantStatements = {
  balances_match_entries: "A user's balance equals the sum of their entries minus their open holds",
  no_negative_balance: 'No balance is negative',
  holds_end_once: 'A hold is open, or ended in exactly one way: captured, released or expired',
  captures_within_holds: 'What was captured is between 0 and what was held',
  charges_match_replies: 'A charged exchange has its stored reply, and a completed reply has its charge',
  entries_append_only: 'UPDATE, DELETE and TRUNCATE on the ledger are refused by the database',
  idempotency_keys_unique: 'One exchange at most per user and idempotency key',
  credits_conserved: 'All credits granted equal all balances plus all holds plus all charges',
} as const;

export type InvariantName = keyof typeof invariantStatements;

/** What an audit found; all counts are of rows that break the invariant. */
export interface LedgerAuditReport {
  broken: Record<InvariantName, number>;
  /** Open holds past their deadline. No fault while a server is about to look, and none outlives its next look. */
  overdueHolds: number;
}

/** How many holds are open, and how many of these are past their deadline. */
export interface OpenHolds {
  open: number;
  overdue: number;
}

/** True when every invariant holds. */
export function isSound(report: LedgerAuditReport): boolean {
  return Object.values(report.broken).every((count) => count === 0);
}
