import { expect } from 'expect';
import { randomUUID } from 'node:crypto';
import { isDomainError } from '../../domain/errors.js';
import type { CheckoutRequest, PaymentFact, PaymentFactKind, Payments } from '../../ports/payments.js';
import type { ProviderRequest } from '../../ports/demo-checkout.js';

/** A provider of payments, and what people and banks do there. Each action returns the requests that the provider then sends. */
export interface PaymentsHarness {
  payments: Payments;
  /** False if `eventsSince` returns nothing, because no event can be lost. */
  listsEvents: boolean;
  /** Returns the moment by the clock of the adapter. */
  now(): Date;
  /** Moves that clock. */
  advance(ms: number): void;
  /** Pays the checkout of an order. */
  pay(orderId: string): Promise<ProviderRequest[]>;
  /** Tries to pay the checkout of an order with means that are refused. */
  decline(orderId: string): Promise<ProviderRequest[]>;
  /** Refunds all that is left, without the adapter: in the provider's own administration. */
  refund(orderId: string): Promise<ProviderRequest[]>;
  /** The bank of the buyer disputes the payment of an order. */
  dispute(orderId: string): Promise<ProviderRequest[]>;
  /** The bank decides the dispute: `won` by the seller, or `lost`. */
  closeDispute(orderId: string, outcome: 'won' | 'lost'): Promise<ProviderRequest[]>;
  /** Releases what the adapter and its provider hold. */
  close(): Promise<void>;
}

/** Opens an adapter and its provider. */
export type OpenPaymentsHarness = () => Promise<PaymentsHarness>;

/** The functions that the tests of payments share. */
export interface PaymentsView {
  harness: () => PaymentsHarness;
  /** Returns an order of its own. */
  newOrder: (over?: Partial<CheckoutRequest>) => CheckoutRequest;
  /** Opens a checkout and pays it; returns the fact. */
  paid: (order: CheckoutRequest) => Promise<PaymentFact>;
  /** Reads requests in their order, and returns the facts without repetitions. */
  factsOf: (requests: readonly ProviderRequest[]) => Promise<PaymentFact[]>;
}

/** Returns the functions that the tests of payments share. */
export function paymentsView(harness: () => PaymentsHarness): PaymentsView {
  const factsOf = async (requests: readonly ProviderRequest[]) => {
    const facts = new Map<string, PaymentFact>();
    for (const { rawBody, headers } of requests) {
      const fact = await harness().payments.readEvent(rawBody, headers);
      if (fact !== null) facts.set(`${fact.kind} ${fact.id}`, fact);
    }
    return [...facts.values()];
  };
  return {
    harness,
    factsOf,
    newOrder: (over = {}) => ({
      orderId: randomUUID(),
      userId: randomUUID(),
      packageName: 'Small',
      price: 500,
      currency: 'eur',
      email: null,
      expiresAt: new Date(harness().now().getTime() + 60 * 60 * 1000),
      successUrl: 'https://chat.example.test/?paid',
      cancelUrl: 'https://chat.example.test/?cancelled',
      ...over,
    }),
    paid: async (order) => {
      await harness().payments.createCheckout(order);
      return only(await factsOf(await harness().pay(order.orderId)), 'paid');
    },
  };
}

/** Returns the only fact, which must be of a kind. */
export function only(facts: readonly PaymentFact[], kind: PaymentFactKind): PaymentFact {
  expect(facts.map((fact) => fact.kind)).toEqual([kind]);
  const [fact] = facts;
  if (fact === undefined) throw new TypeError('There is no fact.');
  return fact;
}

/** Returns the code of the `DomainError` that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'nothing was thrown';
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
}
