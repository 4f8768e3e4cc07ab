import type { Stripe } from 'stripe';
import { DomainError, isDomainError } from '../../domain/errors.js';
import type { CheckoutRequest, PaymentFact, PaymentFacts, Payments } from '../../ports/payments.js';
import {
  loadStripe,
  stripeClient,
  stripeFailureOf,
  translateFailure,
  type StripeLibrary,
} from './stripe-client.js';
import { factOfEvent, refundFact, stripeEventTypes, type ReadPaymentMetadata } from './stripe-facts.js';
import { createRefund } from './stripe-refund.js';
import { nextWindow } from './stripe-windows.js';

/** How old a signature may be. */
const toleranceSeconds = 5 * 60;

/** How often a checkout is asked for under a new key, after Stripe has saved a failure of its own under the key before. */
const maxCheckoutKeys = 20;

/**
 * What `stripePayments` requires.
 *
 * @example
 * ```ts
 * const options: StripeOptions = { secretKey: 'sk_test_…', webhookSecret: 'whsec_…', timeoutMs: 10_000 };
 * ```
 */
export interface StripeOptions {
  /** The secret or restricted key of the API: `sk_…` or `rk_…`. */
  secretKey: string;
  /** The signing secret of the webhook endpoint: `whsec_…`. */
  webhookSecret: string;
  /** The origin of the API, for tests; null for Stripe's own. */
  apiBase?: string | null;
  /** How long a request may take, in milliseconds; 15 seconds by default. */
  timeoutMs?: number;
  /** Returns the time that signatures are checked against. */
  now?: () => Date;
}

/**
 * Takes payments by Stripe Checkout. Stripe only moves the money: what it is for is in the orders and the ledger of the core.
 * The package `stripe` is loaded at the first use.
 *
 * @param options The keys of the Stripe account, in test or live mode.
 * @returns The port `payments`.
 * @example
 * ```ts
 * import { stripePayments } from 'metered-chat/payments';
 *
 * const payments = stripePayments({ secretKey: 'sk_test_…', webhookSecret: 'whsec_…' });
 * ```
 */
export function stripePayments({
  webhookSecret,
  now = () => new Date(),
  ...connection
}: StripeOptions): Payments {
  let loaded: Promise<{ library: StripeLibrary; client: Stripe }> | undefined;
  const load = () =>
    (loaded ??= loadStripe().then((library) => ({ library, client: stripeClient(library, connection) })));

  return {
    provider: 'stripe',
    async createCheckout(order) {
      const { client } = await load();
      const session = await openSession(client, order);
      if (session.url === null)
        throw new DomainError('payment_failed', 'The payment provider opened a checkout without a page.');
      return { id: session.id, url: session.url };
    },
    async readEvent(rawBody, headers) {
      const { library, client } = await load();
      const body = verifiedBody(library, rawBody, headers['stripe-signature'], { webhookSecret, now });
      return factOfEvent(JSON.parse(body) as Stripe.Event, paymentMetadataReader(client));
    },
    async eventsSince(cursor) {
      const { client } = await load();
      return listFacts(client, cursor, now());
    },
    async refund({ orderId, userId, paymentId, amount, idempotencyKey }) {
      const { client } = await load();
      const metadata = metadataOf({ orderId, userId });
      const refund = await createRefund(client, { paymentId, amount, metadata }, idempotencyKey);
      return refundFact(refund, new Date(refund.created * 1000), () => Promise.resolve(metadata));
    },
  };
}

function metadataOf({ orderId, userId }: { orderId: string; userId: string }) {
  return { order_id: orderId, account_id: userId };
}

/**
 * Opens a session, or returns the one that was opened under the same key. Stripe keeps its own failures (500) under the key
 * as well. Then another key is used: a session whose URL never arrived cannot be paid.
 */
