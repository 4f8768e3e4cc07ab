import type { Exchange } from '../../domain/chat/exchange.js';
import type { Order } from '../../domain/orders/order.js';
import { pageOf, type Page, type PageRequest } from '../../domain/page.js';
import type {
  AuditFilter,
  EntryFilter,
  ExchangeFilter,
  Named,
  NamedAuditEvent,
  OrderFilter,
  RecordQuery,
  RecordSearch,
  SearchedEntry,
} from '../../ports/record-search.js';
import { auditEventOf, type AuditEventRow } from './audit-log.js';
import { entryOf, type EntryRow } from './entry-rows.js';
import type { Database, SqlValue, Statement } from './database.js';
import { columnsOf, exchangeOf, type ExchangeRow } from './exchange-rows.js';
import { containsPattern } from './like-pattern.js';
import { orderColumnsOf, orderOf, type OrderRow } from './order-rows.js';
import { timeBounds } from './time-bounds.js';

// $3 to $6 are the values of `timeBounds`.
const within = (row: string) => `
  ($3::timestamptz is null or (${row}.created_at >= $3 and ${row}.id >= $4::uuid))
    and ($5::timestamptz is null or (${row}.created_at < $5 and ${row}.id < $6::uuid))`;

/** Returns the statement of a page in the order of a query. $1 is the cursor, $2 the number of rows. */
function pages(row: string, select: string, matching: string): (query: RecordQuery) => string {
  const inOrder = (operator: '<' | '>', direction: 'desc' | 'asc') => `
    ${select}
    where ($1::uuid is null or ${row}.id ${operator} $1) and ${matching}
    order by ${row}.id ${direction} limit $2`;
  const [descending, ascending] = [inOrder('<', 'desc'), inOrder('>', 'asc')];
  return ({ isAscending = false }) => (isAscending ? ascending : descending);
}

const namedExchanges = `select ${columnsOf('x')}, u.username from exchanges x left join users u on u.id = x.user_id`;

const matchingExchanges = `
  ${within('x')} and x.action = 'chat'
    and ($7::uuid is null or x.user_id = $7)
    and ($8::text is null or x.status = $8) and ($8 is distinct from 'pending' or x.hold_state = 'open')
    and ($9::text is null or coalesce(x.answered_by, x.model) = $9)
    and ($10::text is null or x.message ilike $10 or x.reply ilike $10)`;

const exchanges = pages('x', namedExchanges, matchingExchanges);

/** Counts the rows of a table that match, at most $2. The cursor $1 is null. */
const counted = (table: string, matching: string) =>
  `select count(*) as found from (select 1 from ${table} where $1::uuid is null and ${matching} limit $2) as matching`;

const exchange = `${namedExchanges} where x.id = $1 and x.action = 'chat'`;

const matchingEntries = `
  ${within('e')}
    and ($7::uuid is null or e.user_id = $7)
    and ($8::text is null or e.kind = $8)`;

const namedEntries = `
  select e.user_id, e.id, e.kind, e.amount, e.balance_after, e.exchange_id, e.reason, e.action, e.units, e.details,
    e.created_at, u.username, x.taken, x.uncollected
  from entries e
    left join users u on u.id = e.user_id
    left join exchanges x on x.user_id = e.user_id and x.id = e.exchange_id`;

const entries = pages('e', namedEntries, matchingEntries);

const matchingOrders = `
  ${within('o')}
    and ($7::uuid is null or o.user_id = $7)
    and ($8::text is null or o.status = $8)`;

const namedOrders = `select ${orderColumnsOf('o')}, u.username from orders o left join users u on u.id = o.user_id`;

const orders = pages('o', namedOrders, matchingOrders);

const namedEvents = `
  select v.*, u.username, a.username as actor_username
  from audit_events v left join users u on u.id = v.user_id left join users a on a.id = v.actor_id`;

const auditEvent = `${namedEvents} where v.id = $1`;

const matchingEvents = `
  ${within('v')}
    and ($7::text is null or v.action = $7)
    and ($8::uuid is null or v.actor_id = $8 or v.service_key_id = $8)
    and ($9::uuid is null or v.user_id = $9 or v.subject_id = $9)`;

