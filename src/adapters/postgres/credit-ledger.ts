import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import type { Balance } from '../../domain/ledger/entry.js';
import { hasExpired, lotOfEntry } from '../../domain/metering/lot.js';
import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { CreditLedger, EntryIds, PostEntryOutcome } from '../../ports/credit-ledger.js';
import { addLot, bringLotsUpToDate, expireLotsOf, payDebt, takeFromAccountLots } from './account-lots.js';
import type { Database, Queryable } from './database.js';
import { entryOf, insertEntry, type EntryRow } from './entry-rows.js';
import { lockAccount } from './locked-account.js';
import { findLot } from './lot-rows.js';
import { alertIfLow } from './low-balance.js';
import { readPage } from './read-rows.js';
import { isDueBy } from './explain-rejection.js';
import { batchStatements } from './batching/batch-statements.js';

const readBalance = `
  select balance,
    (select coalesce(sum(held), 0)::bigint from exchanges where user_id = $1 and hold_state = 'open') as held,
    closed_at is null and (${isDueBy('$2::text')}) as is_due
  from balances where user_id = $1`;

// Scalar subqueries, so that each account is looked up by its key even without statistics of the tables; one for two values,
// so that it is looked up once.
const readBalances = `
  select
    user_id,
    (select array[balance, (closed_at is null and (${isDueBy('$2::text')}))::int] from balances b
      where b.user_id = requested.user_id) as balance_and_due,
    (select coalesce(sum(held), 0)::bigint from exchanges e
      where e.user_id = requested.user_id and e.hold_state = 'open') as held
  from unnest($1::uuid[]) as requested (user_id)`;

const findClaimed = `
  select user_id, id, kind, amount, balance_after, exchange_id, reason, action, units, details, created_at,
    lot_id
  from entries where user_id = $1 and idempotency_key = $2`;

const entries = `
  select user_id, id, kind, amount, balance_after, exchange_id, reason, action, units, details, created_at
  from entries where user_id = $1 and ($2::uuid is null or id < $2::uuid)
  order by id desc limit $3`;

/** Balances and entries in PostgreSQL. */
export function postgresCreditLedger(database: Database): CreditLedger {
  const readOne = batchStatements<BalanceRequest, Balance | null>(database, {
    runBatch: (requests) => readBatch(database, requests),
    runSingle: (request) => readSingle(database, request),
  });
  return {
    balance: (userId, due = null) => readOne({ userId, due }),
    post: (entry) => database.transaction((within) => postEntry(within, entry)),
    entries: (userId, page) => readPage(database, { text: entries }, { userId, page, itemOf: entryOf }),
  };
}

/** Posts an entry within a transaction, as `CreditLedger.post` does. */
export async function postEntry(
  within: Queryable,
  { id, userId, kind, amount, reason, ...options }: Parameters<CreditLedger['post']>[0],
): Promise<PostEntryOutcome> {
  const { idempotencyKey = null, lot = null, lotId = null, debtEntryId = null } = options;
  const locked = await lockAccount(within, userId, options);
  if (locked === null) return { outcome: 'no_such_user' };
  const claims = { text: findClaimed, values: [userId, idempotencyKey] };
  const [claimed] =
    idempotencyKey === null ? [] : await within.query<EntryRow & { lot_id: string | null }>(claims);
  if (claimed !== undefined) {
    return {
      outcome: 'key_claimed',
      entry: entryOf(claimed),
      lot: await findLot(within, userId, claimed.id),
      lotId: claimed.lot_id,
    };
  }
  const hasLots = locked.lotsTotal !== null || amount > 0 || lotId !== null;
  const updated = hasLots ? await expireLotsOf(within, locked, entryIdsBefore(id)) : null;
  if (lotId !== null && (await findLot(within, userId, lotId)) === null) return { outcome: 'no_such_lot' };
  const now = updated?.now ?? locked.now;
  if (hasExpired({ expiresAt: lot?.expiresAt ?? null }, now)) return { outcome: 'already_expired' };
  const account = updated?.account ?? locked;
  const posted = { id, kind, amount, reason, idempotencyKey, lotId };
  const entry = await insertEntry(within, account, posted);
  if (entry === null) return { outcome: 'out_of_range', balance: account.balance };
  const after = { ...account, balance: entry.balanceAfter };
  if (amount > 0) {
    const added = lotOfEntry(entry, lot);
    const withLot = { account: await addLot(within, after, added), lots: [added], now };
    if (debtEntryId !== null) await payDebt(within, withLot, { id: debtEntryId, lotId: id, reason });
  }
  if (amount < 0 && updated !== null) {
    await takeFromAccountLots(within, { ...updated, account: after }, { amount: -amount, lotId });
  } else if (amount < 0) await alertIfLow(within, after, -amount);
  return { outcome: 'posted', entry };
}

/** A balance to read; with `due`, whatever is due by its rules is done before. */
interface BalanceRequest {
  userId: string;
  due: { rules: WalletRules; ids: EntryIds } | null;
}

type BalanceRow = Balance & { is_due: boolean };

async function readSingle(database: Database, { userId, due }: BalanceRequest): Promise<Balance | null> {
  const rule = due && allowanceRule(due.rules);
  const statement = { name: 'read_balance', text: readBalance, values: [userId, rule] };
  const [row] = await database.query<BalanceRow>(statement);
  if (row === undefined) return null;
  if (due === null || !row.is_due) return { balance: row.balance, held: row.held };
  await database.transaction(async (within) => {
    const account = await lockAccount(within, userId, due.rules);
    if (account !== null) await bringLotsUpToDate(within, account, due.rules, () => due.ids.next());
  });
  return readSingle(database, { userId, due: null });
}

/** Leaves out the accounts for which something is due, and requests by another rule than the first one. */
async function readBatch(
  database: Database,
  requests: readonly BalanceRequest[],
): Promise<(Balance | null | undefined)[]> {
  const ruleOf = ({ due }: BalanceRequest) => due && allowanceRule(due.rules);
  const first = requests.find(({ due }) => due !== null);
  const rule = first === undefined ? null : ruleOf(first);
  const rows = await database.query<{
    user_id: string;
    balance_and_due: [balance: number, due: number] | null;
    held: number;
  }>({
    name: 'read_balances',
    text: readBalances,
    values: [requests.map(({ userId }) => userId), rule],
  });
  const byUser = new Map(rows.map((row) => [row.user_id, row]));
  return requests.map((request) => {
    const row = byUser.get(request.userId);
    if (row === undefined) return undefined;
    if (row.balance_and_due === null) return null;
    const [balance, due] = row.balance_and_due;
    const mayBeDue = request.due !== null && (due === 1 || ruleOf(request) !== rule);
    return mayBeDue ? undefined : { balance, held: row.held };
  });
}
