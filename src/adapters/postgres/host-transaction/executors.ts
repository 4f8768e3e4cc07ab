import type { TransactionExecutor, TransactionValue } from '../../../ports/join-transaction.js';
import { pgTypes } from '../value-parsers.js';
import { prismaError, withKnexBindings } from './dialects.js';

/** The executors by their transactions, so that all calls within one transaction wait for each other. */
const executors = new WeakMap<object, TransactionExecutor>();

function executorOf(transaction: object, query: TransactionExecutor['query']): TransactionExecutor {
  const known = executors.get(transaction);
  if (known !== undefined) return known;
  const executor = { query };
  executors.set(transaction, executor);
  return executor;
}

/** Libraries return either the rows, or an object that has them. */
function resultOf(result: unknown): { rows: readonly unknown[] } {
  if (Array.isArray(result)) return { rows: result };
  const rows =
    typeof result === 'object' && result !== null ? (result as { rows?: unknown }).rows : undefined;
  return { rows: Array.isArray(rows) ? rows : [] };
}

/** A client of pg, on which a transaction was begun. */
export interface PgTransaction {
  /** Runs a statement on the connection of the transaction. */
  query(statement: {
    text: string;
    values: unknown[];
    types: typeof pgTypes;
  }): PromiseLike<{ rows: unknown[] }>;
}

/**
 * A transaction of pg, for `core.within`: a client of a pool, after `begin`.
 *
 * @param client The client that has begun the transaction; not the pool.
 * @returns The executor.
 * @example
 * ```ts
 * import pg from 'pg';
 * import { fromPg } from 'metered-chat/postgres';
 *
 * const client = await new pg.Pool().connect();
 * await client.query('begin');
 * await core.within(fromPg(client)).ledger.grant({ caller: operatorCaller, userId, amount: 500, reason: 'Order 1234' });
 * await client.query('commit');
 * client.release();
 * ```
 */
export function fromPg(client: PgTransaction): TransactionExecutor {
  return executorOf(client, (text, values) => client.query({ text, values: [...values], types: pgTypes }));
}

/** A transaction of Drizzle over PostgreSQL, whatever its driver. */
export interface DrizzleTransaction {
  /** Runs a statement on the connection of the transaction. */
  execute: (query: never) => PromiseLike<unknown>;
}

/**
 * A transaction of Drizzle, for `core.within`.
 *
 * @param tx What `db.transaction` passes to its function.
 * @returns The executor.
 * @example
 * ```ts
 * import { fromDrizzle, type DrizzleTransaction } from 'metered-chat/postgres';
 *
 * declare const db: { transaction(work: (tx: DrizzleTransaction) => Promise<void>): Promise<void> };
 * await db.transaction(async (tx) => {
 *   await core.within(fromDrizzle(tx)).metering.spend({ userId, action: 'report', amount: 40 });
 * });
 * ```
 */
export function fromDrizzle(tx: DrizzleTransaction): TransactionExecutor {
  return executorOf(tx, async (sql, values) => {
    // What `sql` of Drizzle returns, as far as `execute` uses it.
    const query = { getSQL: () => query, toQuery: () => ({ sql, params: [...values] }) };
    return resultOf(await tx.execute(query as never));
  });
}

/** A transaction of Kysely over PostgreSQL. */
export interface KyselyTransaction {
  /** Runs a statement on the connection of the transaction. */
  executeQuery: (query: never) => PromiseLike<{ rows: unknown[] }>;
}

/**
 * A transaction of Kysely, for `core.within`.
 *
 * @param trx What `db.transaction().execute` passes to its function.
 * @returns The executor.
 * @example
 * ```ts
 * import { fromKysely, type KyselyTransaction } from 'metered-chat/postgres';
 *
 * const charge = (trx: KyselyTransaction) =>
 *   core.within(fromKysely(trx)).metering.spend({ userId, action: 'report', amount: 40 });
 * ```
 */
export function fromKysely(trx: KyselyTransaction): TransactionExecutor {
  return executorOf(trx, (sql, values) => {
    const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] };
    return trx.executeQuery({
      sql,
      parameters: values,
      query,
      queryId: { queryId: 'metered-chat' },
    } as never);
  });
}

/** A transaction of Prisma over PostgreSQL. */
export interface PrismaTransaction {
  /** Runs a statement on the connection of the transaction. */
  $queryRawUnsafe(text: string, ...values: TransactionValue[]): PromiseLike<unknown>;
}

/**
 * An interactive transaction of Prisma, for `core.within`.
 *
 * @param tx What `prisma.$transaction` passes to its function.
 * @returns The executor.
 * @example
 * ```ts
 * import { fromPrisma, type PrismaTransaction } from 'metered-chat/postgres';
 *
 * const charge = (tx: PrismaTransaction) =>
 *   core.within(fromPrisma(tx)).metering.spend({ userId, action: 'report', amount: 40 });
 * ```
 */
export function fromPrisma(tx: PrismaTransaction): TransactionExecutor {
  return executorOf(tx, async (text, values) => {
    try {
      return resultOf(await tx.$queryRawUnsafe(text, ...values));
    } catch (error) {
      throw prismaError(error);
    }
  });
}

/** A transaction of Knex over PostgreSQL. */
export interface KnexTransaction {
  /** Runs a statement on the connection of the transaction. */
  raw: (text: string, bindings: never) => PromiseLike<unknown>;
}

/**
 * A transaction of Knex, for `core.within`.
 *
 * @param trx What `knex.transaction` passes to its function, or returns.
 * @returns The executor.
 * @example
 * ```ts
 * import { fromKnex, type KnexTransaction } from 'metered-chat/postgres';
 *
 * const charge = (trx: KnexTransaction) =>
 *   core.within(fromKnex(trx)).metering.spend({ userId, action: 'report', amount: 40 });
 * ```
 */
export function fromKnex(trx: KnexTransaction): TransactionExecutor {
  return executorOf(trx, async (text, values) => {
    const { sql, bindings } = withKnexBindings(text, values);
    return resultOf(await trx.raw(sql, bindings as never));
  });
}

/** A transaction of PGlite. */
export interface PgliteTransaction {
  /** Runs a statement on the connection of the transaction. */
  query(text: string, values: unknown[]): PromiseLike<{ rows: unknown[] }>;
}

/**
 * A transaction of PGlite, for `core.within`.
 *
 * @param tx What `pglite.transaction` passes to its function.
 * @returns The executor.
 * @example
 * ```ts
 * import { PGlite } from '@electric-sql/pglite';
 * import { fromPglite } from 'metered-chat/postgres';
 *
 * const pglite = await PGlite.create();
 * await pglite.transaction(async (tx) => {
 *   await core.within(fromPglite(tx)).metering.spend({ userId, action: 'report', amount: 40 });
 * });
 * ```
 */
export function fromPglite(tx: PgliteTransaction): TransactionExecutor {
  return executorOf(tx, (text, values) => tx.query(text, [...values]));
}
