import { eventsOfFact } from '../../domain/events/order-events.js';
import { maxCredits, type Entry } from '../../domain/ledger/entry.js';
import { lotOfEntry } from '../../domain/metering/lot.js';
import { assessFact, refundedBy, stateOfOrder, type SeenFact } from '../../domain/orders/fact-rules.js';
import type { Order } from '../../domain/orders/order.js';
import { creditsToReturn, planTakingBack } from '../../domain/orders/take-back.js';
import type { EntryIds } from '../../ports/credit-ledger.js';
import type { ApplyFactOutcome, FactProblem } from '../../ports/order-store.js';
import type { PaymentFact } from '../../ports/payments.js';
import { rememberOpenHolds, storeDebt } from './account-debt.js';
import { addLot, expireLotsOf, payDebt, takeFromAccountLots } from './account-lots.js';
import type { Database, Queryable } from './database.js';
import { insertEntry } from './entry-rows.js';
import { insertEvents } from './event-rows.js';
import { insertFact, nothingMoved, readFacts, type MovedCredits } from './fact-rows.js';
import { lockAccount, type LockedAccount } from './locked-account.js';
import { orderColumns, orderOf, type OrderRow } from './order-rows.js';
import { onlyRow } from './read-rows.js';

// The account of an order never changes.
const findOwner = `select user_id from orders where id = $1`;

const lockOrder = `select ${orderColumns} from orders where user_id = $1 and id = $2 for update`;

const updateOrder = `
  update orders set status = $3, refunded = $4, payment_id = $5, paid_at = $6::timestamptz, lot_id = $7::uuid,
    bonus_lot_id = $8::uuid
  where user_id = $1 and id = $2
  returning ${orderColumns}`;

/** Applies a fact in one transaction, which locks the balance of the account and then the order. */
export function applyFact(
  database: Database,
  fact: PaymentFact,
  ids: EntryIds,
  options: { lowBalance?: number | null } = {},
): Promise<ApplyFactOutcome> {
  return database.transaction(async (within) => {
    const [owner] = await within.query<{ user_id: string }>({ text: findOwner, values: [fact.orderId] });
    if (owner === undefined) return { outcome: 'no_such_order' };
    const userId = owner.user_id;
    const open = await lockAccount(within, userId, options);
    const account = open ?? (await lockAccount(within, userId, { alsoClosed: true }));
    const [row] = await within.query<OrderRow>({ text: lockOrder, values: [userId, fact.orderId] });
    if (account === null || row === undefined) return { outcome: 'no_such_order' };
    const order = orderOf(row);
    const seen = await readFacts(within, { userId, orderId: order.id });
    const assessed = assessFact({ order, seen, isErased: open === null }, fact);
    if (assessed.outcome === 'seen' || assessed.outcome === 'too_early') return assessed;
    const seenId = ids.next();
    const moved =
      assessed.outcome === 'rejected'
        ? { problem: assessed.problem }
        : await moveCredits(within, { account, order, seen, fact }, ids);
    const problem = 'problem' in moved ? moved.problem : null;
    const credits = 'problem' in moved ? nothingMoved : moved;
    await insertFact(within, userId, { fact, seenId, problem, moved: credits });
    const { kind, id, paymentId, amount } = fact;
    const known = [...seen, { kind, id, paymentId, amount, problem, expired: credits.expired }];
    const changed = await storeState(within, order, known, { fact, problem, moved: credits });
    if (problem !== null) return { outcome: 'rejected', problem, order: changed };
    await insertEvents(within, userId, eventsOfFact(order, fact, credits));
    return { outcome: 'applied', order: changed };
  });
}

interface Application {
  account: LockedAccount;
  order: Order;
  seen: readonly SeenFact[];
  fact: PaymentFact;
}

async function moveCredits(
  within: Queryable,
  application: Application,
  ids: EntryIds,
): Promise<MovedCredits | { problem: FactProblem }> {
  switch (application.fact.kind) {
    case 'paid':
      return addPurchase(within, application, ids);
    case 'refunded':
    case 'dispute_lost':
      return takeBack(within, application, ids);
    default:
      return nothingMoved;
  }
}

const heldCredits = `
  select coalesce(sum(held), 0)::bigint as held from exchanges where user_id = $1 and hold_state = 'open'`;

