import { connectionSetupError, connectionProblemOf } from './connection-error.js';
import type { Database } from './database.js';
import { isSharded, shardedDatabase } from './distribute.js';
import { postgresStores, type PostgresStores } from './postgres-stores.js';
import { migrationsDirectory } from './schema.js';

/** All stores, and their database. */
export interface OpenStores {
  stores: PostgresStores;
  database: Database;
  /** Closes the database, unless the caller opened it. */
  close(): Promise<void>;
}

/**
 * Brings the schema of a database up to date and opens all stores. If that fails, closes the database. `place` is the
 * address of a PostgreSQL, for the SetupError that is thrown if the connection fails for a lasting reason.
 */
export async function openStores(database: Database, place: string | null = null): Promise<OpenStores> {
  try {
    if (place !== null) await throwIfUnreachable(database, place);
    await database.migrate(migrationsDirectory);
    const opened = (await isSharded(database)) ? shardedDatabase(database) : database;
    return { stores: postgresStores(opened), database: opened, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function throwIfUnreachable(database: Database, place: string): Promise<void> {
  try {
    await database.ping();
  } catch (error) {
    const problem = connectionProblemOf(error);
    throw problem.isTransient ? error : connectionSetupError(place, problem);
  }
}
