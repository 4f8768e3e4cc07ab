import type { OrderStatus } from './shop-objects.js';

/** The states of an order. */
export const orderStatusTexts: Record<OrderStatus, string> = {
  open: 'Not paid',
  paid: 'Paid',
  expired: 'Ended unpaid',
  partially_refunded: 'Partly refunded',
  refunded: 'Refunded',
  disputed: 'Disputed',
  dispute_lost: 'Dispute lost',
};
