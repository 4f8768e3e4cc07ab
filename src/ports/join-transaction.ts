import type { Stores } from './stores.js';

/** A value that is bound to a placeholder of a statement. Integers and arrays are texts, which PostgreSQL converts. */
export type TransactionValue = string | boolean | null;

/**
 * Runs SQL in a transaction that an embedding program has begun, and ends. The functions `from…` of `metered-chat/postgres`
 * return one for the usual libraries.
 */
export interface TransactionExecutor {
  /**
   * Runs one statement on the connection of the transaction, without preparing it.
   *
   * @param text The statement, with the placeholders `$1`, `$2`, ….
   * @param values A value for each placeholder.
   * @returns The rows, by the names of their columns. Each column that is read is a text.
   * @throws The error of the driver, or an error that has it as its `cause`. Its `code` is the SQLSTATE.
   */
  query(text: string, values: readonly TransactionValue[]): PromiseLike<{ rows: readonly unknown[] }>;
}

/** Returns stores whose operations are part of a transaction. They commit and roll back with it. */
export type JoinTransaction = (executor: TransactionExecutor) => Stores;
