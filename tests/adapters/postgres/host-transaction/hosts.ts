import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleOfPglite } from 'drizzle-orm/pglite';
import knex from 'knex';
import { CamelCasePlugin, Kysely, ParseJSONResultsPlugin, PostgresDialect, sql as kyselySql } from 'kysely';
import pg from 'pg';
import {
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromPg,
  fromPglite,
  fromPrisma,
  openPglite,
  openPostgres,
  type OpenSqlStores,
  type TransactionExecutor,
} from '../../../../src/entrypoints/postgres.js';
import { postgresTestDatabase } from '../../../setup/databases.js';
import { prismaClient } from './prisma-client.js';

/** A transaction of a library: the executor for the core, and a way to run a statement of the program itself. */
export interface HostWork {
  executor: TransactionExecutor;
  run: (statement: string) => Promise<unknown>;
}

/** A program with a database, in which metered-chat has a schema. */
export interface Host {
  open: OpenSqlStores;
  /** Runs `work` in one transaction of the library, which commits unless `work` rejects. */
  transaction: <Result>(work: (tx: HostWork) => Promise<Result>) => Promise<Result>;
  /** Begins at another level than `read committed`. */
  serializable?: <Result>(work: (tx: HostWork) => Promise<Result>) => Promise<Result>;
  /** The names of the program's own table, `orders`. */
  orders(): Promise<string[]>;
  close(): Promise<void>;
}

export const schema = 'metered-chat';
const hostTables =
  'create table orders (name text primary key); create table users (id int); create table sessions (id int)';

type Transactions = Pick<Host, 'transaction' | 'serializable'> & { end: () => Promise<unknown> };

async function hostOfPool(transactionsOf: (pool: pg.Pool, url: string) => Transactions): Promise<Host> {
  const { url, drop } = await postgresTestDatabase({ isMigrated: false });
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  await pool.query(hostTables);
  const open = await openPostgres({ pool, schema });
  const { end, ...transactions } = transactionsOf(pool, url);
  return {
    open,
    ...transactions,
    orders: async () => {
      const { rows } = await pool.query<{ name: string }>('select name from orders order by name');
      return rows.map(({ name }) => name);
    },
    close: async () => {
      await end();
      await pool.end();
      await drop();
    },
  };
}

async function hostOfPglite(transactionOf: (pglite: PGlite) => Host['transaction']): Promise<Host> {
  const pglite = await PGlite.create();
  await pglite.exec(hostTables);
  const open = await openPglite({ pglite, schema });
  return {
    open,
    transaction: transactionOf(pglite),
    orders: async () => {
      const { rows } = await pglite.query<{ name: string }>('select name from orders order by name');
      return rows.map(({ name }) => name);
    },
    close: () => pglite.close(),
  };
}

function ofPg(pool: pg.Pool, begin: string): Host['transaction'] {
  return async (work) => {
    const client = await pool.connect();
    try {
      await client.query(begin);
      const result = await work({ executor: fromPg(client), run: (text) => client.query(text) });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
}

/** Each library over a PostgreSQL or PGlite, by name. */
export const hosts: Record<string, () => Promise<Host>> = {
  pg: () =>
    hostOfPool((pool) => ({
      transaction: ofPg(pool, 'begin'),
      serializable: ofPg(pool, 'begin isolation level serializable'),
      end: () => Promise.resolve(),
    })),
  drizzle: () =>
    hostOfPool((pool) => {
      const db = drizzle(pool);
      type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];
      const hostWork = (tx: Tx) => ({
        executor: fromDrizzle(tx),
        run: (text: string) => tx.execute(sql.raw(text)),
      });
      return {
        transaction: (work) => db.transaction((tx) => work(hostWork(tx))),
        serializable: (work) =>
          db.transaction((tx) => work(hostWork(tx)), { isolationLevel: 'repeatable read' }),
        end: () => Promise.resolve(),
      };
    }),
  kysely: () =>
    hostOfPool((_, url) => {
      const pool = new pg.Pool({ connectionString: url });
      const db = new Kysely<unknown>({
        dialect: new PostgresDialect({ pool }),
        plugins: [new CamelCasePlugin(), new ParseJSONResultsPlugin()],
      });
      return {
        transaction: (work) =>
          db
            .transaction()
            .execute((trx) =>
              work({ executor: fromKysely(trx), run: (text) => kyselySql.raw(text).execute(trx) }),
            ),
        end: () => db.destroy(),
      };
    }),
  knex: () =>
    hostOfPool((_, url) => {
      const db = knex({ client: 'pg', connection: url });
      return {
        transaction: (work) =>
          db.transaction((trx) =>
            work({ executor: fromKnex(trx), run: async (text): Promise<unknown> => trx.raw(text) }),
          ),
        end: () => db.destroy(),
      };
    }),
  prisma: () =>
    hostOfPool((pool) => {
      const db = prismaClient(pool);
      type Tx = Parameters<Parameters<typeof db.$transaction>[0]>[0];
      const hostWork = (tx: Tx) => ({
        executor: fromPrisma(tx),
        run: (text: string) => tx.$executeRawUnsafe(text),
      });
      const timeout = 60_000;
      return {
        transaction: (work) => db.$transaction((tx) => work(hostWork(tx)), { timeout }),
        serializable: (work) =>
          db.$transaction((tx) => work(hostWork(tx)), { timeout, isolationLevel: 'RepeatableRead' }),
        end: () => db.$disconnect(),
      };
    }),
  pglite: () =>
    hostOfPglite(
      (pglite) => (work) =>
        pglite.transaction((tx) => work({ executor: fromPglite(tx), run: (text) => tx.query(text) })),
    ),
  'drizzle over PGlite': () =>
    hostOfPglite((pglite) => {
      const db = drizzleOfPglite({ client: pglite });
      return (work) =>
        db.transaction((tx) => work({ executor: fromDrizzle(tx), run: (text) => tx.execute(sql.raw(text)) }));
    }),
};
