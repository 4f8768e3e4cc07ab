import type { Balance, Entry, EntryKind } from '../domain/ledger/entry.js';
import type { Lot } from '../domain/metering/lot.js';
import type { WalletRules } from '../domain/metering/wallet-rules.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { Ids } from './ids.js';

/** The result of `post`. */
export type PostEntryOutcome =
  | { outcome: 'posted'; entry: Entry }
  /**
   * Nothing changed: this entry was posted with the same idempotency key before. It added the lot `lot`, or took its credits
   * first from the lot with the id `lotId`; both are null if there is none.
   */
  | { outcome: 'key_claimed'; entry: Entry; lot: Lot | null; lotId: string | null }
  /** Nothing changed: the balance would be below zero, or above 2^53 − 1 together with the open holds. */
  | { outcome: 'out_of_range'; balance: number }
  /** Nothing changed: the account has no lot with the id `lotId`. */
  | { outcome: 'no_such_lot' }
  /** Nothing changed: the lot would have expired already. */
  | { outcome: 'already_expired' }
  | { outcome: 'no_such_user' };

/** The ids of entries that a ledger itself creates: of an expiry, or an allowance. */
export type EntryIds = Pick<Ids, 'next'>;

/** Balances and entries, except for those of chats. */
export interface CreditLedger {
  /**
   * Returns what the account can spend and what is held, in credits; null if the account does not exist. With `due`, does before
   * whatever is due by its rules, such as an expiry or an allowance; null or absent to read only.
   */
  balance(userId: string, due?: { rules: WalletRules; ids: EntryIds } | null): Promise<Balance | null>;
  /**
   * Atomic: changes the balance by `amount` (signed credits, not 0) and creates the entry, or neither. Of any number of calls
   * with the same `idempotencyKey` of the account, one posts its entry, and the others return that entry, without a time limit.
   */
  post(entry: {
    id: string;
    userId: string;
    kind: Exclude<EntryKind, 'charge'>;
    amount: number;
    reason: string | null;
    /**
     * Of the lot that a positive amount becomes, which has the id of the entry. Absent or null: it does not expire, and has
     * the default priority of its kind. What has expired leaves the account before.
     */
    lot?: { expiresAt: Date | null; priority: number | null } | null;
    /** The lot from which a negative amount is taken first; then in spending order. Absent or null: only in that order. */
    lotId?: string | null;
    /**
     * The id, after `id`, of an entry `debt` by which a positive amount pays the debt of the account first. Absent or null: it
     * pays no debt.
     */
    debtEntryId?: string | null;
    /** Absent or null: each call posts an entry. */
    idempotencyKey?: string | null;
    /** The default of the credits below which a balance is low, for `balance.low`; absent or null for none. */
    lowBalance?: number | null;
  }): Promise<PostEntryOutcome>;
  /** Returns a page of the account's entries, newest first. */
  entries(userId: string, page: PageRequest): Promise<Page<Entry>>;
}
