import * as v from 'valibot';
import type { Page, PageRequest } from '../../../domain/page.js';
import { invalidInput } from './problem.js';

/** Items on a page. */
export const defaultLimit = 20;
export const maxLimit = 100;

/** Converts cursors of a list from and to text. `read` returns undefined for a text that is no cursor of the list. */
export interface CursorForm<Cursor> {
  read(text: string): Cursor | undefined;
  write(cursor: Cursor): string;
}

/** The cursors of lists that are ordered by id. */
export const idCursors: CursorForm<string> = {
  read: (text) => {
    if (!/^[A-Za-z0-9_-]{22}$/.test(text)) return undefined;
    const hex = Buffer.from(text, 'base64url').toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
  write: (id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'),
};

const invalidLimit = `Must be a whole number from 1 to ${maxLimit}.`;

/** `?limit=`, and `?cursor=`: the `next` of an earlier page. */
export const pagingQuery = v.object({
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d{0,2}$/, invalidLimit),
      v.transform(Number),
      v.maxValue(maxLimit, invalidLimit),
    ),
    String(defaultLimit),
  ),
  cursor: v.optional(v.string()),
});

/**
 * Returns the page that a query asks for, of a list that is ordered by id.
 *
 * @throws HttpProblem with 400 `invalid_input` for a cursor that is not of this list.
 */
export function requestedPage(query: v.InferOutput<typeof pagingQuery>): PageRequest {
  return pageRequestBy(query, idCursors);
}

/** The same for a list with cursors of its own. */
export function pageRequestBy<Cursor>(
  { limit, cursor }: v.InferOutput<typeof pagingQuery>,
  cursors: CursorForm<Cursor>,
): PageRequest<Cursor> {
  const before = cursor === undefined ? null : cursors.read(cursor);
  if (before === undefined) throw invalidInput({ cursor: ['Must be the "next" of an earlier page.'] });
  return { limit, before };
}

/** Returns a page as the API shows it, of a list that is ordered by id. */
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
