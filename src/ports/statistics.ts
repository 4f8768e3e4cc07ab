/** What came of one day's exchanges with one model: the one that answered or, where none did, that was asked for. */
export interface ExchangeCounts {
  /** A day of UTC, as in 2030-01-31. */
  day: string;
  model: string;
  chats: number;
  /** Credits, at most 2^53 − 1. */
  charged: number;
  failed: number;
  cancelled: number;
}

/** The counts of what happened from one moment on and before another; a day on which nothing did is in none of them. */
export interface Counts {
  exchanges: ExchangeCounts[];
  /** Accounts that began then and are still there. */
  accounts: { day: string; created: number }[];
  /** Credits of the ledger's grants, those of new accounts too; at most 2^53 − 1. */
  grants: { day: string; granted: number }[];
}

/** Counts over everything that is on record. Needs ids that tell their time (UUIDv7). */
export interface Statistics {
  /** From the first moment on, and before the second. */
  count(range: { from: Date; to: Date }): Promise<Counts>;
}
