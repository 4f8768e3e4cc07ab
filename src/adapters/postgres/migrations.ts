import type pg from 'pg';
import { loadMigrationFiles, migrate } from 'postgres-migrations';
import { isDomainError } from '../../domain/errors.js';
import { SetupError } from '../../domain/setup-error.js';
import { sqlState, type MigrateOptions } from './database.js';
import { quoteIdentifier, tableNames } from './schema.js';

/**
 * Runs SQL on a connection within an open transaction. Without values, the text may contain several statements, and the
 * rows are those of the last one.
 */
export type RunInTransaction = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

/** The lock of postgres-migrations. Servers of all versions acquire it, for any schema. */
export const migrationLock = 'select pg_advisory_xact_lock(-8525285245963000605)';

/** Replacements for statements of postgres-migrations, so that they run within the open transaction. */
const withinTransaction: Record<string, string> = {
  'START TRANSACTION': 'savepoint migration',
  COMMIT: 'release savepoint migration',
  ROLLBACK: 'rollback to savepoint migration',
};

/**
 * Brings a schema up to date within an open transaction, and returns the names of the files that ran. Creates the schema
 * if it is missing, and does not read or change any other. The lock and the `search_path` end with the transaction,
 * because a pooler may use another connection for the next one.
 *
 * @throws SetupError if the schema contains tables of another program, or cannot be changed.
 */
export async function migrateWithin(
  run: RunInTransaction,
  { directory, schema, mustExist = false }: MigrateOptions & { directory: string; schema: string },
): Promise<string[]> {
  await run('set local statement_timeout = 0; set local lock_timeout = 0');
  await run(migrationLock);
  const files = await loadMigrationFiles(directory);
  const [, firstFile] = files;
  if (firstFile === undefined) throw new TypeError(`No migrations found in ${directory}.`);
  let cause: unknown = null;
  const running: RunInTransaction = (text, values) =>
    run(text, values).catch((error: unknown) => {
      cause ??= error;
      throw error;
    });
  try {
    const state = await stateOf(running, { schema, firstHash: firstFile.hash });
    if (mustExist && state !== 'ours') {
      throw new SetupError(
        `The schema "${schema}" contains no database of metered-chat. Run migrate or serve to create one.`,
      );
    }
    if (state === 'no schema') await running(`create schema ${quoteIdentifier(schema)}`);
    await running(`set local search_path to ${quoteIdentifier(schema)}`);
    // postgres-migrations calls only `query` of a client.
    const client = { query: (statement: LibraryStatement) => runForLibrary(running, statement) };
    const ran = await migrate({ client: client as unknown as pg.Client }, directory);
    return ran.map(({ fileName }) => fileName);
  } catch (error) {
    // postgres-migrations keeps only the message of a database error.
    throw setupErrorOf(cause ?? error, schema) ?? error;
  }
}

type LibraryStatement = string | { text: string; values: unknown[] };

function runForLibrary(run: RunInTransaction, statement: LibraryStatement): Promise<{ rows: unknown[] }> {
  if (typeof statement !== 'string') {
    // postgres-migrations would look for its table in every schema.
    const { text, values } = statement;
    const inSchema = text.replace(
      'c.relname =',
      'c.relnamespace = quote_ident(current_schema())::regnamespace and c.relname =',
    );
    return run(inSchema, [...values]);
  }
  return run(
    (withinTransaction[statement] ?? statement)
      .replace(/pg_try_advisory_lock\((-?\d+)\)/, 'pg_try_advisory_xact_lock($1) as pg_try_advisory_lock')
      .replace(/^SELECT pg_advisory_unlock\(-?\d+\)/, 'select 1'),
  );
}

const findSchema = `
  select n.oid is not null as exists, to_regclass($2) is not null as has_table
  from (select 1) as once left join pg_namespace n on n.nspname = $1`;

const migrationColumns = `
  select count(*)::int as count from pg_attribute
  where attrelid = to_regclass($1) and attname in ('id', 'name', 'hash') and not attisdropped`;

/** The objects in a schema that have one of some names. */
export const findTaken = `
  select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = any($2::text[])
  union
  select t.typname::text from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname = $1 and t.typname = any($2::text[]) and t.typrelid = 0 and t.typelem = 0
  order by name`;

