import pg from 'pg';
import { SetupError } from '../../domain/setup-error.js';
import { translateError } from './translate-error.js';
import { validateConnectionUrl } from './connection-url.js';
import { migrateWithin, type RunInTransaction } from './migrations.js';
import { type Database, type Queryable, type Statement } from './database.js';
import { defaultSchema, inSchema } from './schema.js';
import { pgTypes } from './value-parsers.js';

/**
 * How to connect to a PostgreSQL.
 *
 * @example
 * ```ts
 * const options: PgDatabaseOptions = {
 *   connectionString: 'postgres://chat@localhost/chat',
 *   poolSize: 16,
 *   connectTimeoutMs: 5000,
 *   statementTimeoutMs: 30_000,
 *   onIdleError: console.error,
 * };
 * ```
 */
export interface PgDatabaseOptions {
  connectionString: string;
  /** The maximum number of open connections. */
  poolSize: number;
  /** How long to wait for a connection, in milliseconds. */
  connectTimeoutMs: number;
  /** How long one statement may run, in milliseconds. Behind a pooler, the setting of the role applies instead. */
  statementTimeoutMs: number;
  /**
   * True behind PgBouncer or another pooler in transaction mode, where each transaction can run on another connection.
   * Then no statement is prepared, and nothing is set for a session.
   */
  isBehindPooler?: boolean;
  /** The schema of the tables. It is created if it is missing. The default is `public`. */
  schema?: string;
  /** Called with the error of a connection that breaks while it is idle. */
  onIdleError: (error: Error) => void;
}

/** A statement that waits longer for a lock fails, because other statements wait for its connection. */
const lockTimeoutMs = 5000;

/** A statement as pg takes it. */
interface PgStatement {
  name?: string;
  text: string;
  values?: unknown[];
  types: { getTypeParser: (...parameters: never) => (text: string) => unknown };
}

/** The part of a pg connection that is used. */
interface PgConnection {
  /** Runs one statement. */
  query(statement: PgStatement): Promise<{ rows: unknown[] }>;
}

/** The part of a pooled pg client that is used. */
interface PgPoolClient extends PgConnection {
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
  release(isBroken?: boolean): void;
}

/** The part of a pg pool that is used. */
export interface PgPool extends PgConnection {
  /** Takes a client for a transaction. */
  connect(): Promise<PgPoolClient>;
}

/**
 * Connects to a PostgreSQL with two pools: one for named statements that do not wait for locks, and one for all others,
 * which therefore do not delay the former. Behind a pooler, there is one pool.
 *
 * @example
 * ```ts
 * import { pgDatabase, postgresStores } from 'metered-chat/postgres';
 *
 * const database = pgDatabase({
 *   connectionString: 'postgres://chat@localhost/chat',
 *   poolSize: 16,
 *   connectTimeoutMs: 5000,
 *   statementTimeoutMs: 30_000,
 *   onIdleError: console.error,
 * });
 * const stores = postgresStores(database);
 * ```
 */
export function pgDatabase(options: PgDatabaseOptions): Database {
  const error = validateConnectionUrl(options.connectionString);
  if (error !== null) throw new SetupError(`The URL of the PostgreSQL ${error}.`);
  const connection: pg.ClientConfig = {
    connectionString: options.connectionString,
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
  };
  return options.isBehindPooler === true
    ? openPool({ ...connection, max: options.poolSize }, options)
    : openPools(connection, options);
}

/**
 * The address that pg connects to for a URL: a host and port, or the file of a socket. Missing parts come from `PGHOST`
 * and `PGPORT`, otherwise from the defaults of pg. Contains no secret.
 */
