import type { ChargeDetails } from '../metering/hold.js';

/** The maximum of an amount or a balance, in credits: 2^53 − 1, the largest integer that every JSON reader holds exactly. */
export const maxCredits = Number.MAX_SAFE_INTEGER;

/**
 * `grant`: credits added, including the opening grant. `purchase`: credits that were paid for. `voucher`: credits of a code.
 * `allowance`: credits of a period. `charge`: the cost of an exchange. `adjustment`: credits that an administrator removed.
 * `expiry`: credits that were not spent in time. `refund`: credits removed because money was paid back. `debt`: credits that
 * paid a debt.
 */
export const entryKinds = [
  'grant',
  'purchase',
  'voucher',
  'allowance',
  'charge',
  'adjustment',
  'expiry',
  'refund',
  'debt',
] as const;
/** Why credits moved. */
export type EntryKind = (typeof entryKinds)[number];

/** The kinds of entries by which an account is given credits. */
export const grantKinds: ReadonlySet<EntryKind> = new Set(['grant', 'purchase', 'voucher', 'allowance']);

/** One line of the ledger. It is never changed and never deleted. */
export interface Entry {
  /** UUIDv7. */
  id: string;
  userId: string;
  kind: EntryKind;
  /** Credits, signed: negative if they were spent. */
  amount: number;
  /** The balance right after this entry, in credits. */
  balanceAfter: number;
  /** The hold that a charge ended, of a chat its exchange; null for other entries. */
  exchangeId: string | null;
  /** What a charge is for: `chat`, or the name that the caller gave; null for other entries. */
  action: string | null;
  /** How many units of something a charge is for, as the caller gave it, or null. */
  units: number | null;
  /** What the caller wants on record about a charge, or null. */
  details: ChargeDetails | null;
  reason: string | null;
  createdAt: Date;
}

/** Credits that can be spent, and credits set aside for replies under way. */
export interface Balance {
  balance: number;
  held: number;
}
