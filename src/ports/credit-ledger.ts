import type { Balance, Entry, EntryKind } from '../domain/ledger/entry.js';
import type { Page, PageRequest } from '../domain/page.js';

/** What became of an entry that was to be written. */
export type PostEntryOutcome =
  | { outcome: 'posted'; entry: Entry }
  /** Nothing moved: this entry was posted under the same key before. */
  | { outcome: 'key_claimed'; entry: Entry }
  /** The balance would go below zero, or above 2^53 − 1 with the open holds. */
  | { outcome: 'out_of_range'; balance: number }
  | { outcome: 'no_such_user' };

/** Balances and entries, beside what chats do to them. */
export interface CreditLedger {
  /** What can be spent and what is held; null for an account that does not exist. */
  balance(userId: string): Promise<Balance | null>;
  /**
   * Atomic: the balance moves by `amount` (signed, not 0) and the entry exists, or neither. Of any number under one
   * `idempotencyKey` of the account one is posted, and the others are told of it, for as long as there is the ledger.
   */
  post(entry: {
    id: string;
    userId: string;
    kind: Exclude<EntryKind, 'charge'>;
    amount: number;
    reason: string | null;
    /** Absent where nobody repeats it. */
    idempotencyKey?: string | null;
  }): Promise<PostEntryOutcome>;
  /** The account's entries, newest first. */
  entries(userId: string, page: PageRequest): Promise<Page<Entry>>;
}
