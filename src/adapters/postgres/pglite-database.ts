import { PGlite, types } from '@electric-sql/pglite';
import type { Client } from 'pg';
import { migrate } from 'postgres-migrations';
import { safeInteger, type Database, type Statement } from './database.js';

const parsers = { [types.INT8]: safeInteger };

/**
 * The embedded database: PostgreSQL compiled to WebAssembly, in this process. `directory` holds its files; without one
 * they are in memory. It survives a killed process, but not a power cut: it never syncs its files. One process at a
 * time may open a directory; whoever opens it sees to that.
 */
export async function pgliteDatabase(directory?: string): Promise<Database> {
  const pglite = await PGlite.create(directory);
  return { ...databaseOfPglite(pglite), close: () => pglite.close() };
}

/** What is needed of a transaction on a PGlite. */
interface PgliteConnection {
  query(
    text: string,
    values: unknown[],
    options: { parsers: Record<number, (text: string) => unknown> },
  ): Promise<{ rows: unknown[] }>;
}

/** What is needed of a PGlite. */
export interface OpenPglite extends PgliteConnection {
  exec(text: string): Promise<unknown[]>;
  transaction<Result>(work: (within: PgliteConnection) => Promise<Result>): Promise<Result>;
}

/** A PGlite that somebody else opened, and closes. */
export function databaseOfPglite(pglite: OpenPglite): Database {
  /** It works on one at a time, and the others wait. */
  let given = 0;
  return {
    query: (statement) => {
      given += 1;
      return run<never>(pglite, statement).finally(() => {
        given -= 1;
      });
    },
    connections: () => ({ total: 1, idle: given === 0 ? 1 : 0, waiting: Math.max(0, given - 1) }),
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
  const { rows } = await connection.query(text, [...values], { parsers });
  return rows as Row[];
}

/** The only method of a client that the migrations call; a text without values may hold several statements. */
function migrationClient(pglite: OpenPglite): Client {
  const query = async (statement: string | { text: string; values: unknown[] }) => {
    if (typeof statement !== 'string') return pglite.query(statement.text, statement.values, { parsers });
    const results = await pglite.exec(statement);
    return results.at(-1);
  };
  return { query } as unknown as Client;
}
