import { randomBytes } from 'node:crypto';
import { apiError } from './api-error.js';
import type {
  EventType,
  FakeCharge,
  FakeDispute,
  FakeEvent,
  FakeObject,
  FakePaymentIntent,
  FakeRefund,
  FakeSession,
} from './objects.js';

/** The version of the API that the library's types describe. */
const apiVersion = '2026-10-28.endive';

/** What a test or a person at the checkout page does, and what Stripe then has. */
export interface StripeAccount {
  sessions: Map<string, FakeSession>;
  paymentIntents: Map<string, FakePaymentIntent>;
  charges: Map<string, FakeCharge>;
  refunds: Map<string, FakeRefund>;
  disputes: Map<string, FakeDispute>;
  /** Oldest first. */
  events: FakeEvent[];
  /** Ids of events that the list does not have yet. */
  unlisted: Set<string>;
  /** Whether the list is in another order than Stripe documents. */
  listsOldestFirst: boolean;
  /** What becomes of refunds that the API makes; `rejected`: none is made, and the API responds with an error. */
  refundStatus: 'succeeded' | 'pending' | 'failed' | 'rejected';
  /** Events are those of this connected account, if it is set. */
  connectedAccount?: string;
  /** Called for each new event. */
  onEvent: (event: FakeEvent) => void;
  now: () => Date;
}

export function newAccount(now: () => Date): StripeAccount {
  return {
    sessions: new Map(),
    paymentIntents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    events: [],
    unlisted: new Set(),
    listsOldestFirst: false,
    refundStatus: 'succeeded',
    onEvent: () => undefined,
    now,
  };
}

/** Ids are unique across accounts, as Stripe's are. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

export function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function emit(account: StripeAccount, type: EventType, object: FakeObject): FakeEvent {
  const event: FakeEvent = {
    id: newId('evt'),
    object: 'event',
    ...(account.connectedAccount === undefined ? {} : { account: account.connectedAccount }),
    api_version: apiVersion,
    created: secondsOf(account.now()),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
    // The data of an event never changes.
    data: { object: structuredClone(object) },
  };
  account.events.push(event);
  account.onEvent(event);
  return event;
}

/** Adds an event that Stripe would not send by itself, such as one of another program of the same account. */
export function emitForeign(account: StripeAccount, type: EventType, object: FakeObject): FakeEvent {
  return emit(account, type, object);
}

function only<Item>(items: Map<string, Item>, id: string, kind: string): Item {
  const item = items.get(id);
  if (item === undefined) throw apiError(404, 'resource_missing', `No such ${kind}: '${id}'`, 'id');
  return item;
}

export function sessionOf(account: StripeAccount, id: string): FakeSession {
  const session = only(account.sessions, id, 'checkout.session');
  if (session.status === 'open' && session.expires_at <= secondsOf(account.now())) expire(account, session);
  return session;
}

/** The person pays. With `isDelayed` the money arrives later, as by a bank transfer: `settle` or `fail` it. */
export function pay(account: StripeAccount, id: string, { isDelayed = false } = {}): FakePaymentIntent {
  const session = requireOpen(account, id);
  const intent = openIntent(account, session);
  session.payment_intent = intent.id;
  session.status = 'complete';
  session.url = null;
  if (isDelayed) {
    intent.status = 'processing';
    emit(account, 'payment_intent.processing', intent);
    emit(account, 'checkout.session.completed', session);
    return intent;
  }
  succeed(account, intent);
  session.payment_status = 'paid';
  emit(account, 'checkout.session.completed', session);
  return intent;
}

/** The money of a delayed payment arrives. */
export function settle(account: StripeAccount, id: string): void {
  const session = sessionOf(account, id);
  succeed(account, intentOf(account, session));
  session.payment_status = 'paid';
  emit(account, 'checkout.session.async_payment_succeeded', session);
}

/** The money of a delayed payment does not arrive. */
export function fail(account: StripeAccount, id: string): void {
  const session = sessionOf(account, id);
  const intent = intentOf(account, session);
  intent.status = 'requires_payment_method';
  emit(account, 'payment_intent.payment_failed', intent);
  emit(account, 'checkout.session.async_payment_failed', session);
}

/** The card is declined; the session stays open. */
export function decline(account: StripeAccount, id: string): void {
  const session = requireOpen(account, id);
  const intent = openIntent(account, session);
  intent.status = 'requires_payment_method';
  emit(account, 'payment_intent.payment_failed', intent);
}

/** Ends an open session without a payment. */
export function expireSession(account: StripeAccount, id: string): FakeSession {
  const session = requireOpen(account, id);
  expire(account, session);
  return session;
}

/** Ends the sessions whose time is over, as Stripe does by itself. */
export function expireDue(account: StripeAccount): void {
  for (const id of account.sessions.keys()) sessionOf(account, id);
}

function expire(account: StripeAccount, session: FakeSession): void {
  session.status = 'expired';
  session.url = null;
  emit(account, 'checkout.session.expired', session);
}

function requireOpen(account: StripeAccount, id: string): FakeSession {
  const session = sessionOf(account, id);
  if (session.status === 'open') return session;
  throw apiError(
    400,
    null,
    `Only Checkout Sessions with a status in ["open"] can do this; it is ${String(session.status)}.`,
  );
}

/** Metadata for the payment, which a session passes on. */
const intentMetadata = new WeakMap<FakeSession, Record<string, string>>();

export function setIntentMetadata(session: FakeSession, metadata: Record<string, string>): void {
  intentMetadata.set(session, metadata);
}

