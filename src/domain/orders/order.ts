import type { Package } from './package.js';

/** The states of an order. It stays open after a declined attempt to pay. */
export const orderStatuses = [
  'open',
  'paid',
  'expired',
  'partially_refunded',
  'refunded',
  'disputed',
  'dispute_lost',
] as const;
/** The state of an order. */
export type OrderStatus = (typeof orderStatuses)[number];

/** A package that an account buys or has bought. */
export interface Order {
  /** UUIDv7. */
  id: string;
  userId: string;
  /** The package as it was when the order was made. */
  package: Package;
  status: OrderStatus;
  /** The name of the payment adapter, such as `stripe`. */
  provider: string;
  /** The provider's id of the checkout; null until there is one. */
  checkoutId: string | null;
  /** Where to pay; null until the provider has a checkout. */
  checkoutUrl: string | null;
  /** When the checkout ends. */
  expiresAt: Date;
  /** The provider's id of the payment; null until the order is paid. */
  paymentId: string | null;
  paidAt: Date | null;
  /** Money that was paid back, by refunds and by lost disputes, in the smallest unit of the currency. */
  refunded: number;
  /** The lot of the credits of the price; null until the order is paid. */
  lotId: string | null;
  /** The lot of the bonus; null until the order is paid, and without a bonus. */
  bonusLotId: string | null;
  createdAt: Date;
}

/** How long a checkout is open, and an unpaid order counts for the limit of its package. */
export const checkoutTtlMs = 60 * 60 * 1000;
