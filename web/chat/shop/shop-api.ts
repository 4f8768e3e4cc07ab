import type { Page } from '../../api/api-objects.js';
import { request } from '../../api/request.js';
import type { Order, Package, RedeemedVoucher, Statement } from '../../api/shop-objects.js';
import { pageOf, read } from '../api/read.js';

const statementPath = (month: string | null) =>
  `/api/tokens/statement/${month === null ? '' : `?month=${encodeURIComponent(month)}`}`;

/** The requests of buying, redeeming and statements. Each rejects with a `Problem`. */
export const shopApi = {
  packages: async () => (await read<Page<Package>>('/api/packages/')).results,
  /** Creates an order once for each idempotency key. */
  createOrder: (packageId: string, idempotencyKey: string) =>
    read<Order>('/api/orders/', {
      method: 'POST',
      body: { package_id: packageId },
      headers: { 'Idempotency-Key': idempotencyKey },
    }),
  orders: (cursor: string | null) => read<Page<Order>>(pageOf('/api/orders/', cursor, 10)),
  order: (id: string) => read<Order>(`/api/orders/${id}/`),
  redeem: (code: string) =>
    read<RedeemedVoucher>('/api/vouchers/redeem/', { method: 'POST', body: { code } }),
  /** The statement of a month such as `2030-01`, or of the current one. */
  statement: (month: string | null) => read<Statement>(statementPath(month)),
  statementFile: async (month: string) => (await request(`${statementPath(month)}&format=csv`)).blob(),
};
