import { eventsOfLotEntries, grantedEvent } from '../../domain/events/credit-events.js';
import { maxCredits } from '../../domain/ledger/entry.js';
import { newLot, type Lot } from '../../domain/metering/lot.js';
import {
  allowanceAt,
  dueAt,
  takeFromLots,
  updateLots,
  type AccountLots,
  type AllowanceOfAccount,
} from '../../domain/metering/update-lots.js';
import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import { insertEvents } from './account-events.js';
import { alertIfLow, endAlertIfRisen } from './low-balance.js';
import { appendEntry, heldCredits, noCharge, type Account } from './account-state.js';

/**
 * Does what is due for an account: expired credits leave, an allowance arrives.
 *
 * @param nextId Returns the ids of the entries of that, in ascending order.
 */
export function bringLotsUpToDate(
  account: Account,
  now: Date,
  rules: WalletRules,
  nextId: () => string,
): void {
  const rule = allowanceRule(rules);
  const isDue = account.debt > 0 || (account.dueAt !== null && account.dueAt <= now);
  if (!isDue && account.allowanceRule === rule) return;
  const given = allowanceAt(account.allowance ?? rules.allowance, now, rules.timeZone, (period) =>
    [...account.lots.values()].some((lot) => lot.period === period),
  );
  if (account.lotsTotal !== null || given?.isGiven === false)
    updateAccount(account, now, { given, nextId, lowBalance: rules.lowBalance });
  account.dueAt = dueAt(lotsWithRest(account), given && { ...given, isGiven: true }, now);
  account.allowanceRule = rule;
}

/**
 * Brings the lots of an account up to date, without an allowance: an administrator acts, or the sweep. An account whose
 * credits are one implicit lot gets it.
 *
 * @param nextId Returns the ids of the entries of that, in ascending order.
 * @returns Whether something has expired.
 */
export function expireLotsOf(
  account: Account,
  now: Date,
  nextId: () => string,
  { lowBalance = null }: { lowBalance?: number | null } = {},
): boolean {
  const before = account.balance;
  updateAccount(account, now, { given: null, nextId, lowBalance });
  account.dueAt = earlier(account.dueAt, dueAt(lotsWithRest(account), null, now));
  return account.balance < before;
}

/** Adds the lot of an entry that added its credits to the balance, and the event of that. */
export function addLot(account: Account, now: Date, lot: Lot): void {
  storeLot(account, now, lot);
  account.lotsTotal = (account.lotsTotal ?? 0) + lot.amount;
  account.dueAt = earlier(account.dueAt, lot.expiresAt);
  makeKeptDue(account, now);
  insertEvents(account, now, [grantedEvent(lot, account.balance)]);
  endAlertIfRisen(account);
}

/** Makes due what expired lots keep for open holds: credits were added, or a hold gave some back. */
export function makeKeptDue(account: Account, now: Date): void {
  if (account.lotUses.length > 0) account.dueAt = earlier(account.dueAt, now);
}

/** Takes credits, which have left the balance, from the lots of an account: from the named one first. */
export function takeFromAccountLots(
  account: Account,
  now: Date,
  { amount, lotId, lowBalance }: { amount: number; lotId: string | null; lowBalance?: number | null },
): void {
  for (const lot of takeFromLots(lotsWithRest(account), amount, lotId, now)) storeLot(account, now, lot);
  account.lotsTotal = (account.lotsTotal ?? 0) - amount;
  alertIfLow(account, now, { decrease: amount, lowBalance });
}

function updateAccount(
  account: Account,
  now: Date,
  {
    given,
    nextId,
    lowBalance,
  }: { given: AllowanceOfAccount | null; nextId: () => string; lowBalance: number | null },
): void {
  const before = account.balance;
  if (account.lotsTotal === null) storeOpeningLot(account, now);
  const updated = updateLots(accountLots(account), now, given, nextId);
  for (const lot of updated.changed) storeLot(account, now, lot);
  account.lotUses = updated.uses;
  account.lotsTotal = updated.lots.reduce((total, { left }) => total + left, 0);
  for (const { id, kind, amount, balanceAfter, lot } of updated.entries) {
    const reason = lot.period ?? account.entries.get(lot.id)?.reason ?? null;
    const { userId } = account;
    appendEntry(account, { id, kind, amount, reason, ...noCharge, userId, balanceAfter, createdAt: now });
    if (kind === 'expiry') account.expiredLots.set(id, lot.id);
  }
  account.balance = updated.balance;
  insertEvents(account, now, eventsOfLotEntries(updated.entries));
  if (account.balance > before) endAlertIfRisen(account);
  else if (account.balance < before)
    alertIfLow(account, now, { decrease: before - account.balance, lowBalance });
  const expired = updated.entries.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0);
  if (account.debt > 0) payWithReturned(account, now, { expired, nextId, lowBalance });
}

