import type { AuditAction, AuditEvent } from '../domain/audit/audit-event.js';
import type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
import type { Entry, EntryKind } from '../domain/ledger/entry.js';
import type { Page, PageRequest } from '../domain/page.js';

/** A time that `from` does not exceed and that is before `to`. */
export interface TimeRange {
  from: Date | null;
  to: Date | null;
}

/** Which exchanges are asked for; null asks for any. */
export interface ExchangeFilter extends TimeRange {
  userId: string | null;
  status: ExchangeStatus | null;
  /** The model that answered or, where none did, that was asked for. */
  model: string | null;
  /** Part of the message or reply, whatever the case of ASCII letters. */
  text: string | null;
}

/** Which lines of the ledger are asked for; null asks for any. */
export interface EntryFilter extends TimeRange {
  userId: string | null;
  kind: EntryKind | null;
}

/** Which events are asked for; null asks for any. */
export interface AuditFilter extends TimeRange {
  action: AuditAction | null;
  /** Who did it. */
  actorId: string | null;
  /** Whom it happened to, or the session, key or entry that it is about. */
  subjectId: string | null;
}

/** What is on record of an account, and what the account is called; null once it is erased. */
export type Named<Kept> = Kept & { username: string | null };

/** An event with what both of its accounts are called; null for nobody, and once they are erased. */
export type NamedAuditEvent = Named<AuditEvent> & { actorUsername: string | null };

/** What is on record of all accounts together, newest first by id. Needs ids that tell their time (UUIDv7). */
export interface RecordSearch {
  /** Exchanges of anybody. */
  exchanges(filter: ExchangeFilter, page: PageRequest): Promise<Page<Named<Exchange>>>;
  /** One exchange of anybody's; null when there is none. */
  exchange(exchangeId: string): Promise<Named<Exchange> | null>;
  /** Lines of anybody's ledger. */
  entries(filter: EntryFilter, page: PageRequest): Promise<Page<Named<Entry>>>;
  /** What happened to anybody, or was done by them. */
  auditEvents(filter: AuditFilter, page: PageRequest): Promise<Page<NamedAuditEvent>>;
}