function openIntent(account: StripeAccount, session: FakeSession): FakePaymentIntent {
  const known = [...account.paymentIntents.values()].find(
    (intent) => sessionOfIntent.get(intent) === session.id,
  );
  if (known !== undefined) return known;
  const intent: FakePaymentIntent = {
    id: newId('pi'),
    object: 'payment_intent',
    amount: session.amount_total ?? 0,
    amount_received: 0,
    created: secondsOf(account.now()),
    currency: session.currency ?? '',
    description: null,
    latest_charge: null,
    livemode: false,
    metadata: intentMetadata.get(session) ?? {},
    status: 'requires_payment_method',
  };
  sessionOfIntent.set(intent, session.id);
  account.paymentIntents.set(intent.id, intent);
  emit(account, 'payment_intent.created', intent);
  return intent;
}

const sessionOfIntent = new WeakMap<FakePaymentIntent, string>();

function intentOf(account: StripeAccount, session: FakeSession): FakePaymentIntent {
  return only(account.paymentIntents, session.payment_intent ?? '', 'payment_intent');
}

function succeed(account: StripeAccount, intent: FakePaymentIntent): void {
  const charge: FakeCharge = {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_refunded: 0,
    created: secondsOf(account.now()),
    currency: intent.currency,
    disputed: false,
    livemode: false,
    metadata: { ...intent.metadata },
    paid: true,
    payment_intent: intent.id,
    refunded: false,
    status: 'succeeded',
  };
  account.charges.set(charge.id, charge);
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = charge.id;
  emit(account, 'charge.succeeded', charge);
  emit(account, 'payment_intent.succeeded', intent);
}

function chargeOf(account: StripeAccount, intentId: string): FakeCharge {
  const intent = only(account.paymentIntents, intentId, 'payment_intent');
  if (intent.latest_charge === null)
    throw apiError(
      400,
      'payment_intent_unexpected_state',
      'This PaymentIntent does not have a successful charge to refund.',
    );
  return only(account.charges, intent.latest_charge, 'charge');
}

/** Refunds a payment, as the dashboard or the API does. A pending refund ends with `endRefund`. */
export function refund(
  account: StripeAccount,
  intentId: string,
  {
    amount,
    metadata = {},
    status = 'succeeded',
  }: { amount?: number; metadata?: Record<string, string>; status?: 'succeeded' | 'pending' } = {},
): FakeRefund {
  const charge = chargeOf(account, intentId);
  const left = charge.amount - charge.amount_refunded;
  if (left === 0)
    throw apiError(400, 'charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const refunded = amount ?? left;
  if (refunded < 1)
    throw apiError(
      400,
      'parameter_invalid_integer',
      'This value must be greater than or equal to 1.',
      'amount',
    );
  if (refunded > left)
    throw apiError(
      400,
      null,
      `Refund amount (${refunded}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  const made: FakeRefund = {
    id: newId('re'),
    object: 'refund',
    amount: refunded,
    charge: charge.id,
    created: secondsOf(account.now()),
    currency: charge.currency,
    metadata,
    payment_intent: intentId,
    reason: null,
    status,
  };
  account.refunds.set(made.id, made);
  charge.amount_refunded += refunded;
  charge.refunded = charge.amount_refunded === charge.amount;
  emit(account, 'refund.created', made);
  emit(account, 'charge.refunded', charge);
  // Stripe sends an update as well, when the reference of the bank is known.
  if (status === 'succeeded') emit(account, 'refund.updated', made);
  return made;
}

/** A pending refund reaches the person, or does not. */
export function endRefund(account: StripeAccount, id: string, status: 'succeeded' | 'failed'): void {
  const made = only(account.refunds, id, 'refund');
  made.status = status;
  if (status === 'failed') {
    const charge = only(account.charges, made.charge, 'charge');
    charge.amount_refunded -= made.amount;
    charge.refunded = false;
    emit(account, 'refund.failed', made);
  }
  emit(account, 'refund.updated', made);
  emit(account, 'charge.refund.updated', made);
}

/** The bank of the person takes the money back for now; an inquiry takes none. */
export function dispute(
  account: StripeAccount,
  intentId: string,
  { amount, status = 'needs_response' }: { amount?: number; status?: FakeDispute['status'] } = {},
): FakeDispute {
  const charge = chargeOf(account, intentId);
  const opened: FakeDispute = {
    id: newId('dp'),
    object: 'dispute',
    amount: amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: secondsOf(account.now()),
    currency: charge.currency,
    livemode: false,
    metadata: {},
    payment_intent: intentId,
    reason: 'general',
    status,
  };
  account.disputes.set(opened.id, opened);
  charge.disputed = true;
  emit(account, 'charge.dispute.created', opened);
  if (!/^(warning_|prevented)/.test(status)) withdraw(account, opened);
  return opened;
}

function withdraw(account: StripeAccount, opened: FakeDispute): void {
  opened.balance_transactions.push({ amount: -opened.amount, currency: opened.currency });
  emit(account, 'charge.dispute.funds_withdrawn', opened);
}

/** An inquiry becomes a dispute. */
export function escalate(account: StripeAccount, id: string): void {
  const opened = only(account.disputes, id, 'dispute');
  opened.status = 'needs_response';
  emit(account, 'charge.dispute.updated', opened);
  withdraw(account, opened);
}

/** Ends a dispute. */
export function closeDispute(
  account: StripeAccount,
  id: string,
  status: 'won' | 'lost' | 'warning_closed' | 'prevented',
): void {
  const opened = only(account.disputes, id, 'dispute');
  opened.status = status;
  if (status === 'won') {
    opened.balance_transactions.push({ amount: opened.amount, currency: opened.currency });
    emit(account, 'charge.dispute.funds_reinstated', opened);
  }
  emit(account, 'charge.dispute.closed', opened);
}
