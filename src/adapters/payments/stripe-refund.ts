import { createHash } from 'node:crypto';
import type { Stripe } from 'stripe';
import { DomainError } from '../../domain/errors.js';
import { stripeFailureOf, translateFailure } from './stripe-client.js';

/** How often a refund is asked for under a new key, after Stripe has saved a failure under the key before. */
const maxRefundKeys = 20;
/** A key at Stripe has at most 255 characters, and those of later attempts a suffix. */
const maxFirstKeyChars = 250;

/**
 * Makes a refund, or returns the one that was made under the same key, as it is now. Stripe keeps the first response to a key for
 * a day, so a refund that has failed has to be asked for under another one: the keys follow from each other, and all that Stripe
 * says to have failed are passed over. What is not known, such as after a 500, is never asked for under another key.
 */
export async function createRefund(
  client: Stripe,
  { paymentId, amount, metadata }: { paymentId: string; amount: number; metadata: Record<string, string> },
  key: string,
): Promise<Stripe.Refund> {
  const firstKey = key.length <= maxFirstKeyChars ? key : createHash('sha256').update(key).digest('hex');
  for (let attempt = 1; ; attempt += 1) {
    const idempotencyKey = attempt === 1 ? firstKey : `${firstKey}-${attempt}`;
    const isLast = attempt >= maxRefundKeys;
    try {
      const parameters = { payment_intent: paymentId, amount, metadata };
      const made = await client.refunds.create(parameters, { idempotencyKey });
      const isReplayed = isReplay(made.lastResponse.headers);
      // The response to an earlier request is as old as that.
      const refund = isReplayed ? await client.refunds.retrieve(made.id) : made;
      if (!hasFailed(refund)) return refund;
      if (!isReplayed || isLast)
        throw new DomainError('payment_failed', 'The payment provider could not pay the money back.');
    } catch (error) {
      const failure = stripeFailureOf(error);
      const { type, statusCode = 0 } = failure ?? {};
      const isSavedRejection = statusCode >= 400 && statusCode < 500 && isReplay(failure?.headers);
      if (failure === null) throw error;
      if (type === 'StripeIdempotencyError')
        throw new DomainError('idempotency_key_reused', 'This idempotency key was used for another refund.');
      if (!isSavedRejection || isLast) throw translateFailure(error);
    }
  }
}

function isReplay(headers: Record<string, string> | undefined): boolean {
  return headers?.['idempotent-replayed'] === 'true';
}

function hasFailed({ status }: Stripe.Refund): boolean {
  return status === 'failed' || status === 'canceled';
}
