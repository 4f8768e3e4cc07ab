import type { MemoryState } from './state.js';

/** How often the uses of vouchers are not what the vouchers count and allow, or have no entry. */
export function countBrokenVouchers(state: MemoryState): number {
  const uses = new Map<string, number>();
  let withoutEntry = 0;
  for (const [userId, redemptions] of state.redemptions) {
    for (const [digest, { id, credits }] of redemptions) {
      uses.set(digest, (uses.get(digest) ?? 0) + 1);
      const entry = state.accounts.get(userId)?.entries.get(id);
      if (entry?.kind !== 'voucher' || entry.amount !== credits) withoutEntry += 1;
    }
  }
  const digests = new Set([...uses.keys(), ...state.vouchers.keys()]);
  const wrong = [...digests].filter((digest) => {
    const voucher = state.vouchers.get(digest);
    const maximum = state.voucherBatches.get(voucher?.batchId ?? '')?.maxRedemptions ?? 0;
    return voucher?.redemptions !== (uses.get(digest) ?? 0) || voucher.redemptions > maximum;
  });
  return wrong.length + withoutEntry;
}
