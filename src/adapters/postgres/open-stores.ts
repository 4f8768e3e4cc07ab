import type { Stores } from '../../ports/stores.js';
import { connectionSetupError, connectionProblemOf } from './connection-error.js';
import type { Database } from './database.js';
import { postgresStores } from './postgres-stores.js';
import { migrationsDirectory } from './schema.js';

/** Stores that are ready for use, and the database under them. */
export interface OpenStores {
  stores: Stores;
  database: Database;
  /** Closes the database, where it was opened here. */
  close(): Promise<void>;
}

/**
 * Brings the schema of a database up to date and opens all stores over it; closes it where that fails. `place` is where a
 * PostgreSQL is, for the SetupError that is thrown if no connection to it can be made before something is changed.
 */
export async function openStores(database: Database, place: string | null = null): Promise<OpenStores> {
  try {
    if (place !== null) await throwIfUnreachable(database, place);
    await database.migrate(migrationsDirectory);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { stores: postgresStores(database), database, close: () => database.close() };
}

async function throwIfUnreachable(database: Database, place: string): Promise<void> {
  try {
    await database.ping();
  } catch (error) {
    const fault = connectionProblemOf(error);
    throw fault.isTransient ? error : connectionSetupError(place, fault);
  }
}
