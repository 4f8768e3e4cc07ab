import type { EntryKind } from '../ledger/entry.js';
import type { CapScope, CapSetter } from '../metering/cap.js';
import type { WindowLength } from '../metering/window.js';

/** Every type of event. New ones are added; none is renamed. */
export const eventTypes = [
  'balance.low',
  'balance.exhausted',
  'credits.granted',
  'credits.expired',
  'order.paid',
  'order.refunded',
  'order.disputed',
  'cap.reached',
  'account.created',
  'account.erased',
] as const;

/** What can happen to an account of which other programs are notified. No event is written for a chat. */
export type EventType = (typeof eventTypes)[number];

/** What the events of each type say. Amounts are whole credits; no names, emails or texts, which an erasure would have to find. */
export interface EventDataByType {
  /** The balance plus the open holds fell below the threshold; written again only after it rose to the threshold. */
  'balance.low': { available: number; threshold: number };
  /** The balance plus the open holds fell to 0; written again only after credits were added. */
  'balance.exhausted': { available: number };
  /** Credits were added by an entry of any kind, except the opening grant. The lot has the id of the entry. */
  'credits.granted': {
    entryId: string;
    kind: EntryKind;
    amount: number;
    balance: number;
    /** RFC 3339 in UTC, or null if they do not expire. */
    expiresAt: string | null;
  };
  /** What was left of a lot expired. */
  'credits.expired': { entryId: string; lotId: string; amount: number; balance: number };
  /** The provider says that an order is paid. `price` is in the smallest unit of the currency. */
  'order.paid': {
    orderId: string;
    packageId: string;
    credits: number;
    bonusCredits: number;
    price: number;
    currency: string;
  };
  /** Money of an order was paid back. `amount` is in the smallest unit of the currency, `credits` and `debt` in credits. */
  'order.refunded': {
    orderId: string;
    packageId: string;
    amount: number;
    currency: string;
    /** Credits that were taken from the account. */
    credits: number;
    /** Credits that had been spent already, and are owed now. */
    debt: number;
  };
  /** The payment of an order is disputed, or the dispute ended. */
  'order.disputed': {
    orderId: string;
    packageId: string;
    amount: number;
    currency: string;
    outcome: 'open' | 'won' | 'lost';
  };
  /** A cap rejected a hold or a charge for the first time in its window. */
  'cap.reached': {
    /** Null for a default. */
    capId: string | null;
    scope: CapScope;
    keyId: string | null;
    model: string | null;
    window: WindowLength;
    limit: number;
    setBy: CapSetter;
    /** RFC 3339 in UTC, or null if the window does not end. */
    endsAt: string | null;
  };
  'account.created': { balance: number };
  'account.erased': Record<string, never>;
}

/** An event as the transaction that causes it writes it. */
export type NewEvent = { [Type in EventType]: { type: Type; data: EventDataByType[Type] } }[EventType];

/** An event of an account. */
export type AccountEvent = NewEvent & {
  /** A UUID, the same in every delivery. */
  id: string;
  userId: string;
  /** The number of the event within its account: 1, 2, 3 … in the order in which they happened. */
  sequence: number;
  createdAt: Date;
};