/** Pays the debt with what the holds that were open when it arose have given back, unless that has expired. */
function payWithReturned(
  account: Account,
  now: Date,
  { expired, nextId, lowBalance }: { expired: number; nextId: () => string; lowBalance: number | null },
): void {
  const { returned, lotId } = collectReturned(account);
  if (lotId === null || returned <= expired) return;
  payDebt(account, now, { id: nextId(), atMost: returned - expired, lotId, reason: null, lowBalance });
}

/** What the remembered holds that have ended gave back, and the lot to take it from first; forgets these holds. */
function collectReturned(account: Account): { returned: number; lotId: string | null } {
  let returned = 0;
  let firstLotId: string | null = null;
  for (const [holdId, lotId] of account.debtHolds) {
    const exchange = account.exchanges.get(holdId)?.exchange;
    if (exchange === undefined || exchange.holdState === 'open') continue;
    const rest = Math.max(0, exchange.held - (exchange.captured ?? 0));
    if (rest > 0) firstLotId ??= lotId;
    returned += rest;
    account.debtHolds.delete(holdId);
  }
  return { returned, lotId: firstLotId };
}

/**
 * Pays the debt of an account from its balance, with an entry.
 *
 * @param payment.atMost Credits.
 * @param payment.lotId The lot from which it is taken first.
 */
export function payDebt(
  account: Account,
  now: Date,
  {
    id,
    atMost,
    lotId,
    reason,
    lowBalance,
  }: { id: string; atMost: number; lotId: string; reason: string | null; lowBalance: number | null },
): void {
  const amount = Math.min(account.debt, account.balance, atMost);
  if (amount === 0) return;
  account.balance -= amount;
  const { userId, balance: balanceAfter } = account;
  const moved = { kind: 'debt', amount: -amount, reason, balanceAfter } as const;
  appendEntry(account, { id, ...moved, ...noCharge, userId, createdAt: now });
  account.debt -= amount;
  if (account.debt === 0) account.debtHolds.clear();
  takeFromAccountLots(account, now, { amount, lotId, lowBalance });
}

function accountLots(account: Account): AccountLots {
  const exchanges = [...account.exchanges.values()];
  const open = exchanges.filter(({ exchange }) => exchange.holdState === 'open');
  open.sort((left, right) => Number(left.exchange.createdAt) - Number(right.exchange.createdAt));
  const used = new Set(account.lotUses.map(({ holdId }) => holdId));
  const ended = exchanges.filter(({ exchange: { id, holdState } }) => holdState !== 'open' && used.has(id));
  ended.sort((left, right) => Number(left.endedAt) - Number(right.endedAt));
  return {
    balance: account.balance,
    lots: lotsWithRest(account),
    openHolds: open.map(({ exchange }) => exchange),
    uses: account.lotUses,
    // What was taken beyond the hold was taken from the balance, when the lot had expired.
    endedHolds: ended.map(({ exchange: { id, held, captured } }) => ({
      id,
      captured: Math.min(captured ?? 0, held),
    })),
    // No other program adds credits to this memory.
    uncovered: 0,
  };
}

/** Makes one lot of all the credits of an account that has no lots. */
function storeOpeningLot(account: Account, now: Date): void {
  const added = [...account.entries.values()].filter(({ amount }) => amount > 0);
  const [first] = added;
  if (first === undefined) return;
  // What an account had at first can be more than its credits can ever be at one time.
  const amount = Math.min(
    maxCredits,
    added.reduce((total, entry) => total + entry.amount, 0),
  );
  const left = account.balance + heldCredits(account);
  storeLot(account, now, { ...newLot('opening', amount, first.createdAt, account.userId), left });
}

function storeLot(account: Account, now: Date, lot: Lot): void {
  const at = lot.left === lot.amount ? lot.createdAt : now;
  account.lotChanges.push({ lotId: lot.id, at, left: lot.left });
  account.lots.set(lot.id, Object.freeze({ ...lot }));
}

function lotsWithRest(account: Account): Lot[] {
  return [...account.lots.values()].filter(({ left }) => left > 0);
}

function earlier(left: Date | null, right: Date | null): Date | null {
  return left === null || (right !== null && right < left) ? right : left;
}
