import type { OrderStore, PaymentProblem } from '../../ports/order-store.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { requireReader, type AccountRequest } from '../chat/access.js';
import { notFound } from '../errors.js';
import type { Page, PageRequest } from '../page.js';
import type { Order } from './order.js';

interface Deps<Method extends keyof OrderStore> {
  orderStore: Pick<OrderStore, Method>;
}

/** Returns a page of the orders of an account, newest first. Rejects with `not_found`. */
export async function readOrders(
  { orderStore }: Deps<'list' | 'debt'>,
  request: AccountRequest,
  page: PageRequest,
): Promise<Page<Order>> {
  requireReader(request);
  const { userId } = request;
  const orders = await orderStore.list(userId, page);
  if (orders.results.length === 0 && (await orderStore.debt(userId)) === null) throw notFound('account');
  return orders;
}

/** Returns an order of an account. Rejects with `not_found`. */
export async function readOrder(
  { orderStore }: Deps<'find'>,
  request: AccountRequest & { orderId: string },
): Promise<Order> {
  requireReader(request);
  const order = await orderStore.find(request.userId, request.orderId);
  if (order === null) throw notFound('order');
  return order;
}

/** Returns what an account owes, in credits. Rejects with `not_found`. */
export async function readDebt({ orderStore }: Deps<'debt'>, request: AccountRequest): Promise<number> {
  requireReader(request);
  const debt = await orderStore.debt(request.userId);
  if (debt === null) throw notFound('account');
  return debt;
}

/** Returns an order of any account. Rejects with `admin_required` or `not_found`. */
export async function findOrder(
  { orderStore }: Deps<'findById'>,
  { caller, orderId }: { caller: AdminCaller; orderId: string },
): Promise<Order> {
  requireAdmin(caller, 'read');
  const order = await orderStore.findById(orderId);
  if (order === null) throw notFound('order');
  return order;
}

/** Returns a page of facts that were applied to nothing and of events that were refused, newest first. Rejects with `admin_required`. */
export async function readPaymentProblems(
  { orderStore }: Deps<'problems'>,
  { caller }: { caller: AdminCaller },
  page: PageRequest,
): Promise<Page<PaymentProblem>> {
  requireAdmin(caller, 'read');
  return orderStore.problems(page);
}
