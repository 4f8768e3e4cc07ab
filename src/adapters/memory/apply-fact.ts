import { eventsOfFact } from '../../domain/events/order-events.js';
import { maxCredits, type Entry } from '../../domain/ledger/entry.js';
import { lotOfEntry } from '../../domain/metering/lot.js';
import { assessFact, refundedBy, stateOfOrder } from '../../domain/orders/fact-rules.js';
import { creditsToReturn, planTakingBack } from '../../domain/orders/take-back.js';
import type { EntryIds } from '../../ports/credit-ledger.js';
import type { ApplyFactOutcome, FactProblem } from '../../ports/order-store.js';
import type { PaymentFact } from '../../ports/payments.js';
import { insertEvents } from './account-events.js';
import { addLot, expireLotsOf, payDebt, takeFromAccountLots } from './account-lots.js';
import {
  appendEntry,
  heldCredits,
  noCharge,
  type Account,
  type StoredFact,
  type StoredOrder,
} from './account-state.js';
import { copyOf, type MemoryState } from './state.js';

type MovedCredits = Pick<
  StoredFact,
  'entryId' | 'bonusEntryId' | 'credits' | 'bonusCredits' | 'taken' | 'expired' | 'debt'
>;

const nothingMoved: MovedCredits = {
  ...{ entryId: null, bonusEntryId: null, credits: 0, bonusCredits: 0, taken: 0, expired: 0, debt: 0 },
};

interface Application {
  account: Account;
  stored: StoredOrder;
  fact: PaymentFact;
  now: Date;
  lowBalance: number | null;
  ids: EntryIds;
}

/** Applies a fact; synchronous, and so atomic. */
export function applyFact(
  state: MemoryState,
  { now, lowBalance }: { now: Date; lowBalance: number | null },
  fact: PaymentFact,
  ids: EntryIds,
): ApplyFactOutcome {
  const account = [...state.accounts.values()].find(({ orders }) => orders.has(fact.orderId));
  const stored = account?.orders.get(fact.orderId);
  if (account === undefined || stored === undefined) return { outcome: 'no_such_order' };
  const { order, facts: seen } = stored;
  const assessed = assessFact({ order, seen, isErased: account.isClosed }, fact);
  if (assessed.outcome === 'seen' || assessed.outcome === 'too_early') return assessed;
  const seenId = ids.next();
  const moved =
    assessed.outcome === 'rejected'
      ? { problem: assessed.problem }
      : moveCredits({ account, stored, fact, now, lowBalance, ids });
  const problem = 'problem' in moved ? moved.problem : null;
  const credits = 'problem' in moved ? nothingMoved : moved;
  const { kind, id, paymentId, amount } = fact;
  seen.push({ kind, id, paymentId, amount, problem, ...credits, seenId, fact: { ...fact }, appliedAt: now });
  const { entryId: lotId, bonusEntryId: bonusLotId } = credits;
  const isPaid = kind === 'paid' && problem === null;
  const paid = isPaid ? { paymentId: id, paidAt: fact.occurredAt, lotId, bonusLotId } : {};
  stored.order = Object.freeze({ ...order, ...stateOfOrder(order, seen), ...paid });
  if (problem !== null) return { outcome: 'rejected', problem, order: copyOf(stored.order) };
  insertEvents(account, now, eventsOfFact(order, fact, credits));
  return { outcome: 'applied', order: copyOf(stored.order) };
}

function moveCredits(application: Application): MovedCredits | { problem: FactProblem } {
  switch (application.fact.kind) {
    case 'paid':
      return addPurchase(application);
    case 'refunded':
    case 'dispute_lost':
      return takeBack(application);
    default:
      return nothingMoved;
  }
}

function addPurchase({
  account,
  stored,
  now,
  lowBalance,
  ids,
}: Application): MovedCredits | { problem: FactProblem } {
  const { name: reason, credits, bonusCredits, expiresAfterMs, bonusExpiresAfterMs } = stored.order.package;
  expireLotsOf(account, now, () => ids.next(), { lowBalance });
  if (credits + bonusCredits > maxCredits - heldCredits(account) - account.balance)
    return { problem: 'balance_out_of_range' };
  const add = (kind: 'purchase' | 'grant', amount: number, ttlMs: number | null): string => {
    const entry = enter(account, now, { id: ids.next(), kind, amount, reason });
    const expiresAt = ttlMs === null ? null : new Date(now.getTime() + ttlMs);
    addLot(account, now, lotOfEntry(entry, { expiresAt, priority: null }));
    return entry.id;
  };
  const entryId = add('purchase', credits, expiresAfterMs);
  payDebt(account, now, { id: ids.next(), atMost: credits, lotId: entryId, reason, lowBalance });
  const bonusEntryId = bonusCredits > 0 ? add('grant', bonusCredits, bonusExpiresAfterMs) : null;
  return { ...nothingMoved, entryId, bonusEntryId, credits, bonusCredits };
}

function takeBack({
  account,
  stored,
  fact,
  now,
  lowBalance,
  ids,
}: Application): MovedCredits | { problem: FactProblem } {
  const { order, facts: seen } = stored;
  const { package: one, lotId, bonusLotId } = order;
  if (lotId === null) throw new TypeError('Only an order with credits can be refunded.');
  const before = refundedBy(seen, one.price);
  const after = Math.min(one.price, before + (fact.amount ?? 0));
  const toReturn = creditsToReturn(one, { before, after });
  expireLotsOf(account, now, () => ids.next(), { lowBalance });
  const allExpired = [...account.expiredLots].reduce((sum, [entryId, expiredId]) => {
    const isOfOrder = expiredId === lotId || expiredId === bonusLotId;
    return isOfOrder ? sum - (account.entries.get(entryId)?.amount ?? 0) : sum;
  }, 0);
  const expired = seen.reduce((rest, earlier) => rest - earlier.expired, allExpired);
  const lots = [...account.lots.values()].filter(({ left }) => left > 0);
  const ofAccount = { balance: account.balance, lots, now };
  const plan = planTakingBack(ofAccount, { lotId, bonusLotId, expired }, toReturn);
  if (account.debt + plan.debt > maxCredits) return { problem: 'balance_out_of_range' };
  const parts = [...plan.fromLots, { lotId: null, amount: plan.fromOthers }].filter(
    ({ amount }) => amount > 0,
  );
  const taken = parts.reduce((sum, { amount }) => sum + amount, 0);
  const entryId = taken > 0 ? ids.next() : null;
  if (entryId !== null) {
    enter(account, now, { id: entryId, kind: 'refund', amount: -taken, reason: one.name });
    for (const part of parts) takeFromAccountLots(account, now, { ...part, lowBalance });
  }
  if (plan.debt > 0) {
    account.debt += plan.debt;
    for (const holdId of account.openHolds)
      if (!account.debtHolds.has(holdId)) account.debtHolds.set(holdId, lotId);
  }
  return { ...nothingMoved, ...toReturn, entryId, taken, expired: plan.expired, debt: plan.debt };
}

/** Changes the balance, with an entry; not the lots. */
function enter(account: Account, now: Date, moved: Pick<Entry, 'id' | 'kind' | 'amount' | 'reason'>): Entry {
  account.balance += moved.amount;
  const { userId, balance: balanceAfter } = account;
  const entry = { ...moved, ...noCharge, userId, balanceAfter, createdAt: now };
  appendEntry(account, entry);
  return entry;
}