const auditEvents = pages('v', namedEvents, matchingEvents);

interface NamedRow {
  username: string | null;
}

function namedExchangeOf(row: ExchangeRow & NamedRow): Named<Exchange> {
  return { ...exchangeOf(row), username: row.username };
}

function searchedEntryOf(
  row: EntryRow & NamedRow & Pick<SearchedEntry, 'taken' | 'uncollected'>,
): SearchedEntry {
  const { username, taken, uncollected } = row;
  return { ...entryOf(row), username, taken, uncollected };
}

function namedOrderOf(row: OrderRow & NamedRow): Named<Order> {
  return { ...orderOf(row), username: row.username };
}

type NamedEventRow = AuditEventRow & NamedRow & { actor_username: string | null };

function namedEventOf(row: NamedEventRow): NamedAuditEvent {
  return { ...auditEventOf(row), username: row.username, actorUsername: row.actor_username };
}

function exchangeValues({ userId, status, model, text, ...range }: ExchangeFilter): SqlValue[] {
  const pattern = text === null ? null : containsPattern(text);
  return [...timeBounds(range), userId, status, model, pattern];
}

function entryValues({ userId, kind, ...range }: EntryFilter): SqlValue[] {
  return [...timeBounds(range), userId, kind];
}

function orderValues({ userId, status, ...range }: OrderFilter): SqlValue[] {
  return [...timeBounds(range), userId, status];
}

function eventValues({ action, actorId, subjectId, ...range }: AuditFilter): SqlValue[] {
  return [...timeBounds(range), action, actorId, subjectId];
}

/** Searches the records of all accounts in PostgreSQL. */
export function postgresRecordSearch(database: Database): RecordSearch {
  const countOf = async (table: string, matching: string, values: SqlValue[], most: number) => {
    const statement = { text: counted(table, matching), values: [null, most, ...values] };
    const [row] = await database.query<{ found: number }>(statement);
    return row?.found ?? 0;
  };
  return {
    exchanges: (filter, page) =>
      readRecords(
        database,
        { text: exchanges(filter), values: exchangeValues(filter) },
        { page, itemOf: namedExchangeOf },
      ),
    countExchanges: (filter, most) => countOf('exchanges x', matchingExchanges, exchangeValues(filter), most),
    async exchange(exchangeId) {
      const statement = { text: exchange, values: [exchangeId] };
      const [row] = await database.query<ExchangeRow & NamedRow>(statement);
      return row === undefined ? null : namedExchangeOf(row);
    },
    entries: (filter, page) =>
      readRecords(
        database,
        { text: entries(filter), values: entryValues(filter) },
        { page, itemOf: searchedEntryOf },
      ),
    countEntries: (filter, most) => countOf('entries e', matchingEntries, entryValues(filter), most),
    orders: (filter, page) =>
      readRecords(
        database,
        { text: orders(filter), values: orderValues(filter) },
        { page, itemOf: namedOrderOf },
      ),
    countOrders: (filter, most) => countOf('orders o', matchingOrders, orderValues(filter), most),
    auditEvents: (filter, page) =>
      readRecords(
        database,
        { text: auditEvents(filter), values: eventValues(filter) },
        { page, itemOf: namedEventOf },
      ),
    countAuditEvents: (filter, most) => countOf('audit_events v', matchingEvents, eventValues(filter), most),
    async auditEvent(eventId) {
      const [row] = await database.query<NamedEventRow>({ text: auditEvent, values: [eventId] });
      return row === undefined ? null : namedEventOf(row);
    },
  };
}

/** Reads one page. The statement takes the cursor as $1, the number of rows as $2, and `values` after them. */
async function readRecords<Row, Item extends { id: string }>(
  database: Database,
  { text, values }: Statement & { values: readonly SqlValue[] },
  { page, itemOf }: { page: PageRequest; itemOf: (row: Row) => Item },
): Promise<Page<Item>> {
  const rows = await database.query<Row>({ text, values: [page.before, page.limit + 1, ...values] });
  return pageOf(rows.map(itemOf), page.limit);
}
