import fc from 'fast-check';
import { expect } from 'vitest';
import { noWalletRules } from '../../src/domain/metering/wallet-rules.js';
import { refundedBy } from '../../src/domain/orders/fact-rules.js';
import type { Order } from '../../src/domain/orders/order.js';
import { creditsToReturn } from '../../src/domain/orders/take-back.js';
import type { ExchangeReference } from '../../src/ports/hold-ledger.js';
import type { PaymentFact } from '../../src/ports/payments.js';
import type { Stores } from '../../src/ports/stores.js';
import {
  createAccount,
  entryIds,
  expectSound,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
} from '../../src/testing/accounts.js';
import { factOf, newOrder } from '../../src/testing/order-store/view.js';

const amount = fc.integer({ min: 1, max: 300 });

/** What the provider will say about one order: its payment, refunds in parts, and perhaps a dispute. */
const orderPlan = fc.record({
  credits: amount,
  bonusCredits: fc.integer({ min: 0, max: 60 }),
  price: fc.integer({ min: 1, max: 999 }),
  isPaid: fc.boolean(),
  isMisstated: fc.boolean(),
  refundShares: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { maxLength: 3 }),
  dispute: fc.constantFrom(null, 'open', 'won', 'lost'),
});

const use = fc.oneof(
  fc.record({ kind: fc.constant('spend' as const), amount }),
  fc.record({ kind: fc.constant('hold' as const), amount }),
  fc.record({ kind: fc.constant('settle' as const), share: fc.double({ min: 0, max: 1.4, noNaN: true }) }),
  fc.record({ kind: fc.constant('release' as const) }),
);

/** A history: facts, each one to five times and in any order, and uses of the account between them. */
export const orderHistory = fc.record({
  openingCredits: fc.integer({ min: 0, max: 300 }),
  plans: fc.array(orderPlan, { minLength: 1, maxLength: 3 }),
  repetitions: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
  order: fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 }),
  uses: fc.array(use, { maxLength: 25 }),
});

type History = typeof orderHistory extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Replays a history against stores and expects that each payment is credited once and taken back once: what the account has,
 * less what it owes, is what it was given, less what was charged.
 */
export async function replayHistory(stores: Stores, history: History): Promise<void> {
  const userId = await createAccount(stores, history.openingCredits);
  const planned = await Promise.all(history.plans.map((plan) => planOrder(stores, userId, plan)));
  const facts = planned.flatMap((one) => one.facts);
  const deliveries = facts.flatMap((fact, index) =>
    Array.from({ length: history.repetitions[index % history.repetitions.length] ?? 1 }, () => fact),
  );
  const places = [...deliveries.map((fact) => ({ fact })), ...history.uses.map((step) => ({ step }))];
  const shuffled = shuffle<{ fact?: PaymentFact; step?: History['uses'][number] }>(places, history.order);
  const account = { stores, userId, open: [] as { hold: ExchangeReference; held: number }[], charged: 0 };
  for (const { fact, step } of shuffled) {
    if (fact !== undefined) await stores.orderStore.apply(fact, entryIds);
    if (step !== undefined) await take(account, step);
  }
  // The provider repeats what came too early.
  for (let round = 0; round < 2; round += 1)
    for (const fact of facts) await stores.orderStore.apply(fact, entryIds);
  await expectExact(account, history.openingCredits, planned);
  for (const { hold } of account.open.splice(0)) await stores.holdLedger.release(releaseOf(hold));
  await expectExact(account, history.openingCredits, planned);
  for (const fact of facts) expect((await stores.orderStore.apply(fact, entryIds)).outcome).toBe('seen');
  await expectExact(account, history.openingCredits, planned);
}

interface Planned {
  order: Order;
  facts: PaymentFact[];
}

async function planOrder(
  stores: Stores,
  userId: string,
  { credits, bonusCredits, price, isPaid, isMisstated, refundShares, dispute }: History['plans'][number],
): Promise<Planned> {
  const created = await stores.orderStore.create(newOrder(userId, { credits, bonusCredits, price }));
  if (created.outcome !== 'created') throw new Error(created.outcome);
  const { order } = created;
  const facts: PaymentFact[] = [factOf(order, 'expired')];
  if (isMisstated) facts.push(factOf(order, 'paid', { id: 'odd', paymentId: 'odd', currency: 'usd' }));
  if (!isPaid) return { order, facts };
  facts.push(factOf(order, 'paid'));
  for (const share of refundShares) {
    const part = Math.max(1, Math.floor(price * share));
    facts.push(factOf(order, 'refunded', { amount: part }));
  }
  const id = `dispute-${order.id}`;
  if (dispute !== null) facts.push(factOf(order, 'disputed', { id }));
  if (dispute === 'won') facts.push(factOf(order, 'dispute_won', { id }));
  if (dispute === 'lost') facts.push(factOf(order, 'dispute_lost', { id }));
  return { order, facts };
}

async function take(
  account: {
    stores: Stores;
    userId: string;
    open: { hold: ExchangeReference; held: number }[];
    charged: number;
  },
  step: History['uses'][number],
): Promise<void> {
  const { holdLedger } = account.stores;
  switch (step.kind) {
    case 'spend': {
      const spent = await holdLedger.spend(spendRequest(account.userId, { amount: step.amount }));
      if (spent.outcome === 'spent') account.charged += step.amount;
      return;
    }
    case 'hold': {
      const request = reserveRequest(account.userId, { hold: step.amount });
      const reserved = await holdLedger.reserve(request);
      const hold = { userId: account.userId, exchangeId: request.exchangeId };
      if (reserved.outcome === 'reserved') account.open.push({ hold, held: step.amount });
      return;
    }
    case 'settle': {
      const ended = account.open.shift();
      if (ended === undefined) return;
      const capture = Math.floor(ended.held * step.share);
      const settled = await holdLedger.settle(settlementOf(ended.hold, capture));
      if (settled.outcome === 'settled') account.charged += settled.captured;
      return;
    }
    case 'release': {
      const ended = account.open.shift();
      if (ended !== undefined) await holdLedger.release(releaseOf(ended.hold));
    }
  }
}

async function expectExact(
  { stores, userId, charged }: { stores: Stores; userId: string; charged: number },
  openingCredits: number,
  planned: readonly Planned[],
): Promise<void> {
  const due = { rules: noWalletRules, ids: entryIds };
  const read = await stores.creditLedger.balance(userId, due);
  const debt = (await stores.orderStore.debt(userId)) ?? -1;
  const given = planned.reduce((sum, { order, facts }) => {
    const { price, credits, bonusCredits } = order.package;
    if (!facts.some(({ kind, currency }) => kind === 'paid' && currency === order.package.currency))
      return sum;
    const known = facts.map((fact) => ({ ...fact, problem: null, expired: 0 }));
    const back = creditsToReturn(order.package, { before: 0, after: refundedBy(known, price) });
    return sum + credits + bonusCredits - back.credits - back.bonusCredits;
  }, openingCredits);
  expect((read?.balance ?? 0) + (read?.held ?? 0) - debt).toBe(given - charged);
  await expectSound(stores);
}

/** A permutation that follows from numbers. */
function shuffle<Item>(items: readonly Item[], order: readonly number[]): Item[] {
  const rest = [...items];
  const shuffled: Item[] = [];
  for (let index = 0; rest.length > 0; index += 1) {
    const place = ((order[index % order.length] ?? 0) + index * 7919) % rest.length;
    shuffled.push(...rest.splice(place, 1));
  }
  return shuffled;
}