/** Whether a schema is missing, has none of our tables, or was migrated before. */
async function stateOf(
  run: RunInTransaction,
  { schema, firstHash }: { schema: string; firstHash: string },
): Promise<'no schema' | 'empty' | 'ours'> {
  const table = `${quoteIdentifier(schema)}.migrations`;
  const [found] = (await run(findSchema, [schema, table])).rows as { exists: boolean; has_table: boolean }[];
  const written = found?.has_table === true ? await firstMigrationHash(run, table) : 'nothing';
  if (written === firstHash) return 'ours';
  if (written !== 'nothing') {
    throw new SetupError(
      `The schema "${schema}" contains a table "migrations" of another program. ${chooseAnotherSchema}`,
    );
  }
  await throwIfInOtherSchema(run, { schema, firstHash });
  if (found?.exists !== true) return 'no schema';
  const { rows } = await run(findTaken, [schema, `{${[...tableNames()].join(',')}}`]);
  if (rows.length > 0) {
    const names = (rows as { name: string }[]).map(({ name }) => `"${name}"`).join(', ');
    throw new SetupError(
      `The schema "${schema}" already contains ${names} of another program. ${chooseAnotherSchema}`,
    );
  }
  return 'empty';
}

const chooseAnotherSchema =
  'Nothing was changed. Set DATABASE_SCHEMA to another schema, for example DATABASE_SCHEMA=metered_chat. It is created if it is missing.';

/** The hash of the first migration in a migrations table; `nothing` if it is empty, null if it has another structure. */
async function firstMigrationHash(run: RunInTransaction, table: string): Promise<string | null> {
  const [columns] = (await run(migrationColumns, [table])).rows as { count: number }[];
  if (columns?.count !== 3) return null;
  const { rows } = await run(`select id::text, hash::text from ${table} order by id limit 2`);
  const [creation, first] = rows as { id: string; hash: string }[];
  if (creation === undefined || (creation.id === '0' && first === undefined)) return 'nothing';
  return creation.id === '0' && first?.id === '1' ? first.hash : null;
}

/** Versions before 0.2 created their tables in the first schema of the role's `search_path`. */
async function throwIfInOtherSchema(
  run: RunInTransaction,
  { schema, firstHash }: { schema: string; firstHash: string },
): Promise<void> {
  const { rows } = await run('select current_schema() as name');
  const [{ name } = { name: null }] = rows as { name: string | null }[];
  if (name === null || name === schema || schema !== 'public') return;
  const table = `${quoteIdentifier(name)}.migrations`;
  const { rows: found } = await run('select to_regclass($1) is not null as exists', [table]);
  if ((found as { exists: boolean }[])[0]?.exists !== true) return;
  if ((await firstMigrationHash(run, table)) !== firstHash) return;
  throw new SetupError(
    `The tables of metered-chat are in the schema "${name}", the first in the search_path of this role. Set DATABASE_SCHEMA=${name}.`,
  );
}

/** Converts an error to a SetupError with the action of the operator. Returns null if no action would help. */
function setupErrorOf(thrown: unknown, schema: string): SetupError | null {
  const isUnavailable = isDomainError(thrown);
  const error = isUnavailable ? (thrown.cause ?? thrown) : thrown;
  const state = sqlState(error);
  const message = error instanceof Error ? error.message : String(error);
  if (state === '25006') {
    return new SetupError(
      `The database is read-only (${message}), but the schema "${schema}" must be created or changed. Set DATABASE_URL to the primary server, or end the read-only mode of the database or role (default_transaction_read_only).`,
    );
  }
  if (isUnavailable) {
    return new SetupError(
      `The schema "${schema}" could not be brought up to date: ${message}. Nothing was changed.`,
    );
  }
  if (state === '42501') {
    return new SetupError(
      `The role of DATABASE_URL lacks privileges in the schema "${schema}": ${message}. Run as an administrator of the database: create schema if not exists ${quoteIdentifier(schema)}; grant usage, create on schema ${quoteIdentifier(schema)} to the role.`,
    );
  }
  if (state !== null && ['42P07', '42710', '42723'].includes(state)) {
    return new SetupError(
      `The schema "${schema}" contains objects of another program: ${message}. ${chooseAnotherSchema}`,
    );
  }
  if (message.includes("Hashes don't match")) {
    return new SetupError(
      `The migrations of the schema "${schema}" differ from those of this version. ${message}`,
    );
  }
  return null;
}
