import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Database } from '../../src/adapters/postgres/database.js';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { copyEmbedded } from './embedded-template.js';
import { runAsAdmin } from './run-as-admin.js';

/** An empty database for one test. */
export interface TestDatabase {
  database: Database;
  /** Closes and deletes the database. */
  drop: () => Promise<void>;
}

export interface TestDatabaseOptions {
  /** Whether the database has its tables. */
  isMigrated: boolean;
}

/** Creates a database on the PostgreSQL of this run. `url` is for further connections. */
export async function postgresTestDatabase({
  isMigrated,
}: TestDatabaseOptions): Promise<TestDatabase & { url: string }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAsAdmin(
    inject('postgresUrl'),
    `create database ${name} template ${isMigrated ? inject('migratedTemplate') : 'template1'}`,
  );
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const database = postgresAt(url.href);
  return {
    database,
    url: url.href,
    drop: async () => {
      await database.close();
      // Without force, PostgreSQL waits some seconds for connections that are being closed.
      await runAsAdmin(inject('postgresUrl'), `drop database ${name}`).catch(() =>
        runAsAdmin(inject('postgresUrl'), `drop database ${name} with (force)`),
      );
    },
  };
}

/** Opens another pool of connections to a test database. */
export function postgresAt(url: string, poolSize = 40): Database {
  return pgDatabase({
    connectionString: url,
    poolSize,
    connectTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
    onIdleError: (error) => {
      console.error(`An idle connection broke: ${error.message}`);
    },
  });
}

/** Creates an embedded database. */
export async function embeddedTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-embedded-'));
  const directory = join(folder, 'database');
  await copyEmbedded(directory, options);
  const database = await pgliteDatabase(directory);
  return {
    database,
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
