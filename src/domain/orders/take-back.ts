import { hasExpired, type Lot } from '../metering/lot.js';
import type { Package } from './package.js';

/** Credits of an order that have to go back, because money went back. */
export interface CreditsToReturn {
  credits: number;
  bonusCredits: number;
}

/**
 * Returns the credits that go back with money: in proportion, and rounded in favour of the person over all refunds of the order
 * together, so that the order of refunds does not matter.
 *
 * @param refunded The money that was paid back before and after the refund.
 */
export function creditsToReturn(
  { credits, bonusCredits, price }: Package,
  refunded: { before: number; after: number },
): CreditsToReturn {
  const share = (amount: number) =>
    proportion(amount, refunded.after, price) - proportion(amount, refunded.before, price);
  return { credits: share(credits), bonusCredits: share(bonusCredits) };
}

/** `amount * part / whole`, rounded down. The product can exceed 2^53. */
function proportion(amount: number, part: number, whole: number): number {
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
}

/** How credits go back. */
export interface TakingBack {
  /** The credits to take from the lots of the order. */
  fromLots: { lotId: string; amount: number }[];
  /** The credits to take from other lots, in spending order. */
  fromOthers: number;
  /** Credits that left before by themselves, and are neither taken nor owed. */
  expired: number;
  /** Credits that were spent, and are owed from now on. */
  debt: number;
}

/**
 * Decides how credits go back: first what is left in the lots of the order, then what is left in others. What expired is not
 * owed; what was spent is.
 *
 * @param account.balance What can be spent; the rest of the lots is held.
 * @param account.lots The lots that have something left, up to date.
 * @param order.expired The credits of the lots of the order that have expired, without those of earlier refunds.
 */
export function planTakingBack(
  { balance, lots, now }: { balance: number; lots: readonly Lot[]; now: Date },
  order: { lotId: string; bonusLotId: string | null; expired: number },
  { credits, bonusCredits }: CreditsToReturn,
): TakingBack {
  let spendable = balance;
  const fromLots: TakingBack['fromLots'] = [];
  const takeFrom = (lotId: string | null, wanted: number): number => {
    const lot = lots.find(({ id }) => id === lotId);
    const left = lot === undefined || hasExpired(lot, now) ? 0 : lot.left;
    const amount = Math.min(wanted, left, spendable);
    spendable -= amount;
    if (lot !== undefined && amount > 0) fromLots.push({ lotId: lot.id, amount });
    return amount;
  };
  const taken = takeFrom(order.lotId, credits) + takeFrom(order.bonusLotId, bonusCredits);
  const missing = credits + bonusCredits - taken;
  const expired = Math.min(missing, order.expired);
  const fromOthers = Math.min(missing - expired, spendable);
  return { fromLots, fromOthers, expired, debt: missing - expired - fromOthers };
}
