import { pageOf, type Page, type PageRequest } from '../../domain/page.js';
import type { Queryable, Statement } from './database.js';

/**
 * Reads one page of the rows of a user, newest first. The statement takes the user as $1, the cursor as $2 and the number
 * of rows as $3.
 */
export async function readPage<Row, Item extends { id: string }>(
  database: Queryable,
  statement: Statement,
  request: { userId: string; page: PageRequest; itemOf: (row: Row) => Item },
): Promise<Page<Item>> {
  const { userId, page, itemOf } = request;
  const rows = await database.query<Row>({ ...statement, values: [userId, page.before, page.limit + 1] });
  return pageOf(rows.map(itemOf), page.limit);
}

/** The row of a statement that always returns one. Throws a TypeError if there is none. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new TypeError('The statement returned no row.');
  return row;
}
