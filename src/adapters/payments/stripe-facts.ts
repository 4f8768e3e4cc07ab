import type { Stripe } from 'stripe';
import type { PaymentFact } from '../../ports/payments.js';

/** The types of events that facts are read from. An endpoint at Stripe must send them, and the list is filtered by them. */
export const stripeEventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'refund.created',
  'refund.updated',
  'charge.dispute.created',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.closed',
] as const;

type Metadata = Readonly<Record<string, string>>;

/** Returns the metadata of a payment; null if there is no such payment. */
export type ReadPaymentMetadata = (paymentId: string) => Promise<Metadata | null>;

/**
 * Returns the fact that an event states; null if it states none, or does not concern an order of this program. Events of
 * connected accounts never do: their owners choose what is in them.
 */
export async function factOfEvent(
  event: Stripe.Event,
  readPaymentMetadata: ReadPaymentMetadata,
): Promise<PaymentFact | null> {
  if (event.account !== undefined) return null;
  const occurredAt = new Date(event.created * 1000);
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return paidFact(event.data.object, occurredAt);
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return expiredFact(event.data.object, occurredAt);
    case 'refund.created':
    case 'refund.updated':
      return refundFact(event.data.object, occurredAt, readPaymentMetadata);
    case 'charge.dispute.created':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.closed':
      return disputeFact(event.type, event.data.object, occurredAt, readPaymentMetadata);
    default:
      return null;
  }
}

/** The metadata that `createCheckout` writes. Another program of the same account may have an `order_id` of its own. */
function orderIdOf(metadata: Metadata | null): string | null {
  const { order_id: orderId, account_id: accountId } = metadata ?? {};
  return orderId === undefined || accountId === undefined ? null : orderId;
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}

/** A session can be complete before the money arrived, for instance by a bank transfer. */
function paidFact(session: Stripe.Checkout.Session, occurredAt: Date): PaymentFact | null {
  const orderId = orderIdOf(session.metadata);
  const paymentId = idOf(session.payment_intent);
  if (orderId === null || paymentId === null || session.payment_status !== 'paid') return null;
  const { amount_total: amount, currency } = session;
  return { kind: 'paid', id: paymentId, orderId, paymentId, amount, currency, occurredAt };
}

function expiredFact(session: Stripe.Checkout.Session, occurredAt: Date): PaymentFact | null {
  const orderId = orderIdOf(session.metadata);
  if (orderId === null) return null;
  return {
    kind: 'expired',
    id: session.id,
    orderId,
    paymentId: null,
    amount: null,
    currency: null,
    occurredAt,
  };
}

/** Returns the fact of a refund whose money is on its way; null for a pending or failed one. */
export async function refundFact(
  refund: Stripe.Refund,
  occurredAt: Date,
  readPaymentMetadata: ReadPaymentMetadata,
): Promise<PaymentFact | null> {
  const paymentId = idOf(refund.payment_intent);
  if (paymentId === null || refund.status !== 'succeeded') return null;
  const orderId = orderIdOf(await readPaymentMetadata(paymentId));
  if (orderId === null) return null;
  const { id, amount, currency } = refund;
  return { kind: 'refunded', id, orderId, paymentId, amount, currency, occurredAt };
}

async function disputeFact(
  type: 'charge.dispute.created' | 'charge.dispute.funds_withdrawn' | 'charge.dispute.closed',
  dispute: Stripe.Dispute,
  occurredAt: Date,
  readPaymentMetadata: ReadPaymentMetadata,
): Promise<PaymentFact | null> {
  const kind = type === 'charge.dispute.closed' ? outcomeOf(dispute) : openedKind(type, dispute);
  const paymentId = idOf(dispute.payment_intent);
  if (kind === null || paymentId === null) return null;
  const orderId = orderIdOf(await readPaymentMetadata(paymentId));
  if (orderId === null) return null;
  const { id, amount, currency } = dispute;
  return { kind, id, orderId, paymentId, amount, currency, occurredAt };
}

/** An inquiry, or a dispute that was prevented, takes no money unless Stripe says so by another event. */
function openedKind(type: string, { status }: Stripe.Dispute): 'disputed' | null {
  const takesMoney = !status.startsWith('warning_') && status !== 'prevented';
  return type === 'charge.dispute.funds_withdrawn' || takesMoney ? 'disputed' : null;
}

/** Where the status does not say who keeps the money, the movements of money do. */
function outcomeOf({
  status,
  balance_transactions: movements,
}: Stripe.Dispute): 'dispute_won' | 'dispute_lost' {
  if (status === 'won') return 'dispute_won';
  if (status === 'lost') return 'dispute_lost';
  const moved = movements.reduce((sum, { amount }) => sum + amount, 0);
  return moved < 0 ? 'dispute_lost' : 'dispute_won';
}
