import type { Redemption, VoucherBatch } from '../../domain/vouchers/voucher.js';
import type { Clock } from '../../ports/clock.js';
import type { RedeemOutcome, VoucherStore } from '../../ports/voucher-store.js';
import { postEntry } from './credit-ledger.js';
import { copyOf, pageOfStored, runAtomically, type MemoryState } from './state.js';

/** Vouchers in memory. */
export function memoryVoucherStore(state: MemoryState, clock: Pick<Clock, 'now'>): VoucherStore {
  const batchOf = (batch: Omit<VoucherBatch, 'redemptions'>): VoucherBatch => {
    const vouchers = [...state.vouchers.values()].filter(({ batchId }) => batchId === batch.id);
    return structuredClone({
      ...batch,
      redemptions: vouchers.reduce((sum, { redemptions }) => sum + redemptions, 0),
    });
  };
  return {
    create: ({ id, terms, digests, createdBy }) =>
      runAtomically(() => {
        const added = new Set(digests);
        if (added.size < digests.length || digests.some((digest) => state.vouchers.has(digest))) {
          throw new TypeError('A voucher with this digest already exists.');
        }
        const batch = structuredClone({ ...terms, count: digests.length, id, createdBy, endedAt: null });
        const created = Object.freeze({ ...batch, createdAt: clock.now() });
        state.voucherBatches.set(id, created);
        for (const digest of digests) state.vouchers.set(digest, { batchId: id, redemptions: 0 });
        return batchOf(created);
      }),
    batches: (page) =>
      runAtomically(() => pageOfStored<VoucherBatch>([...state.voucherBatches.values()].map(batchOf), page)),
    end: (batchId) =>
      runAtomically(() => {
        const batch = state.voucherBatches.get(batchId);
        if (batch === undefined) return 'missing';
        if (batch.endedAt !== null) return 'already_ended';
        state.voucherBatches.set(batchId, Object.freeze({ ...batch, endedAt: clock.now() }));
        return 'ended';
      }),
    redeem: (redemption) => runAtomically(() => redeem(state, clock, redemption)),
    redemptions: (userId, page) =>
      runAtomically(() => pageOfStored<Redemption>(state.redemptions.get(userId)?.values() ?? [], page)),
  };
}

function redeem(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  { userId, digest, entryId }: Parameters<VoucherStore['redeem']>[0],
): RedeemOutcome {
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  const voucher = state.vouchers.get(digest);
  const batch = state.voucherBatches.get(voucher?.batchId ?? '');
  if (voucher === undefined || batch === undefined) return { outcome: 'no_such_voucher' };
  const redeemed = state.redemptions.get(userId) ?? new Map<string, Redemption>();
  if (redeemed.has(digest)) return { outcome: 'already_redeemed' };
  const now = clock.now();
  if (batch.endedAt !== null) return { outcome: 'ended' };
  if (batch.expiresAt !== null && batch.expiresAt <= now) return { outcome: 'expired' };
  if (voucher.redemptions >= batch.maxRedemptions) return { outcome: 'exhausted' };
  const { name, credits, creditsTtlMs } = batch;
  const expiresAt = creditsTtlMs === null ? null : new Date(now.getTime() + creditsTtlMs);
  const entry = { id: entryId, userId, kind: 'voucher', amount: credits, reason: name } as const;
  const posted = postEntry(state, { now: () => now }, { ...entry, lot: { expiresAt, priority: null } });
  if (posted.outcome === 'out_of_range') return posted;
  if (posted.outcome !== 'posted') throw new TypeError(`A voucher was not posted: ${posted.outcome}.`);
  voucher.redemptions += 1;
  redeemed.set(digest, Object.freeze({ id: entryId, batchId: batch.id, credits, createdAt: now }));
  state.redemptions.set(userId, redeemed);
  const lot = account.lots.get(entryId);
  if (lot === undefined) throw new TypeError('A voucher has added no lot.');
  return { outcome: 'redeemed', entry: posted.entry, lot: copyOf(lot) };
}
