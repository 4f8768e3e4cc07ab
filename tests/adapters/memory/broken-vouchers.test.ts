import { expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { emptyState, type MemoryState } from '../../../src/adapters/memory/state.js';
import { createAccount, newDigest, newId } from '../../../src/testing/accounts.js';
import { oneVoucher } from '../../../src/testing/voucher-store/view.js';

const breaches: { how: string; breakIt: (state: MemoryState, digest: string, userId: string) => void }[] = [
  {
    how: 'a voucher counts more uses than there are',
    breakIt: ({ vouchers }, digest) => {
      const voucher = vouchers.get(digest);
      if (voucher !== undefined) voucher.redemptions += 1;
    },
  },
  {
    how: 'a use is not counted',
    breakIt: ({ redemptions }, _digest, userId) => {
      redemptions.delete(userId);
    },
  },
  {
    how: 'a use has given other credits than its entry says',
    breakIt: ({ redemptions }, digest, userId) => {
      const used = redemptions.get(userId)?.get(digest);
      if (used !== undefined) redemptions.get(userId)?.set(digest, { ...used, credits: used.credits + 1 });
    },
  },
];

test.each(breaches)('an audit of memory finds that $how', async ({ breakIt }) => {
  const state = emptyState();
  const stores = memoryStores(undefined, state);
  const userId = await createAccount(stores, 0);
  const digest = newDigest();
  const terms = { ...oneVoucher, maxRedemptions: 2 };
  await stores.voucherStore.create({ id: newId(), terms, digests: [digest], createdBy: null });
  const { outcome } = await stores.voucherStore.redeem({ userId, digest, entryId: newId() });
  expect(outcome).toBe('redeemed');
  const found = async () => (await stores.ledgerAudit.inspect()).broken.vouchers_redeemed_once;
  expect(await found()).toBe(0);
  breakIt(state, digest, userId);
  expect(await found()).toBe(1);
});
