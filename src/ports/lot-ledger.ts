import type { Allowance } from '../domain/metering/allowance.js';
import type { Lot } from '../domain/metering/lot.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { EntryIds } from './credit-ledger.js';

/** The lots of accounts, and the allowances of single accounts. */
export interface LotLedger {
  /**
   * Returns a page of the account's lots, newest first; null if there is no such account, or it was erased. Lets what has
   * expired leave before, and attributes to the lots what was spent; gives no allowance. An account whose credits all come
   * from one source that never expires has one lot, `opening`.
   *
   * @param options With `onlyLeft`, only lots that have something left. `ids` are for the entries of what leaves. `lowBalance`
   * as in `CreditLedger.post`.
   */
  lots(
    userId: string,
    page: PageRequest,
    options: { onlyLeft: boolean; ids: EntryIds; lowBalance?: number | null },
  ): Promise<Page<Lot> | null>;
  /**
   * Lets what has expired leave the accounts that have not been used since, each account atomically; gives no allowances.
   * Returns in how many accounts something left. May run anywhere at any time, even twice at once. `ids` are for the entries
   * of what leaves. `lowBalance` as in `CreditLedger.post`.
   */
  expireLots(ids: EntryIds, lowBalance?: number | null): Promise<number>;
  /** Returns the allowance that was set for one account; null if the default applies to it. */
  allowance(userId: string): Promise<Allowance | null>;
  /**
   * Sets the allowance of one account, or with null lets the default apply to it. It takes effect with the next use of the
   * account; what was given stays. Returns false if there is no such account, or it was erased.
   */
  setAllowance(userId: string, allowance: Allowance | null): Promise<boolean>;
}
