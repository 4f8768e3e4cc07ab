import type { Entry, EntryKind } from '../ledger/entry.js';

/**
 * Where the credits of a lot come from. `opening`: everything that an account had before its first other lot.
 * `adjustment`: credits that an administrator gave back.
 */
export const lotKinds = ['opening', 'grant', 'purchase', 'voucher', 'allowance', 'adjustment'] as const;
/** Where the credits of a lot come from. */
export type LotKind = (typeof lotKinds)[number];

/** Credits from one source. */
export interface Lot {
  /** The id of the entry that added the credits. The opening lot has the id of the account. */
  id: string;
  kind: LotKind;
  /** Credits that it had at first. */
  amount: number;
  /** Credits that are left: what was neither charged, nor removed, nor has expired. From 0 to `amount`. */
  left: number;
  /** The lot with the lowest number is spent first; from 0 to `maxPriority`. */
  priority: number;
  /** From this moment on its credits cannot be spent; null for never. */
  expiresAt: Date | null;
  /** The period that an allowance is for, such as `month 2026-11-01`; null for other lots. */
  period: string | null;
  createdAt: Date;
}

/** The highest number of a priority. */
export const maxPriority = 1000;

/** The priority of a lot for which none is given. */
export const defaultPriorities: Readonly<Record<LotKind, number>> = {
  allowance: 10,
  grant: 20,
  voucher: 20,
  purchase: 50,
  opening: 50,
  adjustment: 50,
};

/** Returns a lot of the default priority that does not expire. */
export function newLot(kind: LotKind, amount: number, createdAt: Date, id: string): Lot {
  const priority = defaultPriorities[kind];
  return { id, kind, amount, left: amount, priority, expiresAt: null, period: null, createdAt };
}

const kindsByEntry: Partial<Record<EntryKind, LotKind>> = {
  grant: 'grant',
  purchase: 'purchase',
  voucher: 'voucher',
  allowance: 'allowance',
};

/** Returns the lot that an entry with a positive amount adds; without options with the default priority, for ever. */
export function lotOfEntry(
  { id, kind, amount, createdAt }: Pick<Entry, 'id' | 'kind' | 'amount' | 'createdAt'>,
  options: { expiresAt: Date | null; priority: number | null } | null,
): Lot {
  const lot = newLot(kindsByEntry[kind] ?? 'adjustment', amount, createdAt, id);
  return { ...lot, expiresAt: options?.expiresAt ?? null, priority: options?.priority ?? lot.priority };
}

/** Compares two lots by the order in which they are spent: by priority, then by expiry, then by age. */
export function bySpendingOrder(left: Lot, right: Lot): number {
  return (
    left.priority - right.priority ||
    compare(left.expiresAt?.getTime() ?? Infinity, right.expiresAt?.getTime() ?? Infinity) ||
    compare(left.createdAt.getTime(), right.createdAt.getTime()) ||
    compare(left.id, right.id)
  );
}

/** Returns true if the credits of the lot cannot be spent at this moment. */
export function hasExpired({ expiresAt }: Pick<Lot, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function compare<Value extends number | string>(left: Value, right: Value): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
