/** The most that an amount or a balance can be: the largest integer that JSON readers hold exactly, 2^53 − 1. */
export const maxCredits = Number.MAX_SAFE_INTEGER;

/**
 * `grant`: credits that are given, the opening ones too. `charge`: what an exchange cost. `adjustment`: credits that an
 * administrator takes away. `refund`: credits that leave because money went back. Payments will write it; nothing does
 * yet, and no entry of an account has it.
 */
export const entryKinds = ['grant', 'charge', 'refund', 'adjustment'] as const;
/** Why credits moved. */
export type EntryKind = (typeof entryKinds)[number];

/** One line of the ledger, never changed and never removed. */
export interface Entry {
  /** UUIDv7. */
  id: string;
  userId: string;
  kind: EntryKind;
  /** Credits, signed: what is spent is negative. */
  amount: number;
  /** What could be spent right after this entry, as the statement that wrote it saw it. */
  balanceAfter: number;
  /** The exchange that a charge is for. */
  exchangeId: string | null;
  reason: string | null;
  createdAt: Date;
}

/** Credits that can be spent, and credits set aside for replies under way. */
export interface Balance {
  balance: number;
  held: number;
}
