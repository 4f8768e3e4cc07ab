import { eventsOfLotEntries, grantedEvent } from '../../domain/events/credit-events.js';
import type { Allowance } from '../../domain/metering/allowance.js';
import { hasExpired, type Lot } from '../../domain/metering/lot.js';
import {
  allowanceAt,
  dueAt,
  takeFromLots,
  updateLots,
  type AllowanceOfAccount,
  type LotEntry,
} from '../../domain/metering/update-lots.js';
import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import { collectReturned, storeDebt } from './account-debt.js';
import type { Queryable } from './database.js';
import { insertEntry } from './entry-rows.js';
import { insertEvents } from './event-rows.js';
import { isDue, type LockedAccount } from './locked-account.js';
import { alertIfLow, endAlertIfRisen } from './low-balance.js';
import { readAccountLots, replaceUses, storeLots, storeOpeningLot } from './lot-rows.js';
import { onlyRow } from './read-rows.js';

// Not `now()`: a transaction that began earlier can get the lock later, and time must not go back for the lots of an account.
const readMoment = `
  select clock_timestamp() as now, a.amount, a.every
  from (select 1) as once left join allowances a on a.user_id = $1`;

const findPeriod = `select 1 from lots where user_id = $1 and period = $2`;

/**
 * Does what is due for a locked account: expired credits leave, an allowance arrives. Returns the account after that.
 *
 * @param nextId Returns the ids of the entries of that, in ascending order.
 */
export async function bringLotsUpToDate(
  within: Queryable,
  account: LockedAccount,
  rules: WalletRules,
  nextId: () => string,
): Promise<LockedAccount> {
  if (!isDue(account, rules)) return account;
  const { userId } = account;
  const moment = await momentOf(within, userId);
  const given = await allowanceOf(within, userId, { ...moment, rules });
  const rule = allowanceRule(rules);
  const hasLots = account.lotsTotal !== null || given?.isGiven === false;
  if (!hasLots) return setDue(within, account, { due: dueAt([], given, moment.now), rule });
  const { account: updated, lots } = await updateAccount(within, account, {
    now: moment.now,
    given,
    nextId,
  });
  // Also if nothing more fits into the balance: the allowance of this period is done with.
  const due = dueAt(lots, given && { ...given, isGiven: true }, moment.now);
  const current = await setDue(within, updated, { due, rule });
  await alertIfChanged(within, account.balance, current);
  return current;
}

/**
 * Brings the lots of a locked account up to date, without an allowance: an administrator acts, or the sweep. An account whose
 * credits are one implicit lot gets it as a row.
 *
 * @param nextId Returns the ids of the entries of that, in ascending order.
 * @returns The account after that, the lots that have something left, and the moment.
 */
export async function expireLotsOf(
  within: Queryable,
  account: LockedAccount,
  nextId: () => string,
): Promise<{ account: LockedAccount; lots: Lot[]; now: Date; hasExpired: boolean }> {
  const { now } = await momentOf(within, account.userId);
  const before = account.balance;
  const updated = await updateAccount(within, account, { now, given: null, nextId });
  const due = earlier(account.dueAt, dueAt(updated.lots, null, now));
  const rule = account.allowanceRule;
  const current = await setDue(within, updated.account, { due, rule });
  await alertIfChanged(within, before, current);
  return { account: current, lots: updated.lots, now, hasExpired: current.balance < before };
}

/**
 * Adds the lot of an entry that added its credits to the balance of a locked account, and the event of that. Returns the account
 * after that.
 */
export async function addLot(within: Queryable, account: LockedAccount, lot: Lot): Promise<LockedAccount> {
  await storeLots(within, account.userId, [lot]);
  const lotsTotal = (account.lotsTotal ?? 0) + lot.amount;
  // What expired lots keep for open holds may be less now.
  const kept = account.keepsExpired ? account.now : null;
  const due = earlier(earlier(account.dueAt, lot.expiresAt), kept);
  const after = await setDue(within, { ...account, lotsTotal }, { due, rule: account.allowanceRule });
  await insertEvents(within, account.userId, [grantedEvent(lot, account.balance)]);
  await endAlertIfRisen(within, account);
  return after;
}

