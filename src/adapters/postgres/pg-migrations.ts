import type pg from 'pg';
import { migrate } from 'postgres-migrations';

/** A connection on which a transaction is open; a text without values may hold several statements. */
interface OpenTransaction {
  query(statement: string | { text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

/** What postgres-migrations does to a connection, said so that it stays within the transaction that is open there. */
const withinTransaction: Record<string, string> = {
  'START TRANSACTION': 'savepoint migration',
  COMMIT: 'release savepoint migration',
  ROLLBACK: 'rollback to savepoint migration',
};

/**
 * Brings the schema up to date within an open transaction, all of it or nothing, and answers the files that ran. Nothing
 * outlives the transaction, the lock that keeps others waiting included: a pooler may give each transaction another
 * connection, and would leave a lock of the session where nobody finds it again.
 */
export async function migrateWithin(transaction: OpenTransaction, directory: string): Promise<string[]> {
  await transaction.query('set local statement_timeout = 0; set local lock_timeout = 0');
  const query = (statement: string | { text: string; values: unknown[] }) =>
    transaction.query(typeof statement === 'string' ? rephrased(statement) : statement);
  // It calls nothing of a client but `query`.
  const ran = await migrate({ client: { query } as unknown as pg.Client }, directory);
  return ran.map(({ fileName }) => fileName);
}

function rephrased(text: string): string {
  // The key stays the library's: servers of an earlier version lock it as well.
  return (withinTransaction[text] ?? text)
    .replace(/pg_try_advisory_lock\((-?\d+)\)/, 'pg_try_advisory_xact_lock($1) as pg_try_advisory_lock')
    .replace(/^SELECT pg_advisory_unlock\(-?\d+\)/, 'select 1');
}
