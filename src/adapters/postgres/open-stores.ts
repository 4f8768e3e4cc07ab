import type { Stores } from '../../ports/stores.js';
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

/** Brings the schema of a database up to date and opens all stores over it; closes it where that fails. */
export async function openStores(database: Database): Promise<OpenStores> {
  try {
    await database.migrate(migrationsDirectory);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { stores: postgresStores(database), database, close: () => database.close() };
}
