import type { Balance, Entry, EntryKind } from '../domain/ledger/entry.js';
import type { WalletRules } from '../domain/metering/wallet-rules.js';
import type { Page, PageRequest } from '../domain/page.js';

/** The result of `post`. */
export type PostEntryOutcome =
  | { outcome: 'posted'; entry: Entry }
  /** Nothing changed: this entry was posted with the same idempotency key before. */
  | { outcome: 'key_claimed'; entry: Entry }
  /** Nothing changed: the balance would be below zero, or above 2^53 − 1 together with the open holds. */
  | { outcome: 'out_of_range'; balance: number }
  | { outcome: 'no_such_user' };

/** Balances and entries, except for those of chats. */
export interface CreditLedger {
  /**
   * Returns what the account can spend and what is held, in credits; null if the account does not exist. With the rules, does
   * before whatever is due by them, such as an expiry or an allowance; null or absent to read only.
   */
  balance(userId: string, rules?: WalletRules | null): Promise<Balance | null>;
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
    /** Absent or null: each call posts an entry. */
    idempotencyKey?: string | null;
  }): Promise<PostEntryOutcome>;
  /** Returns a page of the account's entries, newest first. */
  entries(userId: string, page: PageRequest): Promise<Page<Entry>>;
}
