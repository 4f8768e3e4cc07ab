// `metered-chat/postgres`: all stores over SQL, in PostgreSQL or in the embedded PGlite.

import { acquireFolder } from '../adapters/data-folder/acquire-folder.js';
import { createDatabase } from '../adapters/data-folder/create-database.js';
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
import { memoryRateLimiter, postgresRateLimiter } from '../adapters/rate-limit/rate-limiters.js';
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
export { postgresStores, type PostgresStores } from '../adapters/postgres/postgres-stores.js';
export {
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromPg,
  fromPglite,
  fromPrisma,
  type DrizzleTransaction,
  type KnexTransaction,
  type KyselyTransaction,
  type PgliteTransaction,
  type PgTransaction,
  type PrismaTransaction,
} from '../adapters/postgres/host-transaction/executors.js';
export type { TransactionExecutor, TransactionValue } from '../ports/join-transaction.js';
export type { Database, Queryable, SqlValue, Statement } from '../adapters/postgres/database.js';

/** Open stores, and a rate limiter that counts for all processes with the same database. */
export type OpenSqlStores = OpenStores & { rateLimiter: RateLimiter };

/**
 * A PostgreSQL: its URL, with options that differ from their defaults, or a pool of pg. `schema` contains the tables; `public`
 * by default.
 */
export type PostgresPlace =
  | (Pick<PgDatabaseOptions, 'connectionString'> & Partial<PgDatabaseOptions>)
  | { pool: PgPool; schema?: string };

const defaultOptions: Omit<PgDatabaseOptions, 'connectionString'> = {
  ...connectionDefaults,
  onIdleError: () => undefined,
};

/**
 * Opens the stores in a PostgreSQL (14 or newer) and migrates their schema; several processes may do so at once. Everything is
 * in `place.schema`, which is created if it is missing. No other schema is read or changed, and nothing is set for a session.
 * `close` does not close a pool that was passed; add a listener for the `error` event of your pool.
 *
 * @param place The URL of a PostgreSQL or a pool of pg, and the schema.
 * @returns The stores, a rate limiter, and `close`.
 * @throws DomainError `unavailable` if the PostgreSQL does not respond.
 * @throws SetupError if the operator must change something: the host name, its certificate or the role, or a schema that has
 * tables of another program or that the role may not change.
 * @example
 * ```ts
 * import { openPostgres } from 'metered-chat/postgres';
 *
 * const { stores, rateLimiter, close } = await openPostgres({ pool, schema: 'metered_chat' });
 * ```
 */
export async function openPostgres(place: PostgresPlace): Promise<OpenSqlStores> {
  const database =
    'pool' in place ? poolDatabase(place.pool, place) : pgDatabase({ ...defaultOptions, ...place });
  const at = 'pool' in place ? 'the address of the pool' : connectionPlace(place.connectionString);
  const open = await openStores(database, at);
  return { ...open, rateLimiter: postgresRateLimiter((statement) => database.query(statement)) };
}

/**
 * Opens the stores in a PGlite and migrates their schema. One process can open a folder at a time.
 *
 * @param place `folder`: a data folder in the layout of the server, created if it is missing. `pglite`: an open PGlite, which
 * `close` does not close, with the schema of the tables, `public` by default. Neither: in memory.
 * @returns The stores, a rate limiter, and `close`.
 * @throws TypeError if another process has opened the folder; the message names it.
 * @throws SetupError if the database in the folder is damaged, or if the folder has other contents. Nothing is changed then.
 * @example
 * ```ts
 * import { openPglite } from 'metered-chat/postgres';
 *
 * const { stores, rateLimiter, close } = await openPglite({ folder: './data' });
 * ```
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
  if (lock.outcome === 'held') throw new TypeError(`The data folder ${folder} is in use by ${lock.holder}.`);
  try {
    if (!(await hasDatabase(directory))) await createDatabase(directory);
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
