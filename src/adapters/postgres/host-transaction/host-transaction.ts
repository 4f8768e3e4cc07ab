import type { TransactionExecutor, TransactionValue } from '../../../ports/join-transaction.js';
import { sqlState, type Database, type Queryable, type SqlValue, type Statement } from '../database.js';
import { inSchema } from '../schema.js';
import { arrayLiteral } from '../value-parsers.js';
import { hostError, repeatTransaction } from './database-error.js';
import { parseTextRow, withTextRows } from './text-rows.js';

/** A statement that does not only read; also `select … for update`. */
const writes = /\b(?:insert|update|delete)\b/i;

/** The last operation of each executor, which the next one follows. */
const lastOperations = new WeakMap<TransactionExecutor, Promise<unknown>>();

/**
 * The tables within a transaction that an embedding program has begun. An operation that fails leaves the transaction as it
 * was before, because it has a savepoint. Nothing is prepared, batched or set, and no value depends on the parsers of the program.
 */
export function hostTransaction(executor: TransactionExecutor, schema: string): Database {
  const within: Queryable = { query: (statement) => run(executor, statement) };
  const database: Database = {
    schema,
    isHostTransaction: true,
    query: (statement) =>
      inTurn(executor, () =>
        writes.test(statement.text)
          ? atSavepoint(executor, () => within.query<never>(statement))
          : within.query<never>(statement),
      ),
    transaction: (work) => inTurn(executor, () => atSavepoint(executor, () => work(within))),
    migrate: notWithin,
    ping: notWithin,
    connections: () => ({ total: 1, idle: 0, waiting: 0 }),
    close: () => Promise.resolve(),
  };
  return inSchema(database, schema);
}

function notWithin(): Promise<never> {
  return Promise.reject(new TypeError('The transaction of a program runs only statements of the stores.'));
}

/** Savepoints of operations that overlap would be released in the wrong order. */
function inTurn<Result>(executor: TransactionExecutor, operation: () => Promise<Result>): Promise<Result> {
  const result = (lastOperations.get(executor) ?? Promise.resolve()).then(operation, operation);
  lastOperations.set(
    executor,
    result.catch(() => undefined),
  );
  return result;
}

async function atSavepoint<Result>(
  executor: TransactionExecutor,
  operation: () => Promise<Result>,
): Promise<Result> {
  await send(executor, 'savepoint metered_chat');
  try {
    const result = await operation();
    await send(executor, 'release savepoint metered_chat');
    return result;
  } catch (error) {
    await send(executor, 'rollback to savepoint metered_chat');
    await send(executor, 'release savepoint metered_chat');
    if (sqlState(error) === '23505' && !(await seesCommitted(executor))) throw repeatTransaction(error);
    throw error;
  }
}

/** Whether the next statement sees what other transactions have committed meanwhile. */
async function seesCommitted(executor: TransactionExecutor): Promise<boolean> {
  const text = `select current_setting('transaction_isolation') as level`;
  const [row] = await run<{ level: string }>(executor, { text });
  return row?.level.startsWith('read ') === true;
}

async function run<Row>(
  executor: TransactionExecutor,
  { text, values = [] }: Pick<Statement, 'text' | 'values'>,
): Promise<Row[]> {
  const withRows = withTextRows(text);
  const rows = await send(executor, withRows ?? text, values.map(parameterOf));
  return withRows === null ? [] : (rows.map(parseTextRow) as Row[]);
}

async function send(
  executor: TransactionExecutor,
  text: string,
  values: readonly TransactionValue[] = [],
): Promise<readonly unknown[]> {
  try {
    return (await executor.query(text, values)).rows;
  } catch (error) {
    throw hostError(error);
  }
}

function parameterOf(value: SqlValue): TransactionValue {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' && value !== null ? arrayLiteral(value) : value;
}
