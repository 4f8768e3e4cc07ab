import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase } from '../adapters/data-folder/create-database.js';
import { hasDatabase, recordDatabase } from '../adapters/data-folder/database-files.js';
import { connectionDefaults } from '../adapters/postgres/connection-defaults.js';
import { connectionProblemOf, connectionSetupError } from '../adapters/postgres/connection-error.js';
import type { Database } from '../adapters/postgres/database.js';
import { isSharded, shardedDatabase } from '../adapters/postgres/distribute.js';
import { connectionPlace, pgDatabase } from '../adapters/postgres/pg-database.js';
import { pgliteDirectory } from '../adapters/postgres/pglite-directory.js';
import { missingRoleTimeouts } from '../adapters/postgres/role-timeouts.js';
import { migrationsDirectory } from '../adapters/postgres/schema.js';
import type { Settings } from '../config/read-settings.js';

/** Where the progress of a start is reported, one line at a time. */
export interface StartProgress {
  info(line: string): void;
  warn(line: string): void;
}

const connectPatienceMs = 30_000;
const connectRetryMs = 1000;

/**
 * Opens the database, waits for PostgreSQL if it does not respond yet, and runs the migrations. Creates the tables, and the
 * embedded database itself, if there are none.
 *
 * @param options.mustExist If true, nothing is created.
 * @throws SetupError if an operator must change something, or if there is no database and `mustExist` is true.
 */
export async function openDatabase(
  settings: Settings,
  progress: StartProgress,
  { mustExist = false }: { mustExist?: boolean } = {},
): Promise<Database> {
  const database =
    settings.DATABASE_URL === null
      ? await openEmbedded(settings.DATA_DIR, progress)
      : openPostgres(settings, settings.DATABASE_URL, progress);
  try {
    if (settings.DATABASE_URL !== null) await waitForDatabase(database, settings.DATABASE_URL, progress);
    const migrations = await database.migrate(migrationsDirectory, { mustExist });
    if (migrations.length > 0) progress.info(`Migrated the database: ${migrations.join(', ')}.`);
    if (settings.DATABASE_POOLER === 'transaction') await warnWithoutTimeouts(database, progress);
    return await withSharding(database, settings, progress);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The data folder is locked, so that no other process uses it. */
async function openEmbedded(folder: string, progress: StartProgress): Promise<Database> {
  const directory = pgliteDirectory(folder);
  if (await hasDatabase(directory)) {
    progress.info(`Opening the embedded database in ${folder}.`);
  } else {
    progress.info(`Creating the embedded database in ${folder}; this takes a few seconds, once.`);
    await createDatabase(directory);
  }
  await recordDatabase(directory);
  // Loaded only here, because it takes much memory, which a server on PostgreSQL saves.
  const { pgliteDatabase } = await import('../adapters/postgres/pglite-database.js');
  return pgliteDatabase(directory);
}

function openPostgres(settings: Settings, connectionString: string, progress: StartProgress): Database {
  progress.info(`Connecting to PostgreSQL at ${connectionPlace(connectionString)}.`);
  return pgDatabase({
    ...connectionDefaults,
    connectionString,
    poolSize: settings.DATABASE_POOL_SIZE,
    isBehindPooler: settings.DATABASE_POOLER === 'transaction',
    schema: settings.DATABASE_SCHEMA,
    onIdleError: (error) => {
      progress.warn(`A connection to the database broke: ${error.message}`);
    },
  });
}

/** Notices whether the tables are distributed. */
async function withSharding(
  database: Database,
  { DATABASE_SHARDING: sharding }: Settings,
  progress: StartProgress,
): Promise<Database> {
  const areDistributed = await isSharded(database);
  if (sharding === 'citus' && !areDistributed) {
    progress.warn('DATABASE_SHARDING is citus, but the tables are not distributed: run npm run distribute.');
  }
  return areDistributed || sharding === 'citus' ? shardedDatabase(database) : database;
}

/** The connections of a pooler are shared, so that timeouts cannot be set on them, only on the role. */
async function warnWithoutTimeouts(database: Database, progress: StartProgress): Promise<void> {
  const missing = await missingRoleTimeouts(database);
  if (missing.length === 0) return;
  progress.warn(
    `Behind a pooler the role must set the timeouts of statements, and it sets none. Run in PostgreSQL: ${missing.join(' ')}`,
  );
}

/**
 * Waits for a PostgreSQL that does not respond yet, for at most 30 seconds. Throws a SetupError afterwards, or at once if
 * waiting cannot help.
 */
async function waitForDatabase(
  database: Database,
  connectionString: string,
  progress: StartProgress,
): Promise<void> {
  const deadline = Date.now() + connectPatienceMs;
  for (;;) {
    try {
      await database.ping();
      return;
    } catch (error) {
      const problem = connectionProblemOf(error);
      if (!problem.isTransient || Date.now() >= deadline) {
        throw connectionSetupError(connectionPlace(connectionString), problem);
      }
      progress.warn(`PostgreSQL does not respond yet (${problem.reason}); retrying.`);
      await delay(connectRetryMs);
    }
  }
}
