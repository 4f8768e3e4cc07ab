import { sharedText } from '../language/shared/texts.js';
import type { OrderStatus } from './shop-objects.js';

/** The states of an order. */
export function orderStatusTexts(): Record<OrderStatus, string> {
  return {
    open: sharedText('order.open'),
    paid: sharedText('order.paid'),
    expired: sharedText('order.expired'),
    partially_refunded: sharedText('order.partially_refunded'),
    refunded: sharedText('order.refunded'),
    disputed: sharedText('order.disputed'),
    dispute_lost: sharedText('order.dispute_lost'),
  };
}
