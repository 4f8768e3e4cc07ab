import type { Context } from 'hono';
import * as v from 'valibot';
import type { Page, PageRequest } from '../../../domain/page.js';
import { invalidInput } from './problem.js';
import { readQuery } from './read-query.js';

/** How many items a page has unless asked otherwise, and at most. */
export const defaultLimit = 20;
export const maxLimit = 100;

/** Reads and writes the cursors of a list. Undefined for what is none of it. */
export interface CursorForm<Cursor> {
  read(text: string): Cursor | undefined;
  write(cursor: Cursor): string;
}

/** The cursors of lists in the order of their ids. */
export const idCursors: CursorForm<string> = {
  read: (text) => {
    if (!/^[A-Za-z0-9_-]{22}$/.test(text)) return undefined;
    const hex = Buffer.from(text, 'base64url').toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
  write: (id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'),
};

const notALimit = `Must be a whole number from 1 to ${maxLimit}.`;

/** What every list that comes in pages takes: `?limit=` (1 to 100), and `?cursor=` as an earlier page gave it. */
export const pagingQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,2}$/, notALimit),
      v.transform(Number),
      v.maxValue(maxLimit, notALimit),
    ),
    String(defaultLimit),
  ),
  cursor: v.optional(v.string()),
});

/** Returns which page a query asks for. Throws 400 `invalid_input` for a cursor that is not one of this list. */
export function requestedPage(query: v.InferOutput<typeof pagingQuery>): PageRequest {
  return pageRequestBy(query, idCursors);
}

/** Reads which page of a list without filters is asked for. Throws 400 `invalid_input` for any other name in the query. */
export function pageRequest(c: Context): PageRequest {
  return pageRequestBy(readQuery(c, pagingQuery), idCursors);
}

/** The same for a list with cursors of its own, whose query has been read. */
export function pageRequestBy<Cursor>(
  { limit, cursor }: v.InferOutput<typeof pagingQuery>,
  cursors: CursorForm<Cursor>,
): PageRequest<Cursor> {
  const before = cursor === undefined ? null : cursors.read(cursor);
  if (before === undefined) throw invalidInput({ cursor: ['Must be the "next" of an earlier answer.'] });
  return { limit, before };
}

/** A page as the API shows it. */
export function presentPage<Item>(page: Page<Item>, present: (item: Item) => unknown) {
  return presentPageBy(page, present, idCursors);
}

/** The same for a list with cursors of its own. */
export function presentPageBy<Item, Cursor>(
  page: Page<Item, Cursor>,
  present: (item: Item) => unknown,
  cursors: CursorForm<Cursor>,
) {
  return {
    results: page.results.map(present),
    next: page.next === null ? null : cursors.write(page.next),
  };
}