async function addPurchase(
  within: Queryable,
  { account: locked, order }: Application,
  ids: EntryIds,
): Promise<MovedCredits | { problem: FactProblem }> {
  const { name: reason, credits, bonusCredits, expiresAfterMs, bonusExpiresAfterMs } = order.package;
  const updated = await expireLotsOf(within, locked, () => ids.next());
  const { held } = onlyRow(
    await within.query<{ held: number }>({ text: heldCredits, values: [order.userId] }),
  );
  // Compared with what is left below the limit: the sum itself could exceed 2^53 − 1.
  if (credits + bonusCredits > maxCredits - held - updated.account.balance)
    return { problem: 'balance_out_of_range' };
  const add = async (
    account: LockedAccount,
    kind: 'purchase' | 'grant',
    amount: number,
    ttlMs: number | null,
  ) => {
    const entry = entered(await insertEntry(within, account, { id: ids.next(), kind, amount, reason }));
    const expiresAt = ttlMs === null ? null : new Date(updated.now.getTime() + ttlMs);
    const lot = lotOfEntry(entry, { expiresAt, priority: null });
    return { account: await addLot(within, { ...account, balance: entry.balanceAfter }, lot), lot };
  };
  const purchase = await add(updated.account, 'purchase', credits, expiresAfterMs);
  const lotId = purchase.lot.id;
  const paid = { account: purchase.account, lots: [purchase.lot], now: updated.now };
  const { account } = await payDebt(within, paid, { id: ids.next(), lotId, reason });
  const bonus = bonusCredits > 0 ? await add(account, 'grant', bonusCredits, bonusExpiresAfterMs) : null;
  return { ...nothingMoved, entryId: lotId, bonusEntryId: bonus?.lot.id ?? null, credits, bonusCredits };
}

const expiredOfLots = `
  select coalesce(-sum(amount), 0)::bigint as expired from entries
  where user_id = $1 and kind = 'expiry' and lot_id = any($2::uuid[])`;

async function takeBack(
  within: Queryable,
  { account: locked, order, seen, fact }: Application,
  ids: EntryIds,
): Promise<MovedCredits | { problem: FactProblem }> {
  const { package: one, userId, lotId, bonusLotId } = order;
  if (lotId === null) throw new TypeError('Only an order with credits can be refunded.');
  const before = refundedBy(seen, one.price);
  const after = Math.min(one.price, before + (fact.amount ?? 0));
  const toReturn = creditsToReturn(one, { before, after });
  let current = await expireLotsOf(within, locked, () => ids.next());
  const lotIds = bonusLotId === null ? [lotId] : [lotId, bonusLotId];
  const values = [userId, lotIds];
  const found = onlyRow(await within.query<{ expired: number }>({ text: expiredOfLots, values }));
  const expired = seen.reduce((rest, earlier) => rest - earlier.expired, found.expired);
  const ofAccount = { balance: current.account.balance, lots: current.lots, now: current.now };
  const plan = planTakingBack(ofAccount, { lotId, bonusLotId, expired }, toReturn);
  const debt = current.account.debt + plan.debt;
  if (debt > maxCredits) return { problem: 'balance_out_of_range' };
  const parts = [...plan.fromLots, { lotId: null, amount: plan.fromOthers }].filter(
    ({ amount }) => amount > 0,
  );
  const taken = parts.reduce((sum, { amount }) => sum + amount, 0);
  const entryId = taken > 0 ? ids.next() : null;
  if (entryId !== null) {
    const entry = { id: entryId, kind: 'refund', amount: -taken, reason: one.name, lotId } as const;
    const { balanceAfter } = entered(await insertEntry(within, current.account, entry));
    current = { ...current, account: { ...current.account, balance: balanceAfter } };
    for (const part of parts) current = { ...current, ...(await takeFromAccountLots(within, current, part)) };
  }
  if (plan.debt > 0) {
    await storeDebt(within, userId, debt);
    await rememberOpenHolds(within, userId, lotId);
  }
  return { ...nothingMoved, ...toReturn, entryId, taken, expired: plan.expired, debt: plan.debt };
}

function entered(entry: Entry | null): Entry {
  if (entry === null) throw new TypeError('Nothing may change the balance of a locked account.');
  return entry;
}

async function storeState(
  within: Queryable,
  order: Order,
  seen: readonly SeenFact[],
  { fact, problem, moved }: { fact: PaymentFact; problem: FactProblem | null; moved: MovedCredits },
): Promise<Order> {
  const { status, refunded } = stateOfOrder(order, seen);
  const isPaid = fact.kind === 'paid' && problem === null;
  const payment = isPaid
    ? [fact.id, fact.occurredAt.toISOString(), moved.entryId, moved.bonusEntryId]
    : [order.paymentId, order.paidAt?.toISOString() ?? null, order.lotId, order.bonusLotId];
  const values = [order.userId, order.id, status, refunded, ...payment];
  return orderOf(onlyRow(await within.query<OrderRow>({ text: updateOrder, values })));
}