/** Takes credits, which have left the balance of a locked account, from its lots: from the named one first. */
export async function takeFromAccountLots(
  within: Queryable,
  { account, lots, now }: { account: LockedAccount; lots: readonly Lot[]; now: Date },
  { amount, lotId }: { amount: number; lotId: string | null },
): Promise<{ account: LockedAccount; lots: Lot[]; now: Date }> {
  const changed = takeFromLots(lots, amount, lotId, now);
  await storeLots(within, account.userId, changed);
  const lotsTotal = (account.lotsTotal ?? 0) - amount;
  const due = { due: account.dueAt, rule: account.allowanceRule };
  const after = await setDue(within, { ...account, lotsTotal }, due);
  await alertIfLow(within, after, amount);
  return {
    account: after,
    lots: lots.map((lot) => changed.find(({ id }) => id === lot.id) ?? lot),
    now,
  };
}

/**
 * Pays the debt of a locked account from its balance, with an entry.
 *
 * @param payment.atMost Credits; by default the whole debt, as far as the lots go.
 * @param payment.lotId The lot from which it is taken first.
 * @returns The account and its lots after that.
 */
export async function payDebt(
  within: Queryable,
  before: { account: LockedAccount; lots: readonly Lot[]; now: Date },
  payment: { id: string; atMost?: number; lotId: string; reason: string | null },
): Promise<{ account: LockedAccount; lots: Lot[] }> {
  const { account, lots, now } = before;
  const spendable = lots.reduce((sum, lot) => sum + (hasExpired(lot, now) ? 0 : lot.left), 0);
  const amount = Math.min(account.debt, account.balance, payment.atMost ?? spendable, spendable);
  if (amount === 0) return { account, lots: [...lots] };
  const { id, lotId, reason } = payment;
  const entry = await insertEntry(within, account, { id, kind: 'debt', amount: -amount, reason, lotId });
  if (entry === null) throw new TypeError('Nothing may change the balance of a locked account.');
  const debt = account.debt - amount;
  await storeDebt(within, account.userId, debt);
  const after = { ...account, balance: entry.balanceAfter, debt };
  return takeFromAccountLots(within, { account: after, lots, now }, { amount, lotId });
}

async function alertIfChanged(within: Queryable, before: number, account: LockedAccount): Promise<void> {
  if (account.balance > before) await endAlertIfRisen(within, account);
  else if (account.balance < before) await alertIfLow(within, account, before - account.balance);
}

interface Moment {
  now: Date;
  /** The allowance of the account, in place of the default; null if it has none. */
  own: Allowance | null;
}

async function momentOf(within: Queryable, userId: string): Promise<Moment> {
  const statement = { text: readMoment, values: [userId] };
  const { now, amount, every } = onlyRow(
    await within.query<{ now: Date; amount: number | null; every: Allowance['every'] | null }>(statement),
  );
  return { now, own: amount === null || every === null ? null : { amount, every } };
}

async function allowanceOf(
  within: Queryable,
  userId: string,
  { now, own, rules }: Moment & { rules: WalletRules },
): Promise<AllowanceOfAccount | null> {
  const current = allowanceAt(own ?? rules.allowance, now, rules.timeZone, () => false);
  if (current === null) return null;
  const found = await within.query({ text: findPeriod, values: [userId, current.period.name] });
  return { ...current, isGiven: found.length > 0 };
}

