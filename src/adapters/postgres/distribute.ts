import { SetupError } from '../../domain/setup-error.js';
import type { Database, Queryable } from './database.js';
import { migrationLock } from './migrations.js';
import { quoteIdentifier } from './schema.js';
import { tablePlacements, type TablePlacement } from './table-placement.js';

/** The oldest major version of Citus on which the tests of the adapters have run. */
const minVersion = 13;

const begin = [
  `set local statement_timeout = 0`,
  `set local lock_timeout = 0`,
  migrationLock,
  // One connection to each node: a table and those that refer to it change in one transaction.
  `set local citus.multi_shard_modify_mode = 'sequential'`,
  // The triggers of the ledger look only at the rows of their own shard.
  `set local citus.enable_unsafe_triggers = on`,
  // Otherwise each local table would become one of Citus once it refers to a reference table.
  `set local citus.enable_local_reference_table_foreign_keys = off`,
];

const findCitus = `select extversion as version from pg_extension where extname = 'citus'`;
const countWorkers = `select count(*) as workers from citus_get_active_worker_nodes()`;

const findPlaced = `
  select c.relname::text as name,
    case p.partmethod when 'h' then 'distributed' when 'n' then case p.repmodel when 't' then 'reference' else 'local' end
      else 'other' end as kind,
    case when p.partkey is not null then column_to_column_name(p.logicalrelid, p.partkey) end as column,
    p.colocationid as colocation
  from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
  where c.relnamespace = quote_ident($1)::regnamespace`;

const isDistributed = `
  select exists (
    select 1 from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
    where c.relnamespace = quote_ident($1)::regnamespace and c.relname = 'balances' and p.partmethod = 'h') as found`;

const hasCatalog = `select to_regclass('pg_catalog.pg_dist_partition') is not null as found`;

interface PlacedRow {
  name: string;
  kind: TablePlacement['kind'] | 'other';
  column: string | null;
  colocation: number;
}

/** Whether the tables are distributed by Citus. */
export async function isSharded(database: Database): Promise<boolean> {
  if (database.isEmbedded === true) return false;
  const [catalog] = await database.query<{ found: boolean }>({ text: hasCatalog });
  if (catalog?.found !== true) return false;
  const values = [database.schema];
  const [row] = await database.query<{ found: boolean }>({ text: isDistributed, values });
  return row?.found === true;
}

/**
 * Returns the database as stores must use it if the tables are distributed. What may wait for a lock is sent in a transaction: Citus takes
 * all statements outside of one for the same transaction, and so finds a deadlock where several of them wait for one row.
 */
export function shardedDatabase(database: Database): Database {
  return {
    ...database,
    isSharded: true,
    query: (statement) =>
      statement.mayWaitForLock === true
        ? database.transaction((within) => within.query(statement))
        : database.query(statement),
  };
}

/** What `distribute` has done, or would do: a line for each table. */
export interface Distribution {
  changes: string[];
  /** The number of tables that were where they belong already. */
  unchanged: number;
}

/**
 * Distributes the tables over the nodes of a Citus, in one transaction, with all rows that are there: see `tablePlacements`. Tables that
 * are where they belong stay there, so that it can be repeated, after a migration for example.
 *
 * @param options.isDryRun If true, nothing is changed.
 * @throws SetupError if it is no Citus with workers, or if a table was distributed in another way. Nothing is changed then.
 */
export async function distribute(
  database: Database,
  { isDryRun = false }: { isDryRun?: boolean } = {},
): Promise<Distribution> {
  if (database.isEmbedded === true) {
    throw new SetupError(
      'The embedded database cannot be distributed: set DATABASE_URL to the coordinator of a Citus.',
    );
  }
  return database.transaction(async (within) => {
    await throwIfNoCitus(within);
    for (const text of begin) await within.query({ text });
    const placed = await placedTables(within, database.schema);
    const missing = Object.entries(tablePlacements).filter(
      ([name, placement]) => placement.kind !== 'local' && !placed.has(name),
    );
    const changes: string[] = [];
    for (const [name, placement] of missing) {
      changes.push(describe(name, placement));
      if (!isDryRun) await place(within, { schema: database.schema, name, placement });
    }
    if (!isDryRun)
      await removeFormerRows(within, { schema: database.schema, names: missing.map(([name]) => name) });
    return { changes, unchanged: placed.size };
  });
}

