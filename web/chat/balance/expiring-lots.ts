import type { Lot } from '../../api/api-objects.js';

const dayMs = 24 * 60 * 60 * 1000;
const soonMs = 14 * dayMs;

/** Credits that end at one moment. */
export interface ExpiringCredits {
  credits: number;
  expiresAt: string;
}

/**
 * Returns what expires within two weeks, by its moment, the soonest first. Allowances are left out: they end with each of
 * their periods, and the next one follows.
 */
export function expiringSoon(lots: readonly Lot[], nowMs: number): ExpiringCredits[] {
  const byMoment = new Map<string, number>();
  for (const { kind, left, expires_at } of lots) {
    if (kind === 'allowance' || left === 0 || expires_at === null) continue;
    const remainingMs = Date.parse(expires_at) - nowMs;
    if (remainingMs <= 0 || remainingMs > soonMs) continue;
    byMoment.set(expires_at, (byMoment.get(expires_at) ?? 0) + left);
  }
  return [...byMoment]
    .map(([expiresAt, credits]) => ({ credits, expiresAt }))
    .sort((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt));
}

/** Orders lots as they are spent. */
export function inSpendingOrder(lots: readonly Lot[]): Lot[] {
  const endOf = ({ expires_at }: Lot) => (expires_at === null ? Infinity : Date.parse(expires_at));
  const compare = (one: number, other: number) => (one === other ? 0 : one - other);
  return lots.toSorted(
    (one, other) =>
      compare(one.priority, other.priority) ||
      compare(endOf(one), endOf(other)) ||
      compare(Date.parse(one.created_at), Date.parse(other.created_at)) ||
      (one.id < other.id ? -1 : 1),
  );
}
