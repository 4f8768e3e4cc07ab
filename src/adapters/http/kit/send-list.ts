import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import * as v from 'valibot';
import { everyItem, type PageRequest, type SearchPage } from '../../../domain/page.js';
import { decimalOf, isDefaultUnit, type CreditUnit } from '../../../domain/ledger/credit-unit.js';
import { csvRow, type CsvCell } from './csv.js';
import { pageRequestBy, pagingQuery, presentPageBy, type CursorForm } from './paging.js';
import { oneOf } from './query-fields.js';

/** The columns of a CSV file. */
export interface CsvColumns {
  /** The name of the file, without its extension. */
  name: string;
  /** Fields of the presented items that are no objects. */
  columns: readonly string[];
  /** The columns whose numbers are credits, and the unit in which the CSV has them; null for none. */
  credits: { columns: readonly string[]; unit: CreditUnit } | null;
}

/** A list that clients can get as JSON or CSV. */
export interface ListResponse<Item, Cursor> extends CsvColumns {
  read: (page: PageRequest<Cursor>) => Promise<SearchPage<Item, Cursor>>;
  cursors: CursorForm<Cursor>;
  present: (item: Item) => Record<string, unknown>;
  /** The fields of a row of the CSV, if they are not those that are presented. */
  rowOf?: (item: Item) => Record<string, unknown>;
}

/** The values of `?format=`, for links, which cannot send `Accept`. */
export const listFormats = ['json', 'csv'] as const;

/** `?format=`. */
export const formatQuery = { format: v.optional(oneOf(listFormats)) };

/** `?limit=`, `?cursor=` and `?format=`. */
export const tableQuery = v.object({ ...pagingQuery.entries, ...formatQuery });

/** Returns the query of a list with filters that clients can get as CSV. */
export function tableQueryWith<Filters extends v.ObjectEntries>(
  filters: v.ObjectSchema<Filters, string | undefined>,
) {
  return v.object({ ...filters.entries, ...tableQuery.entries });
}

/** Returns the query of a search, which also has `?total=`. */
export function searchQueryWith<Filters extends v.ObjectEntries>(
  filters: v.ObjectSchema<Filters, string | undefined>,
) {
  return v.object({ ...tableQueryWith(filters).entries, total: v.optional(oneOf(['true', 'false'])) });
}

/** Returns the request for a page of a search. Only with the first page the items are counted. */
export function searched<Cursor>(
  page: PageRequest<Cursor>,
  { total }: { total?: 'true' | 'false' | undefined },
) {
  return { ...page, withTotal: total === 'true' && page.before === null };
}

/** Responds with one page as JSON or, to `Accept: text/csv` or `?format=csv`, with the whole list as CSV. */
export async function respondWithList<Item, Cursor>(
  c: Context,
  { format = acceptedFormat(c), ...paging }: v.InferOutput<typeof tableQuery>,
  list: ListResponse<Item, Cursor>,
): Promise<Response> {
  c.header('Vary', 'Accept', { append: true });
  if (format === 'csv') return sendTable(c, list);
  const page = await list.read(pageRequestBy(paging, list.cursors));
  const { total } = page;
  return c.json({
    ...presentPageBy(page, list.present, list.cursors),
    ...(total === undefined ? {} : { total }),
  });
}

/**
 * Responds with items that are presented already: with `json` or, to `Accept: text/csv` or `?format=csv`, with `rows` as
 * CSV.
 */
export function respondWithTable(
  c: Context,
  { format = acceptedFormat(c) }: { format?: (typeof listFormats)[number] | undefined },
  {
    json,
    rows,
    status,
    ...table
  }: CsvColumns & {
    json: object;
    rows: readonly Record<string, unknown>[];
    status: 200 | 201;
  },
): Response {
  c.header('Vary', 'Accept', { append: true });
  if (format !== 'csv') return c.json(json, status);
  setCsvHeaders(c, table);
  const { header, rowOf } = csvFormat(table);
  return c.body(header + rows.map(rowOf).join(''), status);
}

function acceptedFormat(c: Context): (typeof listFormats)[number] {
  const supports = ['application/json', 'text/csv'];
  const accepted = accepts(c, { header: 'Accept', supports, default: 'application/json' });
  return accepted === 'text/csv' ? 'csv' : 'json';
}

/**
 * Reads the next page, in a statement of its own, when the client has received the last one, so that a slow client keeps
 * no transaction open. An error before the first row is a problem document; a later error breaks the connection.
 */
async function sendTable<Item, Cursor>(c: Context, list: ListResponse<Item, Cursor>): Promise<Response> {
  const items = everyItem(list.read);
  const first = await items.next();
  setCsvHeaders(c, list);
  const rows = tableRows(first, items, list);
  return c.body(ReadableStream.from(rows).pipeThrough(new TextEncoderStream()));
}

async function* tableRows<Item, Cursor>(
  first: IteratorResult<Item, void>,
  items: AsyncGenerator<Item, void>,
  { present, rowOf: fieldsOf = present, ...table }: ListResponse<Item, Cursor>,
): AsyncGenerator<string, void> {
  const { header, rowOf } = csvFormat(table);
  yield header;
  if (first.done === true) return;
  yield rowOf(fieldsOf(first.value));
  for await (const item of items) yield rowOf(fieldsOf(item));
}

function setCsvHeaders(c: Context, { name }: CsvColumns): void {
  c.header('Content-Type', 'text/csv; charset=utf-8; header=present');
  c.header('Content-Disposition', `attachment; filename="metered-chat-${name}.csv"`);
}

/** Returns the first row of a CSV file, and how the others are written. */
function csvFormat({ columns, credits }: CsvColumns) {
  const cellsOf = columns.map((column) => cellOf(column, credits));
  return {
    header: csvRow(columns.map((column) => headerOf(column, credits))),
    rowOf: (presented: Record<string, unknown>) => csvRow(cellsOf.map((cell) => cell(presented))),
  };
}

type Credits = CsvColumns['credits'];

/** The header of an amount has its unit, unless that is the one of the API. */
function headerOf(column: string, credits: Credits): string {
  if (credits?.columns.includes(column) !== true || isDefaultUnit(credits.unit)) return column;
  return `${column} (${credits.unit.name})`;
}

function cellOf(column: string, credits: Credits): (presented: Record<string, unknown>) => CsvCell {
  if (credits?.columns.includes(column) !== true) return (presented) => presented[column] as CsvCell;
  return (presented) => {
    const amount = presented[column] as number | null;
    return amount === null ? null : { decimal: decimalOf(amount, credits.unit) };
  };
}