async function throwIfNoCitus(within: Queryable): Promise<void> {
  const [citus] = await within.query<{ version: string }>({ text: findCitus });
  if (citus === undefined) {
    throw new SetupError(
      'The PostgreSQL of DATABASE_URL has no Citus. Run on it and on each worker, as a superuser: create extension citus;',
    );
  }
  if (Number.parseInt(citus.version, 10) < minVersion) {
    throw new SetupError(`Citus ${citus.version} is too old: ${minVersion} or newer is required.`);
  }
  const [counted] = await within.query<{ workers: number }>({ text: countWorkers });
  if (counted === undefined || counted.workers === 0) {
    throw new SetupError(
      "The coordinator knows no worker. Run on it, as a superuser: select citus_set_coordinator_host('<its address>'); and select citus_add_node('<address of a worker>', 5432); for each worker.",
    );
  }
}

/** The tables that are where they belong. */
async function placedTables(within: Queryable, schema: string): Promise<ReadonlyMap<string, PlacedRow>> {
  const rows = await within.query<PlacedRow>({ text: findPlaced, values: [schema] });
  const placed = new Map(rows.map((row) => [row.name, row]));
  const account = placed.get('balances')?.colocation;
  const wrong = rows.filter((row) => !isAsWanted(row, account)).map(({ name }) => `"${name}"`);
  if (wrong.length > 0) {
    throw new SetupError(
      `In the schema "${schema}" Citus has ${wrong.join(', ')} in another way than this version requires. Nothing was changed. Undo it with select undistribute_table('<table>'), and run the command again.`,
    );
  }
  return placed;
}

function isAsWanted({ name, kind, column, colocation }: PlacedRow, account: number | undefined): boolean {
  const wanted = tablePlacements[name];
  if (wanted?.kind !== kind) return false;
  if (wanted.kind !== 'distributed') return wanted.kind === 'reference';
  return column === wanted.column && (!wanted.isOfAccount || colocation === account);
}

function describe(name: string, placement: TablePlacement): string {
  return placement.kind === 'distributed'
    ? `${name}: distributed by ${placement.column}`
    : `${name}: a copy on every node`;
}

/** A unique index of a distributed table must contain the column by which it is distributed. */
const uniqueIndexChanges: Record<string, (table: string, schema: string) => string[]> = {
  auth_tokens: (table, schema) => [
    `drop index ${schema}.auth_tokens_imported_digest`,
    `create index auth_tokens_imported_digest on ${table} (digest) where imported`,
  ],
  webhook_deliveries: (table) => [
    `alter table ${table} drop constraint webhook_deliveries_pkey, add primary key (endpoint_id, id, user_id)`,
  ],
};

async function place(
  within: Queryable,
  { schema, name, placement }: { schema: string; name: string; placement: TablePlacement },
): Promise<void> {
  const ownSchema = quoteIdentifier(schema);
  const table = `${ownSchema}.${name}`;
  for (const text of uniqueIndexChanges[name]?.(table, ownSchema) ?? []) await within.query({ text });
  if (placement.kind === 'reference') {
    await within.query({ text: `select create_reference_table($1::regclass)`, values: [table] });
  } else if (placement.kind === 'distributed') {
    const isFirst = !placement.isOfAccount || name === 'balances';
    const values = [table, placement.column, isFirst ? 'none' : `${ownSchema}.balances`];
    const text = `select create_distributed_table($1::regclass, $2, colocate_with => $3)`;
    await within.query({ text, values });
  }
}

/** Citus copies the rows of a table and leaves the former ones, which are no longer read, on the disk of the coordinator. */
async function removeFormerRows(
  within: Queryable,
  { schema, names }: { schema: string; names: readonly string[] },
): Promise<void> {
  for (const name of names) {
    const table = `${quoteIdentifier(schema)}.${name}`;
    const setTrigger = async (state: 'disable' | 'enable always') => {
      const text = `alter table ${table} ${state} trigger entries_append_only`;
      if (name === 'entries') await within.query({ text });
    };
    await setTrigger('disable');
    await within.query({
      text: `select truncate_local_data_after_distributing_table($1::regclass)`,
      values: [table],
    });
    await setTrigger('enable always');
  }
}
