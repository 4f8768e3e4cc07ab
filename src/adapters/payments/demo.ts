import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/errors.js';
import type { Order } from '../../domain/orders/order.js';
import type { DemoAction, DemoCheckout, ProviderRequest } from '../../ports/demo-checkout.js';
import type { PaymentFact, Payments } from '../../ports/payments.js';

/** How old a signature may be. */
const toleranceMs = 5 * 60 * 1000;

const signatureHeader = 'demo-signature';

/**
 * What `demoPayments` requires.
 *
 * @example
 * ```ts
 * const options: DemoOptions = { now: () => new Date('2030-01-01T00:00:00Z') };
 * ```
 */
export interface DemoOptions {
  /** Returns the time; that of the system by default. */
  now?: () => Date;
}

/**
 * Sells without money, for trials and tests: its checkout is a page of this server, where the person chooses what happens.
 * Each account can then have any number of credits.
 *
 * It stores nothing. The ids of its facts follow from the order, so that they are the same after a restart; a fact is
 * applied by the request that causes it, so that none can be lost.
 *
 * @param options The clock.
 * @returns The port `payments`, and the checkout for `demoCheckout` of the HTTP API.
 * @example
 * ```ts
 * import { demoPayments } from 'metered-chat/payments';
 *
 * const payments = demoPayments();
 * ```
 */
export function demoPayments({ now = () => new Date() }: DemoOptions = {}): Payments & DemoCheckout {
  // Events are read by the process that makes them.
  const secret = randomBytes(32);
  return {
    provider: 'demo',
    // The page is beside the one that the person returns to.
    createCheckout: ({ orderId, successUrl }) =>
      Promise.resolve({
        id: `demo_checkout_${orderId}`,
        url: new URL(`demo-checkout?order=${encodeURIComponent(orderId)}`, successUrl).href,
      }),
    readEvent: async (rawBody, headers) => {
      requireSignature(rawBody, headers[signatureHeader], { secret, now: now() });
      return Promise.resolve(parseFact(rawBody));
    },
    eventsSince: (cursor) => Promise.resolve({ facts: [], cursor: cursor ?? 'none', hasMore: false }),
    refund: ({ orderId, paymentId, amount, currency, idempotencyKey }) =>
      Promise.resolve({
        kind: 'refunded',
        id: `demo_refund_${idempotencyKey}`,
        ...{ orderId, paymentId, amount, currency },
        occurredAt: now(),
      }),
    actions: (order) => actionsOf(order, now()),
    act: (order, action) => {
      if (!actionsOf(order, now()).includes(action))
        throw new DomainError('not_refundable', `The order is ${order.status}, which does not allow this.`);
      const fact = factOf(order, action, now());
      return fact === null ? null : signedRequest(fact, { secret, now: now() });
    },
  };
}

function actionsOf({ status, expiresAt, refunded, package: { price } }: Order, now: Date): DemoAction[] {
  switch (status) {
    case 'open':
      return expiresAt > now ? ['pay', 'decline'] : [];
    case 'paid':
    case 'partially_refunded':
      return refunded < price ? ['refund', 'dispute'] : [];
    case 'disputed':
      return ['win_dispute', 'lose_dispute'];
    default:
      return [];
  }
}

function factOf(order: Order, action: DemoAction, occurredAt: Date): PaymentFact | null {
  const { price, currency } = order.package;
  const paymentId = order.paymentId ?? `demo_payment_${order.id}`;
  const about = { orderId: order.id, paymentId, amount: price - order.refunded, currency, occurredAt };
  const disputeId = `demo_dispute_${order.id}`;
  switch (action) {
    case 'pay':
      return { kind: 'paid', id: paymentId, ...about };
    case 'decline':
      return null;
    case 'refund':
      // Two clicks at once make one refund.
      return { kind: 'refunded', id: `demo_refund_${order.id}_from_${order.refunded}`, ...about };
    case 'dispute':
      return { kind: 'disputed', id: disputeId, ...about };
    case 'win_dispute':
      return { kind: 'dispute_won', id: disputeId, ...about };
    case 'lose_dispute':
      return { kind: 'dispute_lost', id: disputeId, ...about };
  }
}

function signedRequest(
  fact: PaymentFact,
  { secret, now }: { secret: Uint8Array; now: Date },
): ProviderRequest {
  const rawBody = new TextEncoder().encode(JSON.stringify(fact));
  const signedAt = String(now.getTime());
  const signature = signatureOf(rawBody, signedAt, secret).toString('hex');
  return {
    rawBody,
    headers: {
      'content-type': 'application/json',
      [signatureHeader]: `t=${signedAt},v1=${signature}`,
    },
  };
}

function signatureOf(rawBody: Uint8Array, signedAt: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${signedAt}.`).update(rawBody).digest();
}

function requireSignature(
  rawBody: Uint8Array,
  header: string | undefined,
  { secret, now }: { secret: Uint8Array; now: Date },
): void {
  const [, signedAt = '', hex = ''] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  const expected = signatureOf(rawBody, signedAt, secret);
  const isRight = hex !== '' && timingSafeEqual(expected, Buffer.from(hex, 'hex'));
  if (isRight && now.getTime() - Number(signedAt) <= toleranceMs) return;
  throw new DomainError(
    'invalid_signature',
    'The signature of the event is missing, wrong or older than five minutes.',
  );
}

/** The signature shows that `signedRequest` wrote it. */
function parseFact(rawBody: Uint8Array): PaymentFact {
  const fact = JSON.parse(new TextDecoder().decode(rawBody)) as Omit<PaymentFact, 'occurredAt'> & {
    occurredAt: string;
  };
  return { ...fact, occurredAt: new Date(fact.occurredAt) };
}
