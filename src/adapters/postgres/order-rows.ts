import type { Order } from '../../domain/orders/order.js';
import type { Package } from '../../domain/orders/package.js';

/** A row of `orders`. */
export interface OrderRow {
  user_id: string;
  id: string;
  package: Package;
  status: Order['status'];
  provider: string;
  checkout_id: string | null;
  checkout_url: string | null;
  expires_at: Date;
  payment_id: string | null;
  paid_at: Date | null;
  refunded: number;
  lot_id: string | null;
  bonus_lot_id: string | null;
  created_at: Date;
}

/** The columns of an `OrderRow`. */
export const orderColumns = `
  user_id, id, package, status, provider, checkout_id, checkout_url, expires_at, payment_id, paid_at, refunded, lot_id,
  bonus_lot_id, created_at`;

/** Returns the columns of an `OrderRow` in a table with this alias. */
export function orderColumnsOf(alias: string): string {
  return orderColumns
    .split(',')
    .map((column) => `${alias}.${column.trim()}`)
    .join(', ');
}

export function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    userId: row.user_id,
    package: row.package,
    status: row.status,
    provider: row.provider,
    checkoutId: row.checkout_id,
    checkoutUrl: row.checkout_url,
    expiresAt: row.expires_at,
    paymentId: row.payment_id,
    paidAt: row.paid_at,
    refunded: row.refunded,
    lotId: row.lot_id,
    bonusLotId: row.bonus_lot_id,
    createdAt: row.created_at,
  };
}
