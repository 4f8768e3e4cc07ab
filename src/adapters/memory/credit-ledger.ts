import { maxCredits, type Entry } from '../../domain/ledger/entry.js';
import type { Clock } from '../../ports/clock.js';
import type { CreditLedger, PostEntryOutcome } from '../../ports/credit-ledger.js';
import { bringLotsUpToDate } from './account-lots.js';
import {
  appendEntry,
  copyOf,
  heldCredits,
  noCharge,
  pageOfStored,
  runAtomically,
  type MemoryState,
} from './state.js';

/** Balances and entries in memory. */
export function memoryCreditLedger(state: MemoryState, clock: Pick<Clock, 'now'>): CreditLedger {
  return {
    balance: (userId, rules = null) =>
      runAtomically(() => {
        const account = state.accounts.get(userId);
        if (account === undefined) return null;
        if (rules !== null && !account.isClosed) bringLotsUpToDate(account, clock.now(), rules);
        return { balance: account.balance, held: heldCredits(account) };
      }),
    post: (entry) => runAtomically(() => post(state, clock, entry)),
    entries: (userId, page) =>
      runAtomically(() => pageOfStored<Entry>(state.accounts.get(userId)?.entries.values() ?? [], page)),
  };
}

function post(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  { id, userId, kind, amount, reason, idempotencyKey = null }: Parameters<CreditLedger['post']>[0],
): PostEntryOutcome {
  if (!Number.isInteger(amount) || amount === 0) {
    throw new TypeError('The amount must be a whole number other than 0.');
  }
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  const claimedId = idempotencyKey === null ? undefined : account.entryClaims.get(idempotencyKey);
  const claimed = claimedId === undefined ? undefined : account.entries.get(claimedId);
  if (claimed !== undefined) return { outcome: 'key_claimed', entry: copyOf(claimed) };
  // Compared with what is left below the limit: the sum itself could exceed 2^53 − 1.
  const maxAmount = maxCredits - heldCredits(account) - account.balance;
  if (amount > maxAmount || -amount > account.balance)
    return { outcome: 'out_of_range', balance: account.balance };
  const balanceAfter = account.balance + amount;
  const entry: Entry = {
    id,
    userId,
    kind,
    amount,
    balanceAfter,
    ...noCharge,
    reason,
    createdAt: clock.now(),
  };
  appendEntry(account, entry);
  if (idempotencyKey !== null) account.entryClaims.set(idempotencyKey, id);
  account.balance = balanceAfter;
  return { outcome: 'posted', entry: copyOf(entry) };
}
