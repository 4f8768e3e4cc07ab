import { maxCredits } from '../ledger/entry.js';
import { allowancePeriodAt, type Allowance, type AllowanceDue } from './allowance.js';
import { bySpendingOrder, hasExpired, newLot, type Lot } from './lot.js';

/** That a hold may still take from a lot that expired after the hold was made. */
export interface LotUse {
  lotId: string;
  holdId: string;
  /** Credits of the lot that the hold takes if all holds are charged in full, the oldest first. */
  amount: number;
}

/** The lots of an account as they were written last, and what has happened to its credits since. */
export interface AccountLots {
  /** What can be spent, if nothing has expired. */
  balance: number;
  /** The open holds, oldest first. */
  openHolds: readonly { id: string; held: number }[];
  /** The lots that have something left. */
  lots: readonly Lot[];
  uses: readonly LotUse[];
  /** The holds of `uses` that have ended, in that order, with what they took out of what they held. */
  endedHolds: readonly { id: string; captured: number }[];
  /** Credits that were added without a lot, by a server of an earlier version. */
  uncovered: number;
}

/** The allowance of an account, for an update that gives it. */
export interface AllowanceOfAccount {
  allowance: Allowance;
  period: AllowanceDue;
  /** Whether the account has the allowance of this period. */
  isGiven: boolean;
}

/** The lots of an account, brought up to date. */
export interface UpdatedLots {
  balance: number;
  /** The lots that have something left, in spending order. */
  lots: Lot[];
  /** The lots that are new or have less left than before, with what is left of them now. */
  changed: Lot[];
  uses: LotUse[];
  /** The entries of what has expired now, lot by lot, and of an allowance that is given now, in their order. */
  entries: LotEntry[];
}

/** An entry by which credits of a lot leave an account or arrive. */
export interface LotEntry {
  id: string;
  kind: 'expiry' | 'allowance';
  /** Credits, signed. */
  amount: number;
  balanceAfter: number;
  lot: Lot;
}

/**
 * Brings the lots of an account up to date. The rules, by which every credit is attributed:
 *
 * - What is charged comes from a lot when it is charged, not when it is held: in spending order, from the lots that had not
 *   expired when the hold was made. So the result does not depend on when the lots are brought up to date, as long as no hold
 *   is made while something is due.
 * - A lot that expires keeps what the open holds would take if all of them were charged in full, the oldest first. The rest
 *   expires at once; what these holds do not take expires when they end, or when credits are added that they take before.
 * - In doubt for the customer: of holds that ended between two updates, those that may still take from expired lots count as
 *   the last ones, since the others can only take what does not expire. What a server of an earlier version spent, added or
 *   held without regard to expiry is covered by lots that do not expire first, and by expired ones if nothing else is left.
 *
 * @param account The lots as written last, and what changed since. Everything that `uses` does not name was charged to holds
 *   that were made before the earliest expiry of the lots that it does not name.
 * @param now The moment, not before that of the last update.
 * @param given The allowance to give, if it is not given yet; null for none.
 * @param nextId Returns the id of a new lot or entry. The lot of an allowance has the id of the entry that adds it.
 */
export function updateLots(
  account: AccountLots,
  now: Date,
  given: AllowanceOfAccount | null,
  nextId: () => string,
): UpdatedLots {
  const before = new Map(account.lots.map((lot) => [lot.id, lot.left]));
  const lots = account.lots.map((lot) => ({ ...lot }));
  if (account.uncovered > 0) lots.push(newLot('grant', account.uncovered, now, nextId()));
  lots.sort(bySpendingOrder);
  chargeLots(lots, account);
  const entries: LotEntry[] = [];
  let { balance, uses } = account;
  const addEntry = (kind: LotEntry['kind'], lot: Lot, id: string, amount: number) => {
    balance += amount;
    entries.push({ id, kind, amount, balanceAfter: balance, lot });
  };
  const letExpiredLeave = () => {
    const expired = expireLots(lots, { ...account, uses }, now);
    uses = expired.uses;
    for (const { lot, amount } of expired.leaving) addEntry('expiry', lot, nextId(), -amount);
  };
  letExpiredLeave();
  const allowance = given === null ? null : allowanceLot(given, balance, account, now, nextId);
  if (allowance !== null) {
    addEntry('allowance', allowance, allowance.id, allowance.amount);
    lots.push(allowance);
    lots.sort(bySpendingOrder);
    // With it, open holds may take less of the expired lots.
    letExpiredLeave();
  }
  return {
    balance,
    lots: lots.filter(({ left }) => left > 0),
    changed: lots.filter(({ id, left }) => left !== before.get(id)),
    uses: [...uses],
    entries,
  };
}

/**
 * Takes credits that can be spent from lots: from the named one first, then in spending order. The lots are up to date.
 *
 * @param lots The lots that have something left.
 * @param amount Credits, at most the balance.
 * @param namedId The id of the named lot, or null. A lot that has expired has nothing that can be spent.
 * @returns The lots that have less left now.
 */
export function takeFromLots(lots: readonly Lot[], amount: number, namedId: string | null, now: Date): Lot[] {
  const spendable = lots.filter((lot) => !hasExpired(lot, now)).map((lot) => ({ ...lot }));
  spendable.sort(
    (left, right) =>
      Number(right.id === namedId) - Number(left.id === namedId) || bySpendingOrder(left, right),
  );
  const before = new Map(spendable.map(({ id, left }) => [id, left]));
  if (take(spendable, amount) > 0) throw new TypeError('The lots have less left than the balance.');
  return spendable.filter(({ id, left }) => left !== before.get(id));
}

