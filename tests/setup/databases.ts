import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../src/adapters/postgres/database.js';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { pgliteDatabase } from '../../src/adapters/postgres/pglite-database.js';
import { copyEmbedded } from './embedded-template.js';

/** A database of one test's own, with nothing in it. */
export interface TestDatabase {
  database: Database;
  /** Closes and removes it. */
  drop: () => Promise<void>;
}

export interface Freshness {
  /** Whether it has its tables. */
  isMigrated: boolean;
}

/** A fresh database on the PostgreSQL of this run; `url` is for further connections to it. */
export async function postgresTestDatabase({
  isMigrated,
}: Freshness): Promise<TestDatabase & { url: string }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administrate(
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
      await administrate(`drop database ${name} with (force)`);
    },
  };
}

/** One more pool of connections to a test's database. */
export function postgresAt(url: string, poolSize = 40): Database {
  return pgDatabase({
    connectionString: url,
    poolSize,
    connectTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
    onIdleError: (error) => {
      console.error(`A connection broke while nobody used it: ${error.message}`);
    },
  });
}

/** A fresh embedded database. */
export async function embeddedTestDatabase(freshness: Freshness): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-embedded-'));
  const directory = join(folder, 'database');
  await copyEmbedded(directory, freshness);
  const database = await pgliteDatabase(directory);
  return {
    database,
    drop: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function administrate(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
