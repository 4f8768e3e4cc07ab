import type { Allowance } from '../../domain/metering/allowance.js';
import { pageOf } from '../../domain/page.js';
import type { EntryIds } from '../../ports/credit-ledger.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import { expireLotsOf } from './account-lots.js';
import type { Database } from './database.js';
import { lockAccount } from './locked-account.js';
import { lotColumns, lotOf, type LotRow } from './lot-rows.js';

const lotPage = `
  select ${lotColumns} from lots
  where user_id = $1 and ($2::uuid is null or id < $2::uuid) and (left_over > 0 or not $4::boolean)
  order by id desc limit $3`;

const batchSize = 100;

// Accounts that were visited in this run come first, so they are left out by their id.
const accountsToSweep = `
  select distinct user_id from lots
  where left_over > 0 and expires_at <= now() and ($1::uuid is null or user_id > $1::uuid)
  order by user_id limit ${batchSize}`;

const findAllowance = `select amount, every from allowances where user_id = $1`;

const storeAllowance = `
  insert into allowances (user_id, amount, every) values ($1, $2, $3)
  on conflict (user_id) do update set amount = excluded.amount, every = excluded.every`;

const removeAllowance = `delete from allowances where user_id = $1`;

const makeDue = `update balances set due_at = least(due_at, now()) where user_id = $1`;

/** Lots and allowances in PostgreSQL. */
export function postgresLotLedger(database: Database): LotLedger {
  return {
    lots: (userId, { limit, before }, { onlyLeft, ids, ...options }) =>
      database.transaction(async (within) => {
        const account = await lockAccount(within, userId, options);
        if (account === null) return null;
        await expireLotsOf(within, account, () => ids.next());
        const values = [userId, before, limit + 1, onlyLeft];
        const rows = await within.query<LotRow>({ text: lotPage, values });
        return pageOf(rows.map(lotOf), limit);
      }),
    expireLots: async (ids, lowBalance = null) => {
      let swept = 0;
      const failures: unknown[] = [];
      let last: string | null = null;
      for (;;) {
        const statement = { text: accountsToSweep, values: [last] };
        const accounts: { user_id: string }[] = await database.query(statement);
        for (const { user_id } of accounts) {
          try {
            if (await sweep(database, user_id, { ids, lowBalance })) swept += 1;
          } catch (error) {
            // One broken account does not keep the credits of others.
            failures.push(error);
          }
        }
        last = accounts.at(-1)?.user_id ?? null;
        if (accounts.length === batchSize) continue;
        if (failures.length > 0) throw failures[0];
        return swept;
      }
    },
    allowance: async (userId) => {
      const statement = { name: 'read_allowance', text: findAllowance, values: [userId] };
      const [row] = await database.query<Allowance>(statement);
      return row ?? null;
    },
    setAllowance: (userId, allowance) =>
      database.transaction(async (within) => {
        if ((await lockAccount(within, userId)) === null) return false;
        const stored =
          allowance === null
            ? { text: removeAllowance, values: [userId] }
            : { text: storeAllowance, values: [userId, allowance.amount, allowance.every] };
        await within.query(stored);
        await within.query({ text: makeDue, values: [userId] });
        return true;
      }),
  };
}

/** Also the lots of an erased account expire. Returns whether something left. */
function sweep(
  database: Database,
  userId: string,
  { ids, lowBalance }: { ids: EntryIds; lowBalance: number | null },
): Promise<boolean> {
  return database.transaction(async (within) => {
    const account = await lockAccount(within, userId, { alsoClosed: true, lowBalance });
    return account !== null && (await expireLotsOf(within, account, () => ids.next())).hasExpired;
  });
}
