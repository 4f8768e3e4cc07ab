import type { Clock } from '../../ports/clock.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import { hasExpired, type Lot } from '../../domain/metering/lot.js';
import { expireLotsOf } from './account-lots.js';
import type { Account } from './account-state.js';
import { pageOfStored, runAtomically, type MemoryState } from './state.js';

/** Lots and allowances in memory. */
export function memoryLotLedger(state: MemoryState, clock: Pick<Clock, 'now'>): LotLedger {
  const findAccount = (userId: string): Account | null => {
    const account = state.accounts.get(userId);
    return account === undefined || account.isClosed ? null : account;
  };
  return {
    lots: (userId, page, { onlyLeft, ids, ...options }) =>
      runAtomically(() => {
        const account = findAccount(userId);
        if (account === null) return null;
        expireLotsOf(account, clock.now(), () => ids.next(), options);
        return pageOfStored<Lot>(
          [...account.lots.values()].filter(({ left }) => left > 0 || !onlyLeft),
          page,
        );
      }),
    expireLots: (ids, lowBalance = null) =>
      runAtomically(() => {
        const now = clock.now();
        const isExpired = (lot: Lot) => lot.left > 0 && hasExpired(lot, now);
        const due = [...state.accounts.values()].filter(({ lots }) => [...lots.values()].some(isExpired));
        return due.filter((account) => expireLotsOf(account, now, () => ids.next(), { lowBalance })).length;
      }),
    allowance: (userId) =>
      runAtomically(() => {
        const allowance = state.accounts.get(userId)?.allowance ?? null;
        return allowance && { ...allowance };
      }),
    setAllowance: (userId, allowance) =>
      runAtomically(() => {
        const account = findAccount(userId);
        if (account === null) return false;
        const now = clock.now();
        account.allowance = allowance && Object.freeze({ ...allowance });
        account.dueAt = account.dueAt === null || account.dueAt > now ? now : account.dueAt;
        return true;
      }),
  };
}
