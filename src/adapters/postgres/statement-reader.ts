import type { EntryKind } from '../../domain/ledger/entry.js';
import { maxStatementConversations, type StatementFacts } from '../../domain/ledger/statement.js';
import type { StatementReader } from '../../ports/statement-reader.js';
import type { Database, Queryable } from './database.js';
import { lotColumns, lotOf, type LotRow } from './lot-rows.js';
import { onlyRow } from './read-rows.js';
import { timeBounds } from './time-bounds.js';

// All statements read the same snapshot.
const oneSnapshot = `set transaction isolation level repeatable read, read only`;

// What the account has now, with its open holds, is the sum of its entries. So the entries before the range are not read.
const total = `
  select (balance + (
    select coalesce(sum(held), 0) from exchanges where user_id = $1 and hold_state = 'open'))::text as total
  from balances where user_id = $1`;

const lines = `
  select e.created_at >= $4::timestamptz as is_later, e.kind,
    case when e.kind = 'charge' then coalesce(e.action, 'chat') end as action,
    case when coalesce(e.action, 'chat') = 'chat' then coalesce(x.answered_by, x.model) end as model,
    sum(e.amount)::text as amount, count(*) as count
  from entries e
    left join exchanges x
      on x.user_id = e.user_id and x.id = e.exchange_id and e.created_at < $4::timestamptz
  where e.user_id = $1 and e.created_at >= $2::timestamptz and e.id >= $3::uuid
  group by 1, 2, 3, 4`;

const conversations = `
  select x.conversation_id, min(c.title) as title, coalesce(x.answered_by, x.model) as model,
    sum(e.amount)::text as amount, count(*) as count
  from entries e
    join exchanges x on x.user_id = e.user_id and x.id = e.exchange_id
    left join conversations c on c.user_id = x.user_id and c.id = x.conversation_id
  where e.user_id = $1 and e.kind = 'charge' and coalesce(e.action, 'chat') = 'chat'
    and e.created_at >= $2::timestamptz and e.id >= $3::uuid and e.created_at < $4::timestamptz
  group by x.conversation_id, coalesce(x.answered_by, x.model)
  order by sum(e.amount), x.conversation_id, coalesce(x.answered_by, x.model)
  limit ${maxStatementConversations}`;

const lots = `select ${lotColumns} from lots where user_id = $1 and created_at < $2::timestamptz`;

const changes = `
  select lot_id, changed_at, left_over from lot_changes where user_id = $1 and changed_at >= $2::timestamptz
  union all
  select l.id, c.changed_at, c.left_over
  from lots l cross join lateral (
    select b.changed_at, b.left_over from lot_changes b
    where b.user_id = l.user_id and b.lot_id = l.id and b.changed_at < $2::timestamptz
    order by b.changed_at desc limit 1
  ) as c
  where l.user_id = $1
  order by changed_at`;

const expiries = `
  select lot_id, created_at, -amount as amount from entries
  where user_id = $1 and kind = 'expiry' and lot_id is not null and created_at >= $2::timestamptz`;

const given = `
  select coalesce(sum(amount), 0)::text as amount, coalesce(min(created_at), now()) as since
  from entries where user_id = $1 and kind <> 'charge' and amount > 0`;

interface LineRow {
  is_later: boolean;
  kind: EntryKind;
  action: string | null;
  model: string | null;
  amount: string;
  count: number;
}

interface ConversationRow {
  conversation_id: string | null;
  title: string | null;
  model: string;
  amount: string;
  count: number;
}

/** Sums of entries in PostgreSQL. */
export function postgresStatementReader(database: Database): StatementReader {
  return {
    read: (userId, range) =>
      database.transaction(async (within) => {
        await within.query({ text: oneSnapshot });
        return readFacts(within, userId, range);
      }),
  };
}

async function readFacts(
  within: Queryable,
  userId: string,
  range: { from: Date; to: Date },
): Promise<StatementFacts | null> {
  const [account] = await within.query<{ total: string }>({ text: total, values: [userId] });
  if (account === undefined) return null;
  const [from = null, lowestId = null, to = null] = timeBounds(range);
  const values = [userId, from, lowestId, to];
  const sums = (await within.query<LineRow>({ text: lines, values })).map(({ amount, ...row }) => ({
    ...row,
    amount: BigInt(amount),
  }));
  const conversationRows = await within.query<ConversationRow>({ text: conversations, values });
  const lotRows = await within.query<LotRow>({ text: lots, values: [userId, to] });
  const since = [userId, from];
  const changeRows = await within.query<{ lot_id: string; changed_at: Date; left_over: number }>({
    text: changes,
    values: since,
  });
  const expiryRows = await within.query<{ lot_id: string; created_at: Date; amount: number }>({
    text: expiries,
    values: since,
  });
  const all = onlyRow(await within.query<{ amount: string; since: Date }>({ text: given, values: [userId] }));
  return {
    opening: sums.reduce((rest, { amount }) => rest - amount, BigInt(account.total)),
    lines: sums
      .filter(({ is_later }) => !is_later)
      .map(({ kind, action, model, amount, count }) => ({ kind, action, model, amount, count })),
    conversations: conversationRows.map(({ conversation_id: conversationId, amount, ...row }) => ({
      ...row,
      conversationId,
      amount: BigInt(amount),
    })),
    lots: lotRows.map(lotOf),
    changes: changeRows.map((row) => ({ lotId: row.lot_id, at: row.changed_at, left: row.left_over })),
    expiries: expiryRows.map((row) => ({ lotId: row.lot_id, at: row.created_at, amount: row.amount })),
    given: { amount: BigInt(all.amount), since: all.since },
  };
}
