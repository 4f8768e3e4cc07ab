import type { AuditAction, AuditEvent } from '../domain/audit/audit-event.js';
import type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
import type { Entry, EntryKind } from '../domain/ledger/entry.js';
import type { Order, OrderStatus } from '../domain/orders/order.js';
import type { Page, PageRequest } from '../domain/page.js';

/** A range of time from `from` (inclusive) to `to` (exclusive); null for no bound. */
export interface TimeRange {
  from: Date | null;
  to: Date | null;
}

/** What all searches of records have: the time of the records, and their order. */
export interface RecordQuery extends TimeRange {
  /** Whether the oldest records come first; by default the newest do. */
  isAscending?: boolean;
}

/** A filter of exchanges; null matches all. */
export interface ExchangeFilter extends RecordQuery {
  userId: string | null;
  status: ExchangeStatus | null;
  /** The model that replied; the requested model if none has replied. */
  model: string | null;
  /** Part of the message or reply; ASCII letters match in any case. */
  text: string | null;
}

/** A filter of entries; null matches all. */
export interface EntryFilter extends RecordQuery {
  userId: string | null;
  kind: EntryKind | null;
}

/** A filter of orders; null matches all. */
export interface OrderFilter extends RecordQuery {
  userId: string | null;
  status: OrderStatus | null;
}

/** A filter of audit events; null matches all. */
export interface AuditFilter extends RecordQuery {
  action: AuditAction | null;
  /** The account or the service key that did it. */
  actorId: string | null;
  /** The account that it happened to, or the session, key or entry that it is about. */
  subjectId: string | null;
}

/** A record of an account, with the username of the account; null if the account is erased. */
export type Named<Stored> = Stored & { username: string | null };

/** An entry with how the hold that it ended was charged; null unless it is a charge. */
export interface SearchedEntry extends Named<Entry> {
  /** Credits that were taken from the balance, beyond what was held. */
  taken: number | null;
  /** Credits that were used but not charged, because nothing covered them. */
  uncollected: number | null;
}

/** An event with the usernames of both of its accounts; null if there is no such account, or if it is erased. */
export type NamedAuditEvent = Named<AuditEvent> & { actorUsername: string | null };

/**
 * The records of all accounts, ordered by id, which is the order of their time. Requires ids that contain their time (UUIDv7).
 * A page begins after the record of its cursor, in the order of the query.
 */
export interface RecordSearch {
  /** Returns a page of the exchanges of all accounts that match. */
  exchanges(filter: ExchangeFilter, page: PageRequest): Promise<Page<Named<Exchange>>>;
  /** Returns one exchange of any account; null if there is none. */
  exchange(exchangeId: string): Promise<Named<Exchange> | null>;
  /** Returns a page of the entries of all accounts that match. */
  entries(filter: EntryFilter, page: PageRequest): Promise<Page<SearchedEntry>>;
  /** Returns a page of the orders of all accounts that match. */
  orders(filter: OrderFilter, page: PageRequest): Promise<Page<Named<Order>>>;
  /** Returns a page of the audit events of all accounts that match. */
  auditEvents(filter: AuditFilter, page: PageRequest): Promise<Page<NamedAuditEvent>>;
  /** Returns how many exchanges match, at most `most`. */
  countExchanges(filter: ExchangeFilter, most: number): Promise<number>;
  /** Returns how many entries match, at most `most`. */
  countEntries(filter: EntryFilter, most: number): Promise<number>;
  /** Returns how many orders match, at most `most`. */
  countOrders(filter: OrderFilter, most: number): Promise<number>;
  /** Returns how many audit events match, at most `most`. */
  countAuditEvents(filter: AuditFilter, most: number): Promise<number>;
  /** Returns one audit event; null if there is none. */
  auditEvent(eventId: string): Promise<NamedAuditEvent | null>;
}
