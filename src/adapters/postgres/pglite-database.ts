import { setImmediate } from 'node:timers/promises';
import { Mutex, PGlite } from '@electric-sql/pglite';
import { DomainError } from '../../domain/errors.js';
import { SetupError } from '../../domain/setup-error.js';
import type { Database, Queryable, Statement } from './database.js';
import { createPgliteQuery } from './batching/pglite-protocol.js';
import { migrateWithin } from './migrations.js';
import { defaultSchema, inSchema } from './schema.js';
import { findDamagedFiles } from './damaged-files.js';
import { translateError } from './translate-error.js';
import { parameterSerializers, valueParsers } from './value-parsers.js';

/** A small buffer: the operating system caches the files anyway. */
const tuning = ['-c', 'shared_buffers=32MB'];

/**
 * The embedded database: PostgreSQL compiled to WebAssembly, in this process. Its files are in `directory`, or in memory
 * if none is given. It survives a killed process but not a power failure, because it never syncs its files. The caller
 * must ensure that only one process opens a directory at a time.
 */
export async function pgliteDatabase(directory?: string): Promise<Database> {
  const pglite = await PGlite.create(directory, {
    startParams: [...PGlite.defaultStartParams, ...tuning],
  }).catch(async (error: unknown) => {
    throw directory === undefined ? error : await openError(directory, error);
  });
  const within: Queryable = { query: createPgliteQuery(pglite) };
  // A statement that is sent during a transaction would become part of it.
  const turns = new Mutex();
  const runInTurn = <Result>(work: () => Promise<Result>) =>
    turns.runExclusive(async () => {
      // PGlite blocks the event loop, so that other work must run between two statements.
      await setImmediate();
      if (pglite.closed) throw new DomainError('unavailable', 'The database is closed.');
      return work();
    });
  let prefersIndexes = false;
  /**
   * The embedded tables are never analysed. A plan that was cached while they were small would use sequential scans
   * forever, so those are disabled for named statements.
   */
  const setPlanner = async (isNamed: boolean) => {
    if (isNamed === prefersIndexes) return;
    await pglite.exec(`set enable_seqscan = ${isNamed ? 'off' : 'on'}`);
    prefersIndexes = isNamed;
  };
  const database = databaseOf(pglite, defaultSchema, {
    query: (statement) =>
      runInTurn(async () => {
        await setPlanner(statement.name !== undefined);
        return within.query<never>(statement);
      }),
    transaction: (work) =>
      runInTurn(async () => {
        await setPlanner(false);
        return pglite.transaction(() => work(within));
      }),
  });
  return { ...database, isEmbedded: true, close: () => turns.runExclusive(() => pglite.close()) };
}

const maxListedFiles = 5;

async function openError(directory: string, error: unknown): Promise<SetupError> {
  const reason = error instanceof Error ? error.message : String(error);
  const suspects = await findDamagedFiles(directory).catch(() => []);
  const named = suspects
    .slice(0, maxListedFiles)
    .map((suspect) => ` ${suspect}.`)
    .join('');
  return new SetupError(
    `The embedded database in ${directory} cannot be opened (${reason}).${named} It may be damaged, or the file system full. ` +
      'Restore the data folder from a backup (docs/operating.md, "Backup and restore").',
    { cause: error },
  );
}

/** Conversion of values, independent of the settings of the PGlite. */
const conversion = {
  parsers: { ...valueParsers },
  serializers: { ...parameterSerializers },
  rowMode: 'object',
} as const;

/** The part of a PGlite transaction that is used. */
interface PgliteConnection {
  query(text: string, values: unknown[], options: typeof conversion): Promise<{ rows: unknown[] }>;
  exec(text: string, options: typeof conversion): Promise<{ rows: unknown[] }[]>;
}

/** The part of a PGlite that is used. */
export interface OpenPglite extends PgliteConnection {
  transaction<Result>(work: (within: PgliteConnection) => Promise<Result>): Promise<Result>;
}

/**
 * A PGlite of the embedding program, which opens and closes it. No statement is prepared on it. `schema` contains the
 * tables, `public` by default.
 */
export function databaseOfPglite(
  pglite: OpenPglite,
  { schema = defaultSchema }: { schema?: string } = {},
): Database {
  const database = databaseOf(pglite, schema, {
    query: (statement) => run<never>(pglite, statement),
    transaction: (work) =>
      pglite.transaction((within) => work({ query: (statement) => run(within, statement) })),
  });
  return inSchema(database, schema);
}

function databaseOf(
  pglite: OpenPglite,
  schema: string,
  { query, transaction }: Pick<Database, 'query' | 'transaction'>,
): Database {
  /** PGlite runs one statement at a time. */
  let pending = 0;
  return {
    schema,
    query: (statement) => {
      pending += 1;
      return translateErrors(query<never>(statement)).finally(() => {
        pending -= 1;
      });
    },
    connections: () => ({ total: 1, idle: pending === 0 ? 1 : 0, waiting: Math.max(0, pending - 1) }),
    transaction: (work) => translateErrors(transaction(work)),
    migrate: (directory, options) =>
      pglite.transaction((within) =>
        migrateWithin((text, values) => runWithin(within, text, values), { ...options, directory, schema }),
      ),
    ping: async () => {
      await query({ text: 'select 1' });
    },
    close: () => Promise.resolve(),
  };
}

function translateErrors<Result>(result: Promise<Result>): Promise<Result> {
  return result.catch((error: unknown) => {
    throw translateError(error);
  });
}

async function run<Row>(connection: PgliteConnection, { text, values = [] }: Statement): Promise<Row[]> {
  const { rows } = await connection.query(text, [...values], conversion);
  return rows as Row[];
}

async function runWithin(
  within: PgliteConnection,
  text: string,
  values?: unknown[],
): Promise<{ rows: unknown[] }> {
  if (values !== undefined) return within.query(text, values, conversion);
  const results = await within.exec(text, conversion);
  return results.at(-1) ?? { rows: [] };
}
