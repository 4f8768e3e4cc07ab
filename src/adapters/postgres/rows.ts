import { pageOf, type Page, type PageRequest } from '../../domain/page.js';
import type { User } from '../../domain/users/user.js';
import type { RemovedKeys } from '../../ports/user-store.js';
import type { Queryable, Statement } from './database.js';

/** A row of `users` without the password hash. */
export interface UserRow {
  id: string;
  username: string;
  email: string | null;
  email_verified: boolean;
  role: User['role'];
  status: User['status'];
  created_at: Date;
}

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    emailVerified: row.email_verified,
    role: row.role,
    status: row.status,
    createdAt: row.created_at,
  };
}

/** The lock for ending several sessions of an account, and for changing its password. */
export const lockUser = `select id from users where id = $1 for no key update`;

/** One row if the password was changed, otherwise none. */
export interface RemovedKeysRow {
  removed_keys: number;
}

export function removedKeysOf([row]: readonly RemovedKeysRow[]): RemovedKeys | null {
  return row === undefined ? null : { removedKeys: row.removed_keys };
}

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
