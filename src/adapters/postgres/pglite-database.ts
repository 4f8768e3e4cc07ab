import { PGlite, types, type PGliteInterface, type QueryOptions } from '@electric-sql/pglite';
import type { Client } from 'pg';
import { migrate } from 'postgres-migrations';
import { safeInteger, type Database, type Statement } from './database.js';

/**
 * The embedded database: PostgreSQL compiled to WebAssembly, in this process. `directory` holds its files; without one
 * they are in memory. It survives a killed process, but not a power cut: it never syncs its files. One process at a
 * time may open a directory; whoever opens it sees to that.
 */
export async function pgliteDatabase(directory?: string): Promise<Database> {
  const pglite = await PGlite.create(directory);
  return { ...databaseOfPglite(pglite), close: () => pglite.close() };
}

/** What is needed of a PGlite, or of a transaction on one. */
interface PgliteConnection {
  query(text: string, values: unknown[], options: QueryOptions): Promise<{ rows: unknown[] }>;
}

/** A PGlite that somebody else opened, and closes. */
export function databaseOfPglite(pglite: PGliteInterface): Database {
  return {
    query: (statement) => run(pglite, statement),
    transaction: (work) =>
      pglite.transaction((within) => work({ query: (statement) => run(within, statement) })),
    migrate: async (directoryOfMigrations) => {
      const ran = await migrate({ client: migrationClient(pglite) }, directoryOfMigrations);
      return ran.map(({ fileName }) => fileName);
    },
    ping: async () => {
      await run(pglite, { text: 'select 1' });
    },
    close: () => Promise.resolve(),
  };
}

async function run<Row>(connection: PgliteConnection, { text, values = [] }: Statement): Promise<Row[]> {
  const { rows } = await connection.query(text, [...values], { parsers: { [types.INT8]: safeInteger } });
  return rows as Row[];
}

/** The only method of a client that the migrations call; a text without values may hold several statements. */
function migrationClient(pglite: PGliteInterface): Client {
  const query = async (statement: string | { text: string; values: unknown[] }) => {
    if (typeof statement !== 'string') return pglite.query(statement.text, statement.values);
    const results = await pglite.exec(statement);
    return results.at(-1);
  };
  return { query } as unknown as Client;
}
