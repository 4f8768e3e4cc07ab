import { maxCredits, type Balance, type Entry } from '../../domain/ledger/entry.js';
import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { Database } from './database.js';
import { readPage } from './read-rows.js';
import { batchStatements } from './batching/batch-statements.js';

const readBalance = `
  select balance,
    (select coalesce(sum(held), 0)::bigint from exchanges where user_id = $1 and hold_state = 'open') as held
  from balances where user_id = $1`;

// Scalar subqueries, so that each account is looked up by its key even without statistics of the tables.
const readBalances = `
  select
    user_id,
    (select balance from balances b where b.user_id = requested.user_id) as balance,
    (select coalesce(sum(held), 0)::bigint from exchanges e
      where e.user_id = requested.user_id and e.hold_state = 'open') as held
  from unnest($1::uuid[]) as requested (user_id)`;

const lockBalance = `select balance from balances where user_id = $1 and closed_at is null for update`;

const findClaimed = `
  select user_id, id, kind, amount, balance_after, exchange_id, reason, created_at
  from entries where user_id = $1 and idempotency_key = $2`;

// Runs with the balance locked: a repetition finds the entry of the first call, and no hold begins or ends meanwhile, so
// that releasing a hold can never overflow.
const post = `
  with moved as (
    update balances set balance = balance + $4
    where user_id = $1
      and balance + $4::bigint >= 0
      and $4::bigint::numeric + balance
        + (select coalesce(sum(held), 0) from exchanges where user_id = $1 and hold_state = 'open') <= $6::bigint
    returning balance
  )
  insert into entries (user_id, id, kind, amount, balance_after, reason, idempotency_key)
  select $1, $2, $3, $4, balance, $5, $7 from moved
  returning user_id, id, kind, amount, balance_after, exchange_id, reason, created_at`;

const entries = `
  select user_id, id, kind, amount, balance_after, exchange_id, reason, created_at
  from entries where user_id = $1 and ($2::uuid is null or id < $2::uuid)
  order by id desc limit $3`;

/** A row of `entries`. */
export interface EntryRow {
  user_id: string;
  id: string;
  kind: Entry['kind'];
  amount: number;
  balance_after: number;
  exchange_id: string | null;
  reason: string | null;
  created_at: Date;
}

export function entryOf(row: EntryRow): Entry {
  return {
    id: row.id,
    userId: row.user_id,
    kind: row.kind,
    amount: row.amount,
    balanceAfter: row.balance_after,
    exchangeId: row.exchange_id,
    reason: row.reason,
    createdAt: row.created_at,
  };
}

/** Balances and entries in PostgreSQL. */
export function postgresCreditLedger(database: Database): CreditLedger {
  const readOne = batchStatements<{ userId: string }, Balance | null>({
    runBatch: (requests) =>
      readBatch(
        database,
        requests.map(({ userId }) => userId),
      ),
    runSingle: async ({ userId }) => {
      const [row] = await database.query<Balance>({
        name: 'read_balance',
        text: readBalance,
        values: [userId],
      });
      return row ?? null;
    },
  });
  return {
    balance: (userId) => readOne({ userId }),
    post: ({ id, userId, kind, amount, reason, idempotencyKey = null }) =>
      database.transaction(async (within) => {
        const [locked] = await within.query<{ balance: number }>({ text: lockBalance, values: [userId] });
        if (locked === undefined) return { outcome: 'no_such_user' };
        const claims = { text: findClaimed, values: [userId, idempotencyKey] };
        const [claimed] = idempotencyKey === null ? [] : await within.query<EntryRow>(claims);
        if (claimed !== undefined) return { outcome: 'key_claimed', entry: entryOf(claimed) };
        const values = [userId, id, kind, amount, reason, maxCredits, idempotencyKey];
        const [row] = await within.query<EntryRow>({ text: post, values });
        return row === undefined
          ? { outcome: 'out_of_range', balance: locked.balance }
          : { outcome: 'posted', entry: entryOf(row) };
      }),
    entries: (userId, page) => readPage(database, { text: entries }, { userId, page, itemOf: entryOf }),
  };
}

async function readBatch(
  database: Database,
  userIds: readonly string[],
): Promise<(Balance | null | undefined)[]> {
  const rows = await database.query<{ user_id: string; balance: number | null; held: number }>({
    name: 'read_balances',
    text: readBalances,
    values: [userIds],
  });
  const byUser = new Map(
    rows.map(({ user_id, balance, held }) => [user_id, balance === null ? null : { balance, held }]),
  );
  return userIds.map((userId) => byUser.get(userId));
}
