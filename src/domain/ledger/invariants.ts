/** The invariants of the ledger, as they are printed. */
export const invariantStatements = {
  balances_match_entries: "A user's balance equals the sum of their entries minus their open holds",
  no_negative_balance: 'No balance is negative',
  holds_end_once: 'A hold is open, or ended in exactly one way: captured, released or expired',
  captures_within_holds:
    'What was captured is between 0 and what was held plus what was taken beyond the hold',
  charges_match_replies: 'A charged exchange has its stored reply, and a completed reply has its charge',
  entries_append_only: 'The database rejects UPDATE, DELETE and TRUNCATE on the ledger',
  idempotency_keys_unique: 'There is at most one exchange per user and idempotency key',
  credits_conserved: 'All credits granted equal all balances plus all holds plus all charges',
  lots_match_balances:
    "A user's balance plus their open holds equals what is left in their lots, once these are up to date",
  lots_end_in_time:
    'What is left of a lot is between 0 and its amount; two minutes after its expiry it is only what earlier holds may take',
  allowances_given_once: 'There is at most one allowance per user and period',
  caps_match_exchanges: 'What a cap has counted equals the charges in its window plus the open holds',
  payments_credited_once:
    'Each payment is credited once, and what was paid back is taken back once: from the balance, or as a debt',
  vouchers_redeemed_once:
    'A voucher has at most one use per user, as many uses as it counts and allows, and for each its entry',
} as const;

export type InvariantName = keyof typeof invariantStatements;

/** The result of an audit: for each invariant, how many rows break it. */
export interface LedgerAuditReport {
  broken: Record<InvariantName, number>;
  /** Open holds past their deadline. Not an error: the next call of `expireHolds` ends them. */
  overdueHolds: number;
}

/** How many holds are open, and how many of them are past their deadline. */
export interface OpenHolds {
  open: number;
  overdue: number;
}

/**
 * Returns true if every invariant of the ledger holds.
 *
 * @param report The result of an audit.
 * @example
 * ```ts
 * import { isSound, operatorCaller } from 'metered-chat';
 *
 * const report = await core.ledger.audit({ caller: operatorCaller });
 * if (!isSound(report)) console.error(report.broken);
 * ```
 */
export function isSound(report: LedgerAuditReport): boolean {
  return Object.values(report.broken).every((count) => count === 0);
}
