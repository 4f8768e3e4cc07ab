import { expect } from 'expect';
import type { Order } from '../../domain/orders/order.js';
import type { Package } from '../../domain/orders/package.js';
import { noWalletRules } from '../../domain/metering/wallet-rules.js';
import type { OrderStore } from '../../ports/order-store.js';
import type { PaymentFact, PaymentFactKind } from '../../ports/payments.js';
import { allEntries, createAccount, entryIds, expectSound, newId } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

export const hourMs = 60 * 60 * 1000;

/** A package of 1,000 credits for 10 euros. */
export const smallPackage: Package = {
  ...{ id: 'small', name: 'Small', credits: 1000, bonusCredits: 0, bonusExpiresAfterMs: null },
  ...{ price: 1000, currency: 'eur', expiresAfterMs: null, limitPerAccount: null },
};

/** What the suites of `OrderStore` share: the tested stores, and shorter ways to use them. */
export interface OrderStoreView {
  runner: TestRunner;
  harness: () => StoreHarness;
  orders: () => OrderStore;
  /** Makes an open order of a package. */
  order: (userId: string, overrides?: Partial<Package>) => Promise<Order>;
  /** Makes an account with an order that is paid. */
  paidOrder: (credits: number, overrides?: Partial<Package>) => Promise<Order>;
  /** Applies a fact; returns its outcome, with the problem if it was rejected. */
  apply: (fact: PaymentFact) => Promise<string>;
  /** Returns what an account has: its balance as its owner reads it, its debt, and its entries without the opening grant, oldest first. */
  wallet: (userId: string) => Promise<{ balance: number; debt: number; entries: [string, number][] }>;
  expectSound: () => Promise<void>;
}

/** Returns what the suites of `OrderStore` share. */
export function orderStoreView(runner: TestRunner, harness: () => StoreHarness): OrderStoreView {
  const orders = () => harness().stores.orderStore;
  const order = async (userId: string, overrides: Partial<Package> = {}) => {
    const created = await orders().create(newOrder(userId, overrides));
    if (created.outcome !== 'created') throw new Error(`The order ended as ${created.outcome}.`);
    return created.order;
  };
  const apply = async (fact: PaymentFact) => {
    const applied = await orders().apply(fact, entryIds);
    return applied.outcome === 'rejected' ? applied.problem : applied.outcome;
  };
  return {
    runner,
    harness,
    orders,
    order,
    apply,
    paidOrder: async (credits, overrides = {}) => {
      const made = await order(await createAccount(harness().stores, credits), overrides);
      expect(await apply(factOf(made, 'paid'))).toBe('applied');
      return (await orders().find(made.userId, made.id)) ?? made;
    },
    wallet: async (userId) => {
      const due = { rules: noWalletRules, ids: entryIds };
      const balance = (await harness().stores.creditLedger.balance(userId, due))?.balance ?? -1;
      const entries = (await allEntries(harness().stores, userId)).reverse();
      const later = entries.filter(({ kind }, index) => index > 0 || kind !== 'grant');
      return {
        balance,
        debt: (await orders().debt(userId)) ?? -1,
        entries: later.map(({ kind, amount }): [string, number] => [kind, amount]),
      };
    },
    expectSound: () => expectSound(harness().stores),
  };
}

/** Returns an order to create, without an idempotency key. */
export function newOrder(
  userId: string,
  overrides: Partial<Package> = {},
): Parameters<OrderStore['create']>[0] {
  return {
    ...{ id: newId(), userId, package: { ...smallPackage, ...overrides }, provider: 'fake' },
    ...{ ttlMs: hourMs, idempotencyKey: null },
  };
}

/** Returns a fact about the payment of an order: by default all of its price, by the payment `pay-` and the order. */
export function factOf(
  order: Order,
  kind: PaymentFactKind,
  overrides: Partial<PaymentFact> = {},
): PaymentFact {
  const paymentId = `pay-${order.id}`;
  const { price, currency } = order.package;
  const occurredAt = new Date('2026-11-01T12:00:00.000Z');
  const id = kind === 'paid' ? paymentId : `${kind}-${newId()}`;
  if (kind === 'expired')
    return { kind, id, orderId: order.id, paymentId: null, amount: null, currency: null, occurredAt };
  return { kind, id, orderId: order.id, paymentId, amount: price, currency, occurredAt, ...overrides };
}
