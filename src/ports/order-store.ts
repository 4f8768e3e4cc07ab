import type { Order } from '../domain/orders/order.js';
import type { Package } from '../domain/orders/package.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { EntryIds } from './credit-ledger.js';
import type { PaymentFact } from './payments.js';

/** Why a fact was applied to nothing. Administrators see it. */
export const factProblems = [
  /** The amount is not that of the order, or more than was paid. */
  'wrong_amount',
  'wrong_currency',
  /** The order was paid before, by another payment. */
  'paid_twice',
  /** It is about a payment of the order that was itself applied to nothing. */
  'payment_not_applied',
  'account_erased',
  /** The balance or the debt would exceed 2^53 − 1. */
  'balance_out_of_range',
] as const;
/** Why a fact was applied to nothing. */
export type FactProblem = (typeof factProblems)[number];

/** The result of `create`. */
export type CreateOrderOutcome =
  | { outcome: 'created'; order: Order }
  /** Nothing changed: an earlier order has the idempotency key. */
  | { outcome: 'key_claimed'; order: Order }
  /** Nothing changed: the account cannot buy the package again. */
  | { outcome: 'limit_reached' }
  | { outcome: 'no_such_user' };

/** The result of `apply`. */
export type ApplyFactOutcome =
  | { outcome: 'applied'; order: Order }
  /** Nothing changed: the fact was seen before. */
  | { outcome: 'seen' }
  /** The fact was marked as seen and changed nothing else. */
  | { outcome: 'rejected'; problem: FactProblem; order: Order }
  /** Nothing changed: the fact is about a payment that is not known yet. The provider must repeat it. */
  | { outcome: 'too_early' }
  | { outcome: 'no_such_order' };

/** A fact that was applied to nothing, or refused events of a day. */
export interface PaymentProblem {
  /** UUIDv7. */
  id: string;
  reason: FactProblem | 'invalid_signature';
  /** Null for refused events, which name no order that can be trusted. */
  order: { id: string; userId: string } | null;
  fact: PaymentFact | null;
  /** How often it happened; 1 for a fact. */
  count: number;
  firstAt: Date;
  lastAt: Date;
}

/**
 * Orders, and the facts about their payments. Every transaction locks the balance of the account first and then the order, so
 * that none waits for another in a circle.
 */
export interface OrderStore {
  /**
   * Atomic: creates an open order, unless the limit of its package is reached or the key is claimed. Orders that were ever
   * paid count for the limit, and open ones that were made within `checkoutTtlMs`. A key is forgotten 24 hours after its order.
   */
  create(order: {
    id: string;
    userId: string;
    package: Package;
    provider: string;
    /** When the checkout ends, in milliseconds from now. */
    ttlMs: number;
    idempotencyKey: string | null;
  }): Promise<CreateOrderOutcome>;
  /**
   * Stores the checkout of an order that has none, which is open then even if it was abandoned; returns the order, or null if
   * there is no such order.
   */
  setCheckout(
    order: { userId: string; orderId: string },
    checkout: { id: string; url: string },
  ): Promise<Order | null>;
  /**
   * Ends an open order that has no checkout, and frees its idempotency key. A payment that arrives all the same is applied.
   */
  abandon(order: { userId: string; orderId: string }): Promise<void>;
  /** Ends all open orders whose checkout should have ended a day ago; returns how many. */
  expireAbandoned(): Promise<number>;
  /**
   * Atomic: marks a fact as seen and applies it, or neither. In any order and repetition of the same facts the result is the
   * same. What is due for the account is done before.
   *
   * - `paid` adds the credits of the package, as an entry `purchase` and a lot with the id of the entry, and its bonus, as an
   *   entry `grant` and a lot. The credits of the price pay the debt of the account first, by an entry `debt`.
   * - `refunded` and `dispute_lost` take credits back, as `takeBack` decides, by an entry `refund`; what was spent
   *   becomes the debt of the account. Credits that open holds give back afterwards pay it.
   *
   * @param ids For the entries, and for the fact itself.
   * @param options.lowBalance The default threshold of `balance.low`; absent or null for none.
   */
  apply(
    fact: PaymentFact,
    ids: EntryIds,
    options?: { lowBalance?: number | null },
  ): Promise<ApplyFactOutcome>;
  /** Returns an order of an account, or null. */
  find(userId: string, orderId: string): Promise<Order | null>;
  /** Returns an order of any account, or null. */
  findById(orderId: string): Promise<Order | null>;
  /** Returns a page of the orders of an account, newest first. */
  list(userId: string, page: PageRequest): Promise<Page<Order>>;
  /** Returns what the account owes, in credits; null if there is no such account. */
  debt(userId: string): Promise<number | null>;
  /** Counts events that were refused before they were read, 1 or more. `id` is for the first ones of a day. */
  recordRefusedEvents(events: { id: string; reason: 'invalid_signature'; count: number }): Promise<void>;
  /** Returns a page of what was applied to nothing, newest first. */
  problems(page: PageRequest): Promise<Page<PaymentProblem>>;
  /** Returns how far the events of a provider were read; null if they were never read. */
  cursor(provider: string): Promise<string | null>;
  /** Stores how far the events of a provider were read. */
  setCursor(provider: string, cursor: string): Promise<void>;
}
