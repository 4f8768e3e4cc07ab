import type { Context } from 'hono';
import type { Page, PageRequest } from '../../domain/page.js';
import { invalidInput } from './problem.js';

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

/** Reads `?limit=` (1 to 100) and `?cursor=` as an earlier answer gave it. */
export function pageRequest(c: Context): PageRequest {
  return pageRequestBy(c, idCursors);
}

/** The same for a list with cursors of its own. */
export function pageRequestBy<Cursor>(c: Context, cursors: CursorForm<Cursor>): PageRequest<Cursor> {
  const limit = c.req.query('limit');
  const cursor = c.req.query('cursor');
  if (limit !== undefined && !(/^[1-9]\d*$/.test(limit) && Number(limit) <= maxLimit)) {
    throw invalidInput({ limit: [`Must be a whole number from 1 to ${maxLimit}.`] });
  }
  const before = cursor === undefined ? null : cursors.read(cursor);
  if (before === undefined) throw invalidInput({ cursor: ['Must be the "next" of an earlier answer.'] });
  return { limit: limit === undefined ? defaultLimit : Number(limit), before };
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
