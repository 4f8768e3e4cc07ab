import { commonText } from '../language/common-texts/texts.js';
import type { OrderStatus } from './shop-objects.js';

/** The states of an order. */
export function orderStatusTexts(): Record<OrderStatus, string> {
  return {
    open: commonText('order.open'),
    paid: commonText('order.paid'),
    expired: commonText('order.expired'),
    partially_refunded: commonText('order.partially_refunded'),
    refunded: commonText('order.refunded'),
    disputed: commonText('order.disputed'),
    dispute_lost: commonText('order.dispute_lost'),
  };
}
