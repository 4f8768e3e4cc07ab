import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import { checkoutTtlMs, type Order } from '../../domain/orders/order.js';
import { pageOf } from '../../domain/page.js';
import type { Clock } from '../../ports/clock.js';
import type { CreateOrderOutcome, OrderStore, PaymentProblem } from '../../ports/order-store.js';
import { applyFact } from './apply-fact.js';
import type { StoredOrder } from './account-state.js';
import { copyOf, pageOfStored, runAtomically, type MemoryState } from './state.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Orders in memory. */
export function memoryOrderStore(state: MemoryState, clock: Pick<Clock, 'now'>): OrderStore {
  const storedOf = (userId: string, orderId: string) => state.accounts.get(userId)?.orders.get(orderId);
  const change = (stored: StoredOrder, changes: Partial<Order>): Order => {
    stored.order = Object.freeze({ ...stored.order, ...changes });
    return copyOf(stored.order);
  };
  const all = () => [...state.accounts.values()].flatMap(({ orders }) => [...orders.values()]);
  return {
    create: (order) => runAtomically(() => create(state, clock.now(), order)),
    setCheckout: ({ userId, orderId }, { id, url }) =>
      runAtomically(() => {
        const stored = storedOf(userId, orderId);
        if (stored === undefined) return null;
        const { checkoutId, checkoutUrl, status } = stored.order;
        return change(stored, {
          ...{ checkoutId: checkoutId ?? id, checkoutUrl: checkoutUrl ?? url },
          status: status === 'expired' && checkoutId === null ? 'open' : status,
        });
      }),
    abandon: ({ userId, orderId }) =>
      runAtomically(() => {
        const stored = storedOf(userId, orderId);
        if (stored?.order.status !== 'open' || stored.order.checkoutId !== null) return;
        stored.idempotencyKey = null;
        change(stored, { status: 'expired' });
      }),
    expireAbandoned: () =>
      runAtomically(() => {
        const before = new Date(clock.now().getTime() - dayMs);
        const abandoned = all().filter(({ order }) => order.status === 'open' && order.expiresAt <= before);
        for (const stored of abandoned) change(stored, { status: 'expired' });
        return abandoned.length;
      }),
    apply: (fact, ids, { lowBalance = null } = {}) =>
      runAtomically(() => applyFact(state, { now: clock.now(), lowBalance }, fact, ids)),
    find: (userId, orderId) =>
      runAtomically(() => {
        const stored = storedOf(userId, orderId);
        return stored === undefined ? null : copyOf(stored.order);
      }),
    findById: (orderId) =>
      runAtomically(() => {
        const stored = all().find(({ order }) => order.id === orderId);
        return stored === undefined ? null : copyOf(stored.order);
      }),
    list: (userId, page) =>
      runAtomically(() => {
        const orders = [...(state.accounts.get(userId)?.orders.values() ?? [])];
        return pageOfStored(
          orders.map(({ order }) => order),
          page,
        );
      }),
    debt: (userId) => runAtomically(() => state.accounts.get(userId)?.debt ?? null),
    recordRefusedEvents: ({ id, reason, count: refused }) =>
      runAtomically(() => {
        const now = clock.now();
        const key = `${now.toISOString().slice(0, 10)} ${reason}`;
        const known = state.refusedPaymentEvents.get(key);
        const first = { id, reason, order: null, fact: null, count: 0, firstAt: now };
        const { count, ...rest } = known ?? first;
        state.refusedPaymentEvents.set(key, { ...rest, count: count + refused, lastAt: now });
      }),
    problems: ({ limit, before }) =>
      runAtomically(() => {
        const found = [...state.refusedPaymentEvents.values(), ...all().flatMap(problemsOf)];
        const older = found.filter(({ id }) => before === null || id < before);
        older.sort((left, right) => (left.id < right.id ? 1 : -1));
        return pageOf(older.slice(0, limit + 1), limit);
      }),
    cursor: (provider) => runAtomically(() => state.paymentCursors.get(provider) ?? null),
    setCursor: (provider, cursor) => runAtomically(() => void state.paymentCursors.set(provider, cursor)),
  };
}

function create(
  state: MemoryState,
  now: Date,
  { id, userId, package: one, provider, ttlMs, idempotencyKey }: Parameters<OrderStore['create']>[0],
): CreateOrderOutcome {
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  const orders = [...account.orders.values()];
  const ageMs = ({ order }: StoredOrder) => now.getTime() - order.createdAt.getTime();
  const claimed = orders.find(
    (stored) => idempotencyKey !== null && stored.idempotencyKey === idempotencyKey,
  );
  if (claimed !== undefined && ageMs(claimed) < idempotencyKeyTtlMs)
    return { outcome: 'key_claimed', order: copyOf(claimed.order) };
  if (claimed !== undefined) claimed.idempotencyKey = null;
  const bought = orders.filter(
    (stored) =>
      stored.order.package.id === one.id &&
      (stored.order.paidAt !== null || (stored.order.status === 'open' && ageMs(stored) < checkoutTtlMs)),
  );
  if (one.limitPerAccount !== null && bought.length >= one.limitPerAccount)
    return { outcome: 'limit_reached' };
  const order: Order = {
    ...{ id, userId, package: one, status: 'open', provider, checkoutId: null, checkoutUrl: null },
    ...{ expiresAt: new Date(now.getTime() + ttlMs), paymentId: null, paidAt: null, refunded: 0 },
    ...{ lotId: null, bonusLotId: null, createdAt: now },
  };
  const stored = { order: Object.freeze(order), idempotencyKey, facts: [] };
  account.orders.set(id, stored);
  return { outcome: 'created', order: copyOf(order) };
}

function problemsOf({ order, facts }: StoredOrder): PaymentProblem[] {
  return facts.flatMap(({ seenId: id, problem: reason, fact, appliedAt: firstAt }) =>
    reason === null
      ? []
      : [
          {
            ...{ id, reason, order: { id: order.id, userId: order.userId } },
            ...{ fact: { ...fact }, count: 1, firstAt, lastAt: firstAt },
          },
        ],
  );
}
