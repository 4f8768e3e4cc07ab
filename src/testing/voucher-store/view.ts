import type { VoucherTerms } from '../../domain/vouchers/voucher.js';
import { newDigest, newId } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';

/** Terms of one voucher of 500 credits for one account, unless a test says otherwise. */
export const oneVoucher: VoucherTerms = {
  ...{ count: 1, credits: 500, maxRedemptions: 1 },
  ...{ expiresAt: null, creditsTtlMs: null, name: null },
};

/** Short names for what the tests do with a voucher store. */
export function voucherView(harness: () => StoreHarness) {
  return {
    /** Creates a batch; returns it with the digests of its vouchers. */
    create: async (overrides: Partial<VoucherTerms> = {}) => {
      const terms = { ...oneVoucher, ...overrides };
      const digests = Array.from({ length: terms.count }, newDigest);
      const batch = await harness().stores.voucherStore.create({
        ...{ id: newId(), terms, digests, createdBy: null },
      });
      return { batch, digests, digest: digests[0] ?? '' };
    },
    redeem: (userId: string, digest: string) =>
      harness().stores.voucherStore.redeem({ userId, digest, entryId: newId() }),
    balance: async (userId: string) => (await harness().stores.creditLedger.balance(userId))?.balance,
    /** Returns the batch as it is listed. */
    listed: async (batchId: string) => {
      const { results } = await harness().stores.voucherStore.batches({ limit: 100, before: null });
      return results.find(({ id }) => id === batchId);
    },
    redemptions: async (userId: string) =>
      (await harness().stores.voucherStore.redemptions(userId, { limit: 100, before: null })).results,
  };
}