/**
 * Returns the next moment at which something of the account expires, or an allowance is to be given; null if none is. It is
 * past while the allowance of the current period is not given. What an expired lot keeps for open holds is due when one of
 * them ends, or when credits are added: that is no moment which is known before.
 *
 * @param lots The lots, up to date.
 */
export function dueAt(lots: readonly Lot[], allowance: AllowanceOfAccount | null, now: Date): Date | null {
  const moments = lots.flatMap((lot) =>
    lot.left > 0 && lot.expiresAt !== null && !hasExpired(lot, now) ? [lot.expiresAt] : [],
  );
  if (allowance !== null) moments.push(allowance.isGiven ? allowance.period.end : allowance.period.start);
  return moments.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);
}

/**
 * Returns the allowance of an account with its current period; null if it has none.
 *
 * @param isGiven Returns whether the account has the allowance of the period with this name.
 */
export function allowanceAt(
  allowance: Allowance | null,
  now: Date,
  timeZone: string,
  isGiven: (periodName: string) => boolean,
): AllowanceOfAccount | null {
  if (allowance === null || allowance.amount === 0) return null;
  const period = allowancePeriodAt(allowance, now, timeZone);
  return { allowance, period, isGiven: isGiven(period.name) };
}

/** Takes what was charged since the last update from the lots, which are in spending order. */
function chargeLots(lots: Lot[], { balance, openHolds, uses, endedHolds }: AccountLots): void {
  const held = sumOf(openHolds, (hold) => hold.held);
  let charged = Math.max(0, sumOf(lots, ({ left }) => left) - balance - held);
  const byEndedHolds = sumOf(endedHolds, ({ captured }) => captured);
  const earlier = expiredEarlier(uses);
  const charge = (amount: number, mayTake: (lot: Lot) => boolean) => {
    const wanted = Math.min(amount, charged);
    charged -= wanted - take(lots.filter(mayTake), wanted);
  };
  charge(charged - byEndedHolds, ({ id }) => !earlier.has(id));
  for (const { id: holdId, captured } of endedHolds)
    charge(captured, ({ id }) => earlier.mayTake(id, holdId));
  charge(charged, () => true);
}

/** Lets the expired lots keep what the open holds may still take, and empties them of the rest. */
function expireLots(
  lots: Lot[],
  { openHolds, uses }: AccountLots,
  now: Date,
): { uses: LotUse[]; leaving: { lot: Lot; amount: number }[] } {
  const expired = lots.filter((lot) => lot.left > 0 && hasExpired(lot, now));
  if (expired.length === 0) return { uses: [], leaving: [] };
  const { mayTake } = expiredEarlier(uses);
  const free = lots.map((lot) => ({ ...lot }));
  const taken = openHolds.map(({ id: holdId, held }) => {
    const before = free.map(({ left }) => left);
    const uncovered = take(
      free.filter(({ id }) => mayTake(id, holdId)),
      held,
    );
    take(free, uncovered);
    return new Map(free.map(({ id, left }, index) => [id, (before[index] ?? 0) - left]));
  });
  const rests = new Map(free.map(({ id, left }) => [id, left]));
  const leaving = expired.map((lot) => ({ lot, amount: rests.get(lot.id) ?? 0 }));
  for (const { lot, amount } of leaving) lot.left -= amount;
  return {
    uses: expired.flatMap(({ id: lotId, left }) =>
      openHolds.flatMap(({ id: holdId }, index) => {
        const amount = taken[index]?.get(lotId) ?? 0;
        return left > 0 && (amount > 0 || mayTake(lotId, holdId)) ? [{ lotId, holdId, amount }] : [];
      }),
    ),
    leaving: leaving.filter(({ amount }) => amount > 0),
  };
}

/** The lots that had expired before the last update, and whether a hold may still take from a lot. */
function expiredEarlier(uses: readonly LotUse[]) {
  const lotIds = new Set(uses.map(({ lotId }) => lotId));
  const pairs = new Set(uses.map(({ lotId, holdId }) => `${lotId} ${holdId}`));
  return {
    has: (lotId: string) => lotIds.has(lotId),
    mayTake: (lotId: string, holdId: string) => !lotIds.has(lotId) || pairs.has(`${lotId} ${holdId}`),
  };
}

/** The lot of the allowance, unless it is given already or nothing more fits into the balance. */
function allowanceLot(
  { allowance, period, isGiven }: AllowanceOfAccount,
  balance: number,
  { openHolds }: AccountLots,
  now: Date,
  nextId: () => string,
): Lot | null {
  const free = maxCredits - balance - sumOf(openHolds, ({ held }) => held);
  const amount = Math.min(allowance.amount, free);
  if (isGiven || amount <= 0) return null;
  return { ...newLot('allowance', amount, now, nextId()), expiresAt: period.end, period: period.name };
}

/** Takes an amount from lots in their order. Returns what they did not cover. */
function take(lots: readonly Lot[], amount: number): number {
  let uncovered = Math.max(0, amount);
  for (const lot of lots) {
    const taken = Math.min(lot.left, uncovered);
    lot.left -= taken;
    uncovered -= taken;
  }
  return uncovered;
}

function sumOf<Item>(items: readonly Item[], creditsOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + creditsOf(item), 0);
}
