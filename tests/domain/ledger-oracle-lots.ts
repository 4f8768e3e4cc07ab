import type { EntryKind } from '../../src/domain/ledger/entry.js';
import type { LotKind } from '../../src/domain/metering/lot.js';
import { periodEndMs, windowName } from './ledger-oracle-calendar.js';
import { heldOf, move, openHoldsOf } from './ledger-oracle-state.js';
import type { Oracle, OracleAccount, OracleExchange, OracleLot } from './ledger-oracle-state.js';

/** What is asked for of a lot; a priority of null is the default one. */
export interface PostedLot {
  id: string;
  priority: number | null;
  expiresAtMs: number | null;
}

const priorities: Record<string, number> = { grant: 20, voucher: 20, purchase: 50 };
const maxCredits = 2 ** 53 - 1;

/** The lot that a positive amount becomes. */
export function lotOfPost(
  { lots }: OracleAccount,
  entryKind: EntryKind,
  amount: number,
  { id, priority, expiresAtMs }: PostedLot,
): OracleLot {
  const kind = entryKind as LotKind;
  return {
    ...{ id, number: lots.length, kind, amount, left: amount, expiresAtMs, period: null },
    priority: priority ?? priorities[kind] ?? 50,
  };
}

/** Takes credits that can be spent from the lots: from the named one first. */
export function takeFromLots(
  { nowMs }: Oracle,
  { lots }: OracleAccount,
  amount: number,
  named: OracleLot | null,
): void {
  const spendable = inSpendingOrder(lots).filter((lot) => !hasExpired(lot, nowMs));
  const rest = take(
    spendable.filter((lot) => lot === named),
    amount,
  );
  if (take(spendable, rest) > 0) throw new Error('The lots have less left than the balance.');
}

/**
 * Takes a charge from the lots: what the hold covered from those that had not expired when it was made, and before that the
 * excess from those that have not expired now.
 */
export function chargeLots(
  { nowMs }: Oracle,
  { lots }: OracleAccount,
  { captured, taken, createdAtMs }: OracleExchange,
): void {
  const ordered = inSpendingOrder(lots);
  const covered = (captured ?? 0) - taken;
  const rest = [
    take(
      ordered.filter((lot) => !hasExpired(lot, nowMs)),
      taken,
    ),
    take(
      ordered.filter((lot) => !hasExpired(lot, createdAtMs)),
      covered,
    ),
  ];
  if (rest.some((credits) => credits > 0)) throw new Error('The lots have less left than was charged.');
}

/**
 * Lets leave what has expired, but for what the open holds would take of it if all were charged in full, the oldest first.
 * Returns whether something left.
 */
export function expireLots(oracle: Oracle, account: OracleAccount): boolean {
  const expired = inSpendingOrder(account.lots).filter((lot) => hasExpired(lot, oracle.nowMs));
  const free = account.lots.map((lot) => ({ ...lot }));
  for (const { hold, createdAtMs } of openHoldsOf(oracle, account.number)) {
    take(
      inSpendingOrder(free).filter((lot) => !hasExpired(lot, createdAtMs)),
      hold,
    );
  }
  let hasLeft = false;
  for (const lot of expired) {
    const leaving = free.find(({ number }) => number === lot.number)?.left ?? 0;
    if (leaving === 0) continue;
    lot.left -= leaving;
    move(account, 'expiry', -leaving);
    hasLeft = true;
  }
  return hasLeft;
}

/** Gives the allowance of the current period, once. Returns whether it was given now. */
export function giveAllowance(oracle: Oracle, account: OracleAccount): boolean {
  const { nowMs, rules } = oracle;
  const allowance = account.allowance ?? rules.allowance;
  if (allowance === null || allowance.amount === 0) return false;
  const { every } = allowance;
  const period = windowName(every, nowMs, rules.timeZone);
  const amount = Math.min(allowance.amount, maxCredits - account.balance - heldOf(oracle, account.number));
  if (amount === 0 || account.lots.some((lot) => lot.period === period)) return false;
  move(account, 'allowance', amount);
  account.lots.push({
    ...{
      id: null,
      number: account.lots.length,
      kind: 'allowance',
      amount,
      left: amount,
      priority: 10,
      period,
    },
    expiresAtMs: periodEndMs(every, nowMs, rules.timeZone),
  });
  return true;
}

function hasExpired({ expiresAtMs }: OracleLot, atMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= atMs;
}

function inSpendingOrder(lots: readonly OracleLot[]): OracleLot[] {
  const end = ({ expiresAtMs }: OracleLot) => expiresAtMs ?? Number.MAX_SAFE_INTEGER;
  return lots.toSorted(
    (one, other) => one.priority - other.priority || end(one) - end(other) || one.number - other.number,
  );
}

/** Takes an amount from lots in their order. Returns what they did not cover. */
function take(lots: readonly OracleLot[], amount: number): number {
  let uncovered = amount;
  for (const lot of lots) {
    const taken = Math.min(lot.left, uncovered);
    lot.left -= taken;
    uncovered -= taken;
  }
  return uncovered;
}
