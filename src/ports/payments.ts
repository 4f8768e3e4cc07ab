/**
 * What happened to a payment of an order. `expired`: the checkout ended without a payment. `dispute_won`: the seller keeps the
 * money.
 */
export const paymentFactKinds = [
  'paid',
  'refunded',
  'disputed',
  'dispute_won',
  'dispute_lost',
  'expired',
] as const;
/** What happened to a payment of an order. */
export type PaymentFactKind = (typeof paymentFactKinds)[number];

/** A fact about a payment, as the provider states it. It can arrive late, in any order and repeatedly. */
export interface PaymentFact {
  kind: PaymentFactKind;
  /**
   * The provider's id of the very thing: of the payment, of the single refund (never of the payment that it refunds), of the
   * dispute, which is the same for its three facts, or of the checkout that expired. With `kind`, it identifies the fact.
   */
  id: string;
  /** The id of the order, from the metadata of the checkout or of the payment, as it was found there. */
  orderId: string;
  /** The provider's id of the payment; equal to `id` if `kind` is `paid`, null if it is `expired`. */
  paymentId: string | null;
  /**
   * What was paid, refunded by this refund, or is disputed, in the smallest unit of the currency; null if `kind` is
   * `expired`.
   */
  amount: number | null;
  /** In lower case, such as `eur`; null if `kind` is `expired`. */
  currency: string | null;
  /** When it happened at the provider. */
  occurredAt: Date;
}

/** An order to be paid. */
export interface CheckoutRequest {
  /** Must be in the metadata of the checkout and of the payment, as `order_id`. */
  orderId: string;
  /** The account. Must be in the same metadata, as `account_id`. */
  userId: string;
  /** What people see on the page. */
  packageName: string;
  /** In the smallest unit of the currency. */
  price: number;
  /** In lower case, such as `eur`. */
  currency: string;
  /** The confirmed email of the account, or null. */
  email: string | null;
  /** When the checkout must end, unless it is paid: an hour after the order was made. */
  expiresAt: Date;
  /** The page to return to after the payment, and after the person gave up. Absolute URLs; what they state is never trusted. */
  successUrl: string;
  cancelUrl: string;
}

/** A checkout at the provider. */
export interface Checkout {
  id: string;
  /** The page where the person pays. */
  url: string;
}

/** A refund that an administrator asks for. */
export interface RefundRequest {
  orderId: string;
  userId: string;
  paymentId: string;
  /** In the smallest unit of the currency, at most what was paid and is not paid back. */
  amount: number;
  currency: string;
  /** Of any number of requests with the same key, the provider makes one refund that does not fail. */
  idempotencyKey: string;
}

/** A page of what happened at the provider. */
export interface PaymentFacts {
  /** Oldest first. */
  facts: PaymentFact[];
  /** To be passed to the next call. */
  cursor: string;
  /** True if there is more to read now. */
  hasMore: boolean;
}

/**
 * A provider of payments. It moves money only; credits move by the facts that it states, and never by the return of a
 * browser. What fails at the provider rejects with `payment_failed`, or with `unavailable` if a retry can help.
 */
export interface Payments {
  /** The name of the adapter, which is stored with each order: `stripe` or `demo`. */
  readonly provider: string;
  /** Opens a checkout. Of any number of calls with the same `orderId`, the provider opens one, and each returns it. */
  createCheckout(order: CheckoutRequest): Promise<Checkout>;
  /**
   * Reads an event that a request from outside claims to be from the provider. Returns its fact; null if it is nothing that
   * concerns orders of this program, such as an event of another type, or one without an order in its metadata.
   *
   * @param rawBody The bytes of the body, unchanged: the signature is over them.
   * @param headers The headers of the request, by their names in lower case.
   * @throws DomainError `invalid_signature` if the signature is missing or wrong, or older than five minutes.
   */
  readEvent(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<PaymentFact | null>;
  /**
   * Returns the facts since a cursor, from the provider itself, in pages. A fact can be returned more than once, none may be
   * left out for ever: where the provider lists events late or out of order, pages must overlap.
   *
   * @param cursor Of the page before; null for the first one, which begins as far back as the provider keeps events.
   */
  eventsSince(cursor: string | null): Promise<PaymentFacts>;
  /**
   * Asks the provider to refund a payment. Returns the fact of the refund if the money is on its way already; null if that is
   * known later, by an event. A request after one that has definitely failed makes another refund; a request after one whose
   * outcome is not known makes none besides it.
   */
  refund(request: RefundRequest): Promise<PaymentFact | null>;
}
