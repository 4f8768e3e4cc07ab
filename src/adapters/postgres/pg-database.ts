import pg from 'pg';
import { SetupError } from '../../domain/setup-error.js';
import { translateError } from './translate-error.js';
import { validateConnectionUrl } from './connection-url.js';
import { migrateWithin, type RunInTransaction } from './migrations.js';
import { pgPipeline } from './batching/pg-pipeline.js';
import { type Database, type Queryable, type Statement } from './database.js';
import { defaultSchema, inSchema } from './schema.js';
import { pgTypes } from './value-parsers.js';

/** A PostgreSQL and how to connect to it. */
export interface PgDatabaseOptions {
  connectionString: string;
  /** The most connections that are open at once; at least 2. */
  poolSize: number;
  /** How long to wait for a connection. */
  connectTimeoutMs: number;
  /** How long one statement may take; behind a pooler, what the database says of the role. */
  statementTimeoutMs: number;
  /**
   * True behind PgBouncer or its like in transaction mode, where two transactions may have different connections:
   * nothing is prepared, nothing is set, and nobody's statement is sent behind another's.
   */
  isBehindPooler?: boolean;
  /** The schema of our tables, which is made if it is missing; `public` by default. */
  schema?: string;
  /** Told of connections that broke while nobody used them. */
  onIdleError: (error: Error) => void;
}

/** A statement that waits longer for somebody's lock is given up, for others wait for its connection. */
const lockTimeoutMs = 5000;

/** A statement as pg takes it. */
interface PgStatement {
  name?: string;
  text: string;
  values?: unknown[];
  types: { getTypeParser: (...parameters: never) => (text: string) => unknown };
}

/** What is needed of a connection of pg. */
interface PgConnection {
  /** Runs one statement. */
  query(statement: PgStatement): Promise<{ rows: unknown[] }>;
}

/** What is needed of a connection that a pool lends. */
interface PgPoolClient extends PgConnection {
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
  release(isBroken?: boolean): void;
}

/** What is needed of a pool of pg. */
export interface PgPool extends PgConnection {
  /** A client of its own, for a transaction. */
  connect(): Promise<PgPoolClient>;
}

/**
 * A PostgreSQL: a few connections for the hot statements that wait for no lock, and a pool for all others; behind a pooler,
 * a pool for all.
 */
export function pgDatabase(options: PgDatabaseOptions): Database {
  const fault = validateConnectionUrl(options.connectionString);
  if (fault !== null) throw new SetupError(`The URL of the PostgreSQL ${fault}.`);
  const connection: pg.ClientConfig = {
    connectionString: options.connectionString,
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
  };
  return options.isBehindPooler === true
    ? openPool({ ...connection, max: options.poolSize }, options)
    : openLanes(connection, options);
}

/**
 * Where pg connects to for a URL: a host and port, or the file of a socket. What the URL leaves open is filled in as pg
 * does it, from `PGHOST` and `PGPORT`, else by its defaults. Holds no secret.
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

function openLanes(connection: pg.ClientConfig, options: PgDatabaseOptions): Database {
  const config = {
    ...connection,
    statement_timeout: options.statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
  };
  const lanes = Math.ceil(options.poolSize / 2);
  const pipeline = pgPipeline({ ...config, types: pgTypes }, { lanes });
  const pool = new pg.Pool({ ...config, max: options.poolSize - lanes });
  pool.on('error', options.onIdleError);
  const pooled = databaseOfPool(pool, options);
  const database: Database = {
    ...pooled,
    query: <Row>(statement: Statement) =>
      statement.name === undefined || statement.mayWait === true
        ? run<Row>(pool, statement)
        : translateErrors(pipeline.query<Row>(statement)),
    connections: () => {
      const lanes = pipeline.connections();
      return {
        total: lanes.total + pool.totalCount,
        idle: lanes.idle + pool.idleCount,
        waiting: pool.waitingCount,
      };
    },
    close: async () => {
      await Promise.all([pipeline.close(), pool.end()]);
    },
  };
  return inSchema(database, options.schema ?? defaultSchema);
}

/**
 * A PostgreSQL over somebody else's pool, whose size, timeouts and error listener are theirs, and which they close.
 * Nothing is prepared and nothing set for a session, so that a pooler between two transactions does no harm. `schema` is
 * that of our tables, `public` by default.
 */
export function poolDatabase(pool: PgPool, options: { schema?: string } = {}): Database {
  return inSchema(databaseOfPool(pool, options), options.schema ?? defaultSchema);
}

function databaseOfPool(pool: PgPool, { schema = defaultSchema }: { schema?: string }): Database {
  return {
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

/** A text without values may hold several statements; of a result for each, the last counts. */
function runOn(client: PgPoolClient): RunInTransaction {
  return async (text, values) => {
    const results = await translateErrors(
      client.query({ text, types: pgTypes, ...(values !== undefined && { values }) }),
    );
    return (Array.isArray(results) ? results.at(-1) : results) as { rows: unknown[] };
  };
}

function translateErrors<Result>(response: Promise<Result>): Promise<Result> {
  return response.catch((error: unknown) => {
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
  // Without a listener a connection that breaks between two statements would end the process.
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
