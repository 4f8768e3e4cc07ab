import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import { maxCredits, type Entry } from '../../domain/ledger/entry.js';
import type { Clock } from '../../ports/clock.js';
import type { CreditLedger, PostEntryOutcome } from '../../ports/credit-ledger.js';
import { hasExpired, lotOfEntry } from '../../domain/metering/lot.js';
import { addLot, bringLotsUpToDate, expireLotsOf, payDebt, takeFromAccountLots } from './account-lots.js';
import { alertIfLow } from './low-balance.js';
import { appendEntry, heldCredits, noCharge } from './account-state.js';
import { copyOf, pageOfStored, runAtomically, type MemoryState } from './state.js';

/** Balances and entries in memory. */
export function memoryCreditLedger(state: MemoryState, clock: Pick<Clock, 'now'>): CreditLedger {
  return {
    balance: (userId, due = null) =>
      runAtomically(() => {
        const account = state.accounts.get(userId);
        if (account === undefined) return null;
        if (due !== null && !account.isClosed) {
          bringLotsUpToDate(account, clock.now(), due.rules, () => due.ids.next());
        }
        return { balance: account.balance, held: heldCredits(account) };
      }),
    post: (entry) => runAtomically(() => postEntry(state, clock, entry)),
    entries: (userId, page) =>
      runAtomically(() => pageOfStored<Entry>(state.accounts.get(userId)?.entries.values() ?? [], page)),
  };
}

/** Posts an entry at once, as `CreditLedger.post` does. */
export function postEntry(
  state: MemoryState,
  clock: Pick<Clock, 'now'>,
  { id, userId, kind, amount, reason, ...options }: Parameters<CreditLedger['post']>[0],
): PostEntryOutcome {
  const { idempotencyKey = null, lot = null, lotId = null, debtEntryId = null, lowBalance = null } = options;
  if (!Number.isInteger(amount) || amount === 0) {
    throw new TypeError('The amount must be a whole number other than 0.');
  }
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  const claim = idempotencyKey === null ? undefined : account.entryClaims.get(idempotencyKey);
  const claimed = claim === undefined ? undefined : account.entries.get(claim.entryId);
  if (claim !== undefined && claimed !== undefined) {
    const added = account.lots.get(claimed.id);
    return {
      outcome: 'key_claimed',
      entry: copyOf(claimed),
      lot: added === undefined ? null : copyOf(added),
      lotId: claim.lotId,
    };
  }
  const now = clock.now();
  if (account.lotsTotal !== null || amount > 0 || lotId !== null) {
    expireLotsOf(account, now, entryIdsBefore(id), { lowBalance });
  }
  if (lotId !== null && !account.lots.has(lotId)) return { outcome: 'no_such_lot' };
  if (hasExpired({ expiresAt: lot?.expiresAt ?? null }, now)) return { outcome: 'already_expired' };
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
    createdAt: now,
  };
  appendEntry(account, entry);
  if (idempotencyKey !== null) account.entryClaims.set(idempotencyKey, { entryId: id, lotId });
  account.balance = balanceAfter;
  if (amount > 0) {
    addLot(account, now, lotOfEntry(entry, lot));
    const payment = { atMost: amount, lotId: id, reason, lowBalance };
    if (debtEntryId !== null) payDebt(account, now, { id: debtEntryId, ...payment });
  } else if (account.lotsTotal !== null)
    takeFromAccountLots(account, now, { amount: -amount, lotId, lowBalance });
  else alertIfLow(account, now, { decrease: -amount, lowBalance });
  return { outcome: 'posted', entry: copyOf(entry) };
}
