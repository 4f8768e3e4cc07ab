import type { ChatLedger, SettleOutcome } from '../../ports/chat-ledger.js';
import { violatedConstraint, type Database } from './database.js';
import { batchStatements } from './batching/batch-statements.js';

/** The end of a hold by a charge: the reply, the entry, and the rest given back. */
export const settle = `
  with locked as (
    select balance from balances
    where user_id = $1 and exists (select 1 from exchanges where user_id = $1 and id = $2 and held > $3)
    for update
  ), ended as (
    update exchanges e
    set status = $4, usage_input = $6, usage_output = $7, hold_state = 'captured', captured = $3,
      reply = case when e.erased then '' else $5 end,
      tool_calls = case when e.erased then null else $9::text::jsonb end,
      answered_by = $10, finish_reason = $11,
      balance_after = coalesce((select balance from locked), b.balance) + e.held - $3, ended_at = now()
    from balances b
    where e.user_id = $1 and e.id = $2 and e.hold_state = 'open' and e.hold_deadline > now() and b.user_id = $1
    returning e.held, e.balance_after
  ), refunded as (
    update balances set balance = balance + ended.held - $3 from ended where user_id = $1 and ended.held > $3
  )
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select $1, $8::uuid, 'charge', -$3::bigint, ended.balance_after, $2 from ended
  returning balance_after`;

/**
 * As `settle`, for one exchange of each of several users at once. Passes over an exchange that somebody else is at, and
 * over whoever's balance somebody is at, if there is something to give back. A row that moved since the
 * statement began is passed over, too. Each is looked up by its key, and then by its place; the limit tells the planner
 * how few they are, for nobody analyses the embedded tables.
 */
const settleBatchSql = `
  with asked as materialized (
    select * from json_to_recordset($1) as asked (
      user_id uuid, id uuid, capture bigint, status text, reply text, usage_input bigint, usage_output bigint,
      entry_id uuid, tool_calls jsonb, answered_by text, finish_reason text)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id, b.balance
    from asked a
      cross join lateral (
        select 1 from exchanges e where e.user_id = a.user_id and e.id = a.id and e.held > a.capture offset 0) e
      cross join lateral (select * from balances b where b.user_id = a.user_id for update skip locked) b
  ), free as materialized (
    select a.user_id, l.balance, e.place
    from asked a left join locked l on l.user_id = a.user_id
      cross join lateral (
        select e.ctid as place from exchanges e
        where e.user_id = a.user_id and e.id = a.id and e.hold_state = 'open' and e.hold_deadline > now()
          and (e.held <= a.capture or l.user_id is not null)
        for no key update skip locked) e
  ), ended as (
    update exchanges e
    set status = a.status, usage_input = a.usage_input, usage_output = a.usage_output, hold_state = 'captured',
      captured = a.capture, reply = case when e.erased then '' else a.reply end,
      tool_calls = case when e.erased then null else a.tool_calls end,
      answered_by = a.answered_by, finish_reason = a.finish_reason,
      balance_after = coalesce(f.balance, b.balance) + e.held - a.capture, ended_at = now()
    from asked a join free f on f.user_id = a.user_id join balances b on b.user_id = a.user_id
    where e.user_id = a.user_id and e.ctid = f.place
    returning e.user_id, e.id, e.held - a.capture as rest, e.balance_after
  ), refunded as (
    update balances b set balance = b.balance + ended.rest from ended where b.user_id = ended.user_id and ended.rest > 0
  )
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select a.user_id, a.entry_id, 'charge', -a.capture, ended.balance_after, a.id
  from asked a join ended on ended.user_id = a.user_id
  returning exchange_id, balance_after`;

type Settlement = Parameters<ChatLedger['settle']>[0];

/** Ends holds by charges, for several at once. */
export function createSettle(database: Database): (settlement: Settlement) => Promise<SettleOutcome> {
  const settleOne = batchStatements<Settlement & { userId: string }, SettleOutcome>({
    together: (settlements) => settleBatch(database, settlements),
    alone: (settlement) => settleSingle(database, settlement),
  });
  return (settlement) => {
    const { capture, exchange } = settlement;
    return Number.isSafeInteger(capture) && capture >= 0
      ? settleOne({ ...settlement, userId: exchange.userId })
      : Promise.reject(captureOutOfBounds());
  };
}

async function settleBatch(
  database: Database,
  settlements: readonly Settlement[],
): Promise<(SettleOutcome | undefined)[]> {
  const rows = await database.query<{ exchange_id: string; balance_after: number }>({
    name: 'settle_together',
    text: settleBatchSql,
    values: [JSON.stringify(settlements.map(settlementRow))],
  });
  const balances = new Map(rows.map((row) => [row.exchange_id, row.balance_after]));
  return settlements.map(({ exchange }) => {
    const balance = balances.get(exchange.exchangeId);
    return balance === undefined ? undefined : { outcome: 'settled', balance };
  });
}

function settlementRow({
  exchange,
  entryId,
  usage,
  toolCalls,
  repliedBy,
  finishReason,
  ...kept
}: Settlement) {
  return {
    user_id: exchange.userId,
    id: exchange.exchangeId,
    capture: kept.capture,
    status: kept.status,
    reply: kept.reply,
    usage_input: usage?.input ?? null,
    usage_output: usage?.output ?? null,
    entry_id: entryId,
    tool_calls: toolCalls,
    answered_by: repliedBy,
    finish_reason: finishReason,
  };
}

async function settleSingle(
  database: Database,
  { exchange, entryId, status, capture, reply, usage, ...reported }: Settlement,
): Promise<SettleOutcome> {
  try {
    const [row] = await database.query<{ balance_after: number }>({
      name: 'settle',
      mayWait: true,
      text: settle,
      values: [
        exchange.userId,
        exchange.exchangeId,
        capture,
        status,
        reply,
        usage?.input ?? null,
        usage?.output ?? null,
        entryId,
        reported.toolCalls === null ? null : JSON.stringify(reported.toolCalls),
        reported.repliedBy,
        reported.finishReason,
      ],
    });
    return row === undefined
      ? { outcome: (await isErased(database, exchange.userId)) ? 'account_erased' : 'already_final' }
      : { outcome: 'settled', balance: row.balance_after };
  } catch (error) {
    if (violatedConstraint(error) !== 'exchanges_capture_within_hold') throw error;
    throw captureOutOfBounds(error);
  }
}

/** Looked up only for what could not be settled. */
async function isErased(database: Database, userId: string): Promise<boolean> {
  const rows = await database.query({
    text: 'select user_id from balances where user_id = $1 and closed_at is not null',
    values: [userId],
  });
  return rows.length > 0;
}

function captureOutOfBounds(cause?: unknown): TypeError {
  return new TypeError('A capture is between 0 and what is held.', { cause });
}