async function updateAccount(
  within: Queryable,
  account: LockedAccount,
  { now, given, nextId }: { now: Date; given: AllowanceOfAccount | null; nextId: () => string },
): Promise<{ account: LockedAccount; lots: Lot[] }> {
  const { userId } = account;
  if (account.lotsTotal === null) await storeOpeningLot(within, account);
  const before = await readAccountLots(within, account);
  const updated = updateLots(before, now, given, nextId);
  await storeLots(within, userId, updated.changed);
  await replaceUses(within, userId, [before.uses, updated.uses]);
  await storeEntries(within, userId, updated.entries, now);
  const { balance, lots } = updated;
  const lotsTotal = lots.reduce((total, { left }) => total + left, 0);
  const keepsExpired = updated.uses.length > 0;
  const current = { account: { ...account, balance, lotsTotal, keepsExpired }, lots, now };
  const expired = updated.entries.reduce((sum, { amount }) => sum + Math.max(0, -amount), 0);
  return account.debt > 0 ? payWithReturned(within, current, { expired, nextId }) : current;
}

/** Pays the debt of an account with what the holds that were open when it arose have given back, unless that has expired. */
async function payWithReturned(
  within: Queryable,
  before: { account: LockedAccount; lots: Lot[]; now: Date },
  { expired, nextId }: { expired: number; nextId: () => string },
): Promise<{ account: LockedAccount; lots: Lot[] }> {
  const { returned, lotId } = await collectReturned(within, before.account.userId);
  if (lotId === null || returned <= expired) return before;
  // The columns that the update changed are written first: the payment changes the balance where it is stored.
  const { dueAt, allowanceRule: rule } = before.account;
  const stored = await setDue(within, before.account, { due: dueAt, rule });
  const payment = { id: nextId(), atMost: returned - expired, lotId, reason: null };
  return payDebt(within, { ...before, account: stored }, payment);
}

// What expires has the reason of the entry that added it, and names its lot.
const insertEntries = `
  insert into entries (user_id, id, kind, amount, balance_after, reason, lot_id, created_at)
  select $1, r.id, r.kind, r.amount, r."balanceAfter",
    coalesce(r.period, (select reason from entries where user_id = $1 and id = r."lotId")),
    case when r.kind = 'expiry' then r."lotId" end, $3::timestamptz
  from json_to_recordset($2::json) as r (
    id uuid, kind text, amount bigint, "balanceAfter" bigint, period text, "lotId" uuid)`;

async function storeEntries(
  within: Queryable,
  userId: string,
  entries: readonly LotEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ lot, ...entry }) => ({ ...entry, period: lot.period, lotId: lot.id }));
  const creditsOf = (kind: LotEntry['kind']) =>
    entries.reduce((sum, entry) => sum + (entry.kind === kind ? Math.abs(entry.amount) : 0), 0);
  await within.query({
    text: insertEntries,
    values: [userId, JSON.stringify(rows), now.toISOString()],
    dueCredits: { allowance: creditsOf('allowance'), expiry: creditsOf('expiry') },
  });
  await insertEvents(within, userId, eventsOfLotEntries(entries));
}

// With a debt, something is always due: so no hold begins before the slow path has rejected it.
const updateBalance = `
  update balances
  set balance = $2, lots_total = $3, due_at = case when debt > 0 then to_timestamp(0) else $4::timestamptz end, allowance_rule = $5, keeps_expired = $6
  where user_id = $1`;

/** Writes a locked account with the next moment at which something is due. Returns it. */
async function setDue(
  within: Queryable,
  account: LockedAccount,
  { due, rule }: { due: Date | null; rule: string | null },
): Promise<LockedAccount> {
  const { userId, balance, lotsTotal, keepsExpired } = account;
  const values = [userId, balance, lotsTotal, due?.toISOString() ?? null, rule, keepsExpired];
  await within.query({ text: updateBalance, values });
  return { ...account, dueAt: due, allowanceRule: rule };
}

function earlier(left: Date | null, right: Date | null): Date | null {
  return left === null || (right !== null && right < left) ? right : left;
}
