// `metered-chat/postgres`: every store over SQL, on a PostgreSQL or on the embedded one.

import { acquireFolder } from '../adapters/data-folder/acquire-folder.js';
import { hasDatabase, recordDatabase } from '../adapters/data-folder/database-files.js';
import { describeProcess } from '../adapters/data-folder/folder-lock.js';
import { connectionDefaults } from '../adapters/postgres/connection-defaults.js';
import type { Database } from '../adapters/postgres/database.js';
import type { OpenPglite } from '../adapters/postgres/pglite-database.js';
import { openStores, type OpenStores } from '../adapters/postgres/open-stores.js';
import {
  connectionPlace,
  pgDatabase,
  poolDatabase,
  type PgDatabaseOptions,
  type PgPool,
} from '../adapters/postgres/pg-database.js';
import { pgliteDirectory } from '../adapters/postgres/pglite-directory.js';
import { createPglite } from '../adapters/postgres/create-pglite.js';
import { memoryRateLimiter } from '../adapters/rate-limit/memory-rate-limiter.js';
import { postgresRateLimiter } from '../adapters/rate-limit/postgres-rate-limiter.js';
import type { RateLimiter } from '../ports/rate-limiter.js';

export type { OpenStores } from '../adapters/postgres/open-stores.js';
export { migrationsDirectory } from '../adapters/postgres/schema.js';
export {
  pgDatabase,
  poolDatabase,
  type PgDatabaseOptions,
  type PgPool,
} from '../adapters/postgres/pg-database.js';
export { isSetupError, SetupError } from '../domain/setup-error.js';
export { postgresStores } from '../adapters/postgres/postgres-stores.js';
export type { Database, Queryable, SqlValue, Statement } from '../adapters/postgres/database.js';

/** Stores that are ready for use, and a limiter that counts for everybody who uses the same database. */
export type OpenSqlStores = OpenStores & { rateLimiter: RateLimiter };

/**
 * Where a PostgreSQL is: its URL, with as much of the rest as is to be other than its default; or a pool of pg. `schema`
 * is that of our tables, `public` by default.
 */
export type PostgresPlace =
  | (Pick<PgDatabaseOptions, 'connectionString'> & Partial<PgDatabaseOptions>)
  | { pool: PgPool; schema?: string };

const defaultOptions: Omit<PgDatabaseOptions, 'connectionString'> = {
  ...connectionDefaults,
  onIdleError: () => undefined,
};

/**
 * Opens the stores in a PostgreSQL (14 or newer) and brings their schema up to date; any number of processes may do so
 * at once. A pool stays its owner's: `close` leaves it open, and it needs a listener to its errors. Everything is in
 * `place.schema`, which is made if it is missing; no other schema is read or changed, and nothing is set for a session.
 *
 * @param place - The URL of a PostgreSQL, or a pool of pg; and the schema.
 * @returns The stores, a rate limiter, and a function that closes what was opened here.
 * @throws DomainError `unavailable` if the PostgreSQL does not respond.
 * @throws SetupError if no connection can be made until an operator changes something (the host's name, its certificate, the
 * role), or if the schema holds tables of another program or may not be changed.
 * @example
 * const { stores } = await openPostgres({ pool, schema: 'metered_chat' });
 */
export async function openPostgres(place: PostgresPlace): Promise<OpenSqlStores> {
  const database =
    'pool' in place ? poolDatabase(place.pool, place) : pgDatabase({ ...defaultOptions, ...place });
  const at = 'pool' in place ? 'the address of the pool' : connectionPlace(place.connectionString);
  const open = await openStores(database, at);
  return { ...open, rateLimiter: postgresRateLimiter((statement) => database.query(statement)) };
}

/**
 * Opens the stores in a PGlite and brings their schema up to date: in the database of a data folder as the server makes
 * it, in a PGlite that is open already and stays its owner's, or, with nothing named, in memory. A folder is one
 * process's at a time: rejects with a TypeError that names the holder. Nothing is made where anything is: rejects with a
 * SetupError, changing nothing, if the folder's database is damaged or the folder holds something else. `schema` is that of our tables in a PGlite that is
 * open already, `public` by default.
 */
export async function openPglite(
  place: { folder?: string; pglite?: OpenPglite; schema?: string } = {},
): Promise<OpenSqlStores> {
  const { databaseOfPglite, pgliteDatabase } = await import('../adapters/postgres/pglite-database.js');
  const { folder, pglite } = place;
  const database =
    pglite !== undefined
      ? databaseOfPglite(pglite, place)
      : folder !== undefined
        ? await lockedDatabase(folder, pgliteDatabase)
        : await pgliteDatabase();
  return { ...(await openStores(database)), rateLimiter: memoryRateLimiter() };
}

async function lockedDatabase(
  folder: string,
  open: (directory: string) => Promise<Database>,
): Promise<Database> {
  const directory = pgliteDirectory(folder);
  const description = describeProcess();
  const lock = await acquireFolder({ folder, directory, description, mayCreate: true });
  if (lock.outcome === 'held') throw new TypeError(`The data in ${folder} are in use by ${lock.holder}.`);
  try {
    if (!(await hasDatabase(directory))) await createPglite(folder);
    await recordDatabase(directory);
    const database = await open(directory);
    return {
      ...database,
      close: async () => {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