export function connectionPlace(connectionString: string): string {
  const { host, port } = new pg.Client({ connectionString });
  if (host.startsWith('/')) return `${host.replace(/\/+$/, '')}/.s.PGSQL.${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function openPool(config: pg.PoolConfig, options: PgDatabaseOptions): Database {
  const pool = new pg.Pool(config);
  pool.on('error', options.onIdleError);
  return { ...poolDatabase(pool, options), close: () => pool.end() };
}

function openPools(connection: pg.ClientConfig, options: PgDatabaseOptions): Database {
  const config = {
    ...connection,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
  };
  const shortSize = Math.floor(options.poolSize / 2);
  const pool = new pg.Pool({ ...config, max: options.poolSize - shortSize });
  // A single connection serves both.
  const shortPool = shortSize === 0 ? pool : new pg.Pool({ ...config, max: shortSize });
  const pools = [...new Set([pool, shortPool])];
  for (const each of pools) each.on('error', options.onIdleError);
  const sum = (count: (each: pg.Pool) => number) => pools.reduce((total, each) => total + count(each), 0);
  const database: Database = {
    ...databaseOfPool(pool, options),
    query: (statement) => {
      const isShort = statement.name !== undefined && statement.mayWaitForLock !== true;
      return run(isShort ? shortPool : pool, statement);
    },
    connections: () => ({
      total: sum(({ totalCount }) => totalCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    }),
    close: async () => {
      await Promise.all(pools.map((each) => each.end()));
    },
  };
  return inSchema(database, options.schema ?? defaultSchema);
}

/**
 * A PostgreSQL over a pool of the embedding program, which configures and closes it. No statement is prepared and nothing
 * is set for a session, so that a pooler in transaction mode works too. `schema` contains the tables, `public` by default.
 *
 * @example
 * ```ts
 * import { Pool } from 'pg';
 * import { poolDatabase, postgresStores } from 'metered-chat/postgres';
 *
 * const pool = new Pool({ connectionString: 'postgres://chat@localhost/chat' });
 * const stores = postgresStores(poolDatabase(pool, { schema: 'metered_chat' }));
 * ```
 */
export function poolDatabase(pool: PgPool, options: { schema?: string } = {}): Database {
  return inSchema(databaseOfPool(pool, options), options.schema ?? defaultSchema);
}

function databaseOfPool(pool: PgPool, { schema = defaultSchema }: { schema?: string }): Database {
  return {
    schema,
    query: ({ text, values = [] }) => run(pool, { text, values }),
    transaction: (work) => withClient(pool, (client) => inTransaction(client, work)),
    migrate: (directory, options) =>
      withClient(pool, (client) =>
        inTransaction(client, () => migrateWithin(runOn(client), { ...options, directory, schema })),
      ),
    ping: async () => {
      await run(pool, { text: 'select 1' });
    },
    connections: () => ({ total: 0, idle: 0, waiting: 0 }),
    close: () => Promise.resolve(),
  };
}

async function run<Row>(connection: PgConnection, { name, text, values = [] }: Statement): Promise<Row[]> {
  const statement = { text, values: [...values], types: pgTypes };
  const { rows } = await translateErrors(
    connection.query(name === undefined ? statement : { name, ...statement }),
  );
  return rows as Row[];
}

/** Without values, the text may contain several statements. Returns the result of the last one. */
function runOn(client: PgPoolClient): RunInTransaction {
  return async (text, values) => {
    const results = await translateErrors(
      client.query({ text, types: pgTypes, ...(values !== undefined && { values }) }),
    );
    return (Array.isArray(results) ? results.at(-1) : results) as { rows: unknown[] };
  };
}

function translateErrors<Result>(result: Promise<Result>): Promise<Result> {
  return result.catch((error: unknown) => {
    throw translateError(error);
  });
}

async function withClient<Result>(
  pool: PgPool,
  use: (client: PgPoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw translateError(error);
  });
  // Without a listener, a connection that breaks between two statements would end the process.
  const ignore = () => undefined;
  client.on('error', ignore);
  try {
    const result = await use(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  } finally {
    client.off('error', ignore);
  }
}

async function inTransaction<Result>(
  client: PgPoolClient,
  work: (within: Queryable) => Promise<Result>,
): Promise<Result> {
  await run(client, { text: 'begin' });
  const result = await work({ query: (statement) => run(client, statement) });
  await run(client, { text: 'commit' });
  return result;
}
