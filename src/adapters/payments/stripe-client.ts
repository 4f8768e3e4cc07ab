import type { Stripe } from 'stripe';
import { DomainError } from '../../domain/errors.js';

export type StripeLibrary = typeof Stripe;

/** How long a request to Stripe may take; it is then repeated once. */
const requestTimeoutMs = 15_000;
const retries = 1;
const retryAfterSeconds = 5;

/** Loads Stripe's library when it is first used: a server that sells nothing, or elsewhere, does not load it. */
export async function loadStripe(): Promise<StripeLibrary> {
  return (await import('stripe')).Stripe;
}

/** Returns a client of Stripe's API, which sends no telemetry. */
export function stripeClient(
  library: StripeLibrary,
  { secretKey, apiBase, timeoutMs }: { secretKey: string; apiBase?: string | null; timeoutMs?: number },
): Stripe {
  return new library(secretKey, {
    maxNetworkRetries: retries,
    timeout: timeoutMs ?? requestTimeoutMs,
    telemetry: false,
    ...(apiBase === undefined || apiBase === null ? {} : addressOf(new URL(apiBase))),
  });
}

function addressOf({ protocol, hostname, port }: URL) {
  const isSecure = protocol === 'https:';
  return {
    protocol: isSecure ? ('https' as const) : ('http' as const),
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
  };
}

/** What Stripe's errors have. They are recognised by their shape, so that the library need not be loaded for it. */
export interface StripeFailure {
  type: string;
  statusCode?: number;
  code?: string;
  param?: string;
  headers?: Record<string, string>;
}

/** Returns the error of Stripe's library that a caught value is; null if it is another one. */
export function stripeFailureOf(error: unknown): StripeFailure | null {
  const isFailure =
    error instanceof Error &&
    'type' in error &&
    typeof error.type === 'string' &&
    error.type.startsWith('Stripe');
  return isFailure ? (error as unknown as StripeFailure) : null;
}

/**
 * Returns the error to reject with. A retry helps if Stripe could not be reached, is overloaded or failed itself.
 *
 * @throws The error itself, if it is not Stripe's.
 */
export function translateFailure(error: unknown): DomainError {
  const failure = stripeFailureOf(error);
  if (failure === null) throw error;
  const { type, statusCode = 0, code } = failure;
  const canRetry =
    type === 'StripeConnectionError' ||
    statusCode === 429 ||
    statusCode >= 500 ||
    code === 'lock_timeout' ||
    code === 'idempotency_key_in_use';
  if (canRetry)
    return new DomainError(
      'unavailable',
      'The payment provider does not respond. Try again later.',
      { retryAfterSeconds },
      { cause: error },
    );
  return new DomainError(
    'payment_failed',
    'The payment provider rejected the request.',
    {},
    { cause: error },
  );
}
