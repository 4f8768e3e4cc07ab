import type {
  AuditFilter,
  EntryFilter,
  SearchedEntry,
  ExchangeFilter,
  Named,
  NamedAuditEvent,
  OrderFilter,
  RecordSearch,
} from '../../ports/record-search.js';
import type { UserStore } from '../../ports/user-store.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import type { Exchange } from '../chat/exchange.js';
import { notFound } from '../errors.js';
import { searchPage, type SearchPage, type SearchPageRequest } from '../page.js';
import type { Order } from '../orders/order.js';
import { userIdOf, type UserReference } from './user-reference.js';

export interface SearchRecordsDeps {
  recordSearch: RecordSearch;
  userStore: Pick<UserStore, 'findByName'>;
}

export type ExchangeSearch = Omit<ExchangeFilter, 'userId'> & { caller: AdminCaller; user: UserReference };
export type EntrySearch = Omit<EntryFilter, 'userId'> & { caller: AdminCaller; user: UserReference };
export type OrderSearch = Omit<OrderFilter, 'userId'> & { caller: AdminCaller; user: UserReference };
export type AuditSearch = Omit<AuditFilter, 'actorId' | 'subjectId'> & {
  caller: AdminCaller;
  actor: UserReference;
  subject: UserReference;
};

/** Returns the exchanges of all accounts that match; none if `user` is no account. Rejects with `admin_required`. */
export async function searchExchanges(
  deps: SearchRecordsDeps,
  { caller, user, ...filter }: ExchangeSearch,
  page: SearchPageRequest,
): Promise<SearchPage<Named<Exchange>>> {
  requireAdmin(caller, 'read');
  const userId = await userIdOf(deps, user);
  if (userId === undefined) return nothing(page);
  const search = { ...filter, userId };
  return searchPage(
    page,
    (request) => deps.recordSearch.exchanges(search, request),
    (most) => deps.recordSearch.countExchanges(search, most),
  );
}

/** Returns one exchange of any account. Rejects with `admin_required` or `not_found`. */
export async function findExchange(
  deps: Pick<SearchRecordsDeps, 'recordSearch'>,
  { caller, exchangeId }: { caller: AdminCaller; exchangeId: string },
): Promise<Named<Exchange>> {
  requireAdmin(caller, 'read');
  const exchange = await deps.recordSearch.exchange(exchangeId);
  if (exchange === null) throw notFound('chat');
  return exchange;
}

/** Returns the entries of all accounts that match; none if `user` is no account. Rejects with `admin_required`. */
export async function searchEntries(
  deps: SearchRecordsDeps,
  { caller, user, ...filter }: EntrySearch,
  page: SearchPageRequest,
): Promise<SearchPage<SearchedEntry>> {
  requireAdmin(caller, 'read');
  const userId = await userIdOf(deps, user);
  if (userId === undefined) return nothing(page);
  const search = { ...filter, userId };
  return searchPage(
    page,
    (request) => deps.recordSearch.entries(search, request),
    (most) => deps.recordSearch.countEntries(search, most),
  );
}

/** Returns the orders of all accounts that match; none if `user` is no account. Rejects with `admin_required`. */
export async function searchOrders(
  deps: SearchRecordsDeps,
  { caller, user, ...filter }: OrderSearch,
  page: SearchPageRequest,
): Promise<SearchPage<Named<Order>>> {
  requireAdmin(caller, 'read');
  const userId = await userIdOf(deps, user);
  if (userId === undefined) return nothing(page);
  const search = { ...filter, userId };
  return searchPage(
    page,
    (request) => deps.recordSearch.orders(search, request),
    (most) => deps.recordSearch.countOrders(search, most),
  );
}

/** Returns the events of the audit log that match; none if `actor` or `subject` is no account. Rejects with `admin_required`. */
export async function searchAuditEvents(
  deps: SearchRecordsDeps,
  { caller, actor, subject, ...filter }: AuditSearch,
  page: SearchPageRequest,
): Promise<SearchPage<NamedAuditEvent>> {
  requireAdmin(caller, 'read');
  const actorId = await userIdOf(deps, actor);
  const subjectId = await userIdOf(deps, subject);
  if (actorId === undefined || subjectId === undefined) return nothing(page);
  const search = { ...filter, actorId, subjectId };
  return searchPage(
    page,
    (request) => deps.recordSearch.auditEvents(search, request),
    (most) => deps.recordSearch.countAuditEvents(search, most),
  );
}

/** Returns one event of the audit log. Rejects with `admin_required` or `not_found`. */
export async function findAuditEvent(
  deps: Pick<SearchRecordsDeps, 'recordSearch'>,
  { caller, eventId }: { caller: AdminCaller; eventId: string },
): Promise<NamedAuditEvent> {
  requireAdmin(caller, 'read');
  const event = await deps.recordSearch.auditEvent(eventId);
  if (event === null) throw notFound('audit event');
  return event;
}

function nothing({ withTotal = false }: SearchPageRequest): SearchPage<never> {
  return { results: [], next: null, ...(withTotal ? { total: 0 } : {}) };
}
