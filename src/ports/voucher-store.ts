import type { Entry } from '../domain/ledger/entry.js';
import type { Lot } from '../domain/metering/lot.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { Redemption, VoucherBatch, VoucherTerms } from '../domain/vouchers/voucher.js';

/** The result of `redeem`. Of several reasons against it, the first one of this list is returned. */
export type RedeemOutcome =
  /** The entry of kind `voucher`, and the lot that it added. */
  | { outcome: 'redeemed'; entry: Entry; lot: Lot }
  /** There is no such account, or it was erased. */
  | { outcome: 'no_such_user' }
  | { outcome: 'no_such_voucher' }
  | { outcome: 'already_redeemed' }
  /** An administrator has ended its batch. */
  | { outcome: 'ended' }
  | { outcome: 'expired' }
  /** Other accounts have redeemed it as often as it can be. */
  | { outcome: 'exhausted' }
  /** The balance would be above 2^53 − 1 together with the open holds. */
  | { outcome: 'out_of_range'; balance: number };

/** Vouchers. Stores only the digests of their codes. */
export interface VoucherStore {
  /** Atomic: creates a batch with one voucher for each digest. */
  create(batch: {
    id: string;
    terms: VoucherTerms;
    digests: readonly string[];
    createdBy: string | null;
  }): Promise<VoucherBatch>;
  /** Returns a page of all batches, newest first. */
  batches(page: PageRequest): Promise<Page<VoucherBatch>>;
  /** Ends a batch: from then on no code of it is redeemed. What was redeemed stays. */
  end(batchId: string): Promise<'ended' | 'already_ended' | 'missing'>;
  /**
   * Atomic: counts a redemption of the voucher with this digest and adds its credits to the account, with an entry and a lot
   * that both have the id `entryId`; or nothing. However many call it at once, a voucher is redeemed at most as often as its
   * batch allows, and at most once by an account, for ever.
   */
  redeem(redemption: { userId: string; digest: string; entryId: string }): Promise<RedeemOutcome>;
  /** Returns a page of what the account has redeemed, newest first. */
  redemptions(userId: string, page: PageRequest): Promise<Page<Redemption>>;
}
