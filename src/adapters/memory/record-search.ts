import type { AuditEvent } from '../../domain/audit/audit-event.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Order } from '../../domain/orders/order.js';
import type { Entry } from '../../domain/ledger/entry.js';
import type {
  AuditFilter,
  EntryFilter,
  ExchangeFilter,
  Named,
  NamedAuditEvent,
  OrderFilter,
  RecordSearch,
  SearchedEntry,
} from '../../ports/record-search.js';
import { isChat } from './stored-exchanges.js';
import { runAtomically, copyOf, pageOfStored, type MemoryState } from './state.js';
import { isWithin } from './time-range.js';

/** Searches the records of all accounts in memory. */
export function memoryRecordSearch(state: MemoryState): RecordSearch {
  const usernameOf = (userId: string | null) => state.users.get(userId ?? '')?.user.username ?? null;
  const withUsername = <Item extends { userId: string }>(item: Item): Named<Item> => ({
    ...item,
    username: usernameOf(item.userId),
  });
  const withUsernames = (event: Readonly<AuditEvent>): NamedAuditEvent => ({
    ...event,
    username: usernameOf(event.userId),
    actorUsername: usernameOf(event.actorId),
  });
  const withCharge = (entry: Readonly<Entry>): SearchedEntry => {
    const stored = state.accounts.get(entry.userId)?.exchanges.get(entry.exchangeId ?? '');
    const { taken = null, uncollected = null } = stored?.exchange ?? {};
    return { ...withUsername(entry), taken, uncollected };
  };
  const exchanges = () =>
    [...state.accounts.values()].flatMap((account) =>
      [...account.exchanges.values()].map(({ exchange }) => exchange).filter(isChat),
    );
  const orders = () =>
    [...state.accounts.values()].flatMap((account) => [...account.orders.values()].map(({ order }) => order));
  const entries = () => [...state.accounts.values()].flatMap((account) => [...account.entries.values()]);
  return {
    exchanges: (filter, page) =>
      runAtomically(() => {
        const matching = exchanges().filter((exchange) => matchesExchange(exchange, filter));
        return pageOfStored<Named<Exchange>>(matching.map(withUsername), page, filter.isAscending);
      }),
    exchange: (exchangeId) =>
      runAtomically(() => {
        const found = exchanges().find(({ id }) => id === exchangeId);
        return found === undefined ? null : copyOf(withUsername(found));
      }),
    entries: (filter, page) =>
      runAtomically(() => {
        const matching = entries().filter((entry) => matchesEntry(entry, filter));
        return pageOfStored<SearchedEntry>(matching.map(withCharge), page, filter.isAscending);
      }),
    orders: (filter, page) =>
      runAtomically(() => {
        const matching = orders().filter((order) => matchesOrder(order, filter));
        return pageOfStored<Named<Order>>(matching.map(withUsername), page, filter.isAscending);
      }),
    auditEvents: (filter, page) =>
      runAtomically(() => {
        const matching = state.auditEvents.filter((event) => matchesEvent(event, filter));
        return pageOfStored<NamedAuditEvent>(matching.map(withUsernames), page, filter.isAscending);
      }),
    countExchanges: (filter, most) =>
      countOf(() => exchanges().filter((exchange) => matchesExchange(exchange, filter)), most),
    countEntries: (filter, most) =>
      countOf(() => entries().filter((entry) => matchesEntry(entry, filter)), most),
    countOrders: (filter, most) =>
      countOf(() => orders().filter((order) => matchesOrder(order, filter)), most),
    countAuditEvents: (filter, most) =>
      countOf(() => state.auditEvents.filter((event) => matchesEvent(event, filter)), most),
    auditEvent: (eventId) =>
      runAtomically(() => {
        const event = state.auditEvents.find(({ id }) => id === eventId);
        return event === undefined ? null : withUsernames(event);
      }),
  };
}

function countOf(matching: () => readonly unknown[], most: number): Promise<number> {
  return runAtomically(() => Math.min(matching().length, most));
}

function matchesExchange(exchange: Readonly<Exchange>, filter: ExchangeFilter): boolean {
  const { userId, status, model, text } = filter;
  const contains = (value: string | null) =>
    value?.toLowerCase().includes(text?.toLowerCase() ?? '') ?? false;
  return (
    (userId === null || exchange.userId === userId) &&
    (status === null || exchange.status === status) &&
    (model === null || (exchange.repliedBy ?? exchange.model) === model) &&
    (text === null || contains(exchange.message) || contains(exchange.reply)) &&
    isWithin(exchange.createdAt, filter)
  );
}

function matchesEntry(entry: Readonly<Entry>, filter: EntryFilter): boolean {
  const { userId, kind } = filter;
  return (
    (userId === null || entry.userId === userId) &&
    (kind === null || entry.kind === kind) &&
    isWithin(entry.createdAt, filter)
  );
}

function matchesOrder(order: Readonly<Order>, filter: OrderFilter): boolean {
  const { userId, status } = filter;
  return (
    (userId === null || order.userId === userId) &&
    (status === null || order.status === status) &&
    isWithin(order.createdAt, filter)
  );
}

function matchesEvent(event: Readonly<AuditEvent>, filter: AuditFilter): boolean {
  const { action, actorId, subjectId } = filter;
  return (
    (action === null || event.action === action) &&
    (actorId === null || event.actorId === actorId || event.serviceKeyId === actorId) &&
    (subjectId === null || event.userId === subjectId || event.subjectId === subjectId) &&
    isWithin(event.createdAt, filter)
  );
}