async function openSession(client: Stripe, order: CheckoutRequest): Promise<Stripe.Checkout.Session> {
  let parameters = sessionParameters(order);
  let keyPrefix = `checkout-${order.orderId}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const idempotencyKey = attempt === 1 ? keyPrefix : `${keyPrefix}-${attempt}`;
      return await client.checkout.sessions.create(parameters, {
        idempotencyKey,
        // A repetition would find the failure of this attempt, and use up a key.
        maxNetworkRetries: 0,
      });
    } catch (error) {
      const failure = stripeFailureOf(error);
      if (failure?.param === 'customer_email' && 'customer_email' in parameters) {
        // An address that Stripe does not accept is asked for on its page.
        parameters = sessionParameters({ ...order, email: null });
        keyPrefix = `${keyPrefix}-no-email`;
      } else {
        const isSavedFailure =
          (failure?.statusCode ?? 0) >= 500 && failure?.headers?.['idempotent-replayed'] === 'true';
        if (!isSavedFailure || attempt >= maxCheckoutKeys) throw translateFailure(error);
      }
    }
  }
}

/** They must be the same for each attempt, since Stripe compares them by the key. */
function sessionParameters(order: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const metadata = metadataOf(order);
  return {
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency,
          unit_amount: order.price,
          product_data: { name: order.packageName },
        },
      },
    ],
    // Refunds and disputes are then in the currency of the order.
    adaptive_pricing: { enabled: false },
    metadata,
    payment_intent_data: { metadata },
    expires_at: Math.floor(order.expiresAt.getTime() / 1000),
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
    ...(order.email === null ? {} : { customer_email: order.email }),
  };
}

/**
 * Returns the text of a body whose signature is right. The library compares in constant time. It decodes bytes leniently, so
 * that they are decoded before.
 */
function verifiedBody(
  library: StripeLibrary,
  rawBody: Uint8Array,
  signature: string | undefined,
  { webhookSecret, now }: { webhookSecret: string; now: () => Date },
): string {
  try {
    const body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
    const { signature: verifier } = library.webhooks;
    if (verifier === null) throw new TypeError('The package stripe cannot verify signatures.');
    const receivedAt = now().getTime();
    verifier.verifyHeader(body, signature ?? '', webhookSecret, toleranceSeconds, undefined, receivedAt);
    return body;
  } catch (error) {
    // Malformed headers make the library throw errors of other kinds.
    throw new DomainError(
      'invalid_signature',
      'The signature of the event is missing, wrong or older than five minutes.',
      {},
      { cause: error },
    );
  }
}

/** Asks for the metadata of each payment once. */
function paymentMetadataReader(client: Stripe): ReadPaymentMetadata {
  const known = new Map<string, ReturnType<ReadPaymentMetadata>>();
  return (paymentId) => {
    const read = known.get(paymentId) ?? readPaymentMetadata(client, paymentId);
    known.set(paymentId, read);
    return read;
  };
}

async function readPaymentMetadata(client: Stripe, paymentId: string) {
  try {
    return (await client.paymentIntents.retrieve(paymentId)).metadata;
  } catch (error) {
    if (stripeFailureOf(error)?.code === 'resource_missing') return null;
    throw translateFailure(error);
  }
}

/** Stripe lists the newest event first, by seconds; an event can appear late. */
async function listFacts(client: Stripe, cursor: string | null, now: Date): Promise<PaymentFacts> {
  const { created, next } = nextWindow(cursor, now);
  const readMetadata = paymentMetadataReader(client);
  const facts: PaymentFact[] = [];
  let newest: number | null = null;
  try {
    const events = client.events.list({ created, types: [...stripeEventTypes], limit: 100 });
    for await (const event of events) {
      newest = Math.max(newest ?? 0, event.created);
      const fact = await factOfEvent(event, readMetadata);
      if (fact !== null) facts.push(fact);
    }
  } catch (error) {
    throw isDomainError(error) ? error : translateFailure(error);
  }
  return { facts: facts.reverse(), ...next(newest) };
}
