import type { OrderStore } from '../../ports/order-store.js';
import type { Payments } from '../../ports/payments.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { validateIdempotencyKey } from '../chat/exchange.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { applyFact, type ApplyFactDeps } from './apply-fact.js';
import type { Order } from './order.js';

export interface RefundOrderDeps extends ApplyFactDeps, RecordAuditDeps {
  orderStore: Pick<OrderStore, 'apply' | 'findById'>;
  payments: Pick<Payments, 'provider' | 'refund'>;
  ids: RecordAuditDeps['ids'];
}

export interface RefundOrderInput {
  caller: AdminCaller;
  orderId: string;
  /** In the smallest unit of the currency. Null or absent: all that is not paid back. */
  amount?: number | null;
  /** Of requests with the same key, one pays back. Null or absent: two requests for the same amount are two refunds once the first is known. */
  idempotencyKey?: string | null;
  origin: Origin;
}

/**
 * Asks the provider to refund an order, in whole or in part, and records it in the audit log. The credits move when the provider
 * states that the money does: with the response to this, or later by an event. A repetition before that, or with the same key,
 * refunds nothing more, unless the refund has failed.
 *
 * @returns The order as it is now.
 * @throws DomainError `admin_required`; `not_found`; `invalid_input`; `not_refundable` if the order is not paid, or less is left to
 * refund; `payment_failed`, `unavailable` or `idempotency_key_reused`, from the provider.
 */
export async function refundOrder(deps: RefundOrderDeps, input: RefundOrderInput): Promise<Order> {
  const { caller, orderId, amount = null, idempotencyKey = null } = input;
  requireAdmin(caller, null);
  throwIfInvalid({
    amount: amount === null || isMoney(amount) ? [] : ['Must be a whole number from 1.'],
    idempotency_key: idempotencyKey === null ? [] : validateIdempotencyKey(idempotencyKey),
  });
  const order = await deps.orderStore.findById(orderId);
  if (order === null) throw notFound('order');
  const { userId, refunded, paymentId, provider } = order;
  const left = order.package.price - refunded;
  const wanted = amount ?? left;
  if (paymentId === null) throw notRefundable('The order is not paid.');
  if (wanted > left || left === 0) throw notRefundable(`Only ${left} of the price are left to refund.`);
  if (provider !== deps.payments.provider)
    throw notRefundable(`The order was paid by ${provider}. Refund it there, or set PAYMENTS=${provider}.`);
  await recordAuditByAdmin(deps, 'refund_requested', {
    ...{ ...input, userId, subjectId: orderId },
    details: changesOf({ refunded }, { refunded: refunded + wanted, currency: order.package.currency }),
  });
  const fact = await deps.payments.refund({
    ...{ orderId, userId, paymentId, amount: wanted, currency: order.package.currency },
    // Without a key, the same until the refund is known: two clicks are one refund. The provider counts attempts that have failed.
    idempotencyKey: `refund-${orderId}-${idempotencyKey === null ? `${refunded}-${wanted}` : `key-${idempotencyKey}`}`,
  });
  if (fact === null) return order;
  const applied = await applyFact(deps, fact);
  return 'order' in applied ? applied.order : ((await deps.orderStore.findById(orderId)) ?? order);
}

function isMoney(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount > 0;
}

function notRefundable(message: string): DomainError {
  return new DomainError('not_refundable', message);
}
