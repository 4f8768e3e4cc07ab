import { isDomainError } from '../../domain/errors.js';
import { SetupError } from '../../domain/setup-error.js';
import { sqlState, type Database, type Queryable } from './database.js';
import { findTaken, migrationLock } from './migrations.js';
import { quoteIdentifier, tableNames, validateSchemaName } from './schema.js';

// An empty search_path, so that the names of functions are complete.
const begin = [
  `set local statement_timeout = 0`,
  `set local lock_timeout = '5s'`,
  `set local search_path to ''`,
  migrationLock,
];

const findSchema = `select 1 from pg_namespace where nspname = $1`;

const findTables = `
  select c.relname::text as name from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = any($2::text[]) and c.relkind = 'r' order by 1`;

const findFunctions = `
  select p.oid::text as id, p.oid::regprocedure::text as name,
    exists (select 1 from unnest(p.proconfig) as setting where setting like 'search_path=%') as has_path
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = $1 and p.proname = any($2::text[]) order by 1`;

/**
 * Moves all tables and functions of an installation to another schema, in one transaction, and returns the number of tables. Their
 * data, indexes, triggers and privileges stay. The schema is created if it is missing; nothing else is changed.
 *
 * @throws SetupError if the schema cannot be used or changed, or while others use the tables. Nothing is changed then.
 */
export async function moveSchema(database: Database, target: string): Promise<number> {
  const source = database.schema;
  const problem = validateSchemaName(target);
  if (problem !== null) throw new SetupError(`The name of the schema ${problem}.`);
  if (target === source) throw new SetupError(`The tables are in the schema "${target}" already.`);
  try {
    return await database.transaction((within) => moveWithin(within, { source, target }));
  } catch (error) {
    throw setupErrorOf(error, { source, target }) ?? error;
  }
}

interface Move {
  source: string;
  target: string;
}

async function moveWithin(within: Queryable, { source, target }: Move): Promise<number> {
  for (const text of begin) await within.query({ text });
  const names = [...tableNames(), 'migrations'];
  const schema = quoteIdentifier(target);
  const taken = await within.query<{ name: string }>({ text: findTaken, values: [target, names] });
  if (taken.length > 0) {
    const found = taken.map(({ name }) => `"${name}"`).join(', ');
    throw new SetupError(`The schema "${target}" already contains ${found}. Choose another schema.`);
  }
  const values = [source, names];
  const tables = await within.query<{ name: string }>({ text: findTables, values });
  const functions = await within.query<{ id: string; name: string; has_path: boolean }>({
    text: findFunctions,
    values,
  });
  if ((await within.query({ text: findSchema, values: [target] })).length === 0) {
    await within.query({ text: `create schema ${schema}` });
  }
  for (const { name } of tables) {
    const table = `${quoteIdentifier(source)}.${quoteIdentifier(name)}`;
    await within.query({ text: `alter table ${table} set schema ${schema}` });
  }
  for (const { id, name, has_path: hasPath } of functions) {
    await within.query({ text: `alter function ${name} set schema ${schema}` });
    if (!hasPath) continue;
    const [moved] = await within.query<{ name: string }>({
      text: `select $1::oid::regprocedure::text as name`,
      values: [id],
    });
    await within.query({ text: `alter function ${moved?.name ?? name} set search_path to ${schema}` });
  }
  return tables.length;
}

function setupErrorOf(thrown: unknown, { source, target }: Move): SetupError | null {
  const error = isDomainError(thrown) ? thrown.cause : thrown;
  const message = error instanceof Error ? error.message : String(error);
  switch (sqlState(error)) {
    case '40P01':
    case '55P03':
      return new SetupError(
        `The tables in the schema "${source}" are in use. Nothing was changed. Stop the servers, and run the command again.`,
      );
    case '42501':
      return new SetupError(
        `The role of DATABASE_URL lacks privileges: ${message}. Nothing was changed. It must own the tables, and may need this of an administrator: create schema if not exists ${quoteIdentifier(target)}; grant usage, create on schema ${quoteIdentifier(target)} to the role.`,
      );
    case '42723':
    case '42P07':
    case '42710':
      return new SetupError(
        `The schema "${target}" contains objects of another program: ${message}. Nothing was changed. Choose another schema.`,
      );
    default:
      return null;
  }
}
