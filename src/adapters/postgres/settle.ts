import type { HoldLedger, SettleOutcome } from '../../ports/hold-ledger.js';
import { violatedConstraint, type Database } from './database.js';
import { batchStatements } from './batching/batch-statements.js';

/** Settles a hold: stores the reply, posts the entry, and returns the rest to the balance. */
export const settle = `
  with locked as (
    select balance from balances
    where user_id = $1 and exists (select 1 from exchanges where user_id = $1 and id = $2 and held > $3)
    for update
  ), ended as (
    update exchanges e
    set status = $4, usage_input = $6, usage_cached_input = $12, usage_cache_write = $13, usage_output = $7,
      usage_reasoning = $14, hold_state = 'captured', captured = $3,
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
 * `settle` for one exchange of each of several users. Skips exchanges that are locked or were updated since the statement
 * started, and locked balances if credits must be returned. Each row is looked up by its key, and then by its ctid. The
 * limit lets the planner expect few rows: the embedded tables are never analysed.
 */
const settleBatchSql = `
  with requested as materialized (
    select * from json_to_recordset($1) as requested (
      user_id uuid, id uuid, capture bigint, status text, reply text, usage_input bigint, usage_cached_input bigint,
      usage_cache_write bigint, usage_output bigint, usage_reasoning bigint, entry_id uuid, tool_calls jsonb, answered_by text, finish_reason text)
    limit json_array_length($1)
  ), locked as materialized (
    select b.user_id, b.balance
    from requested r
      cross join lateral (
        select 1 from exchanges e where e.user_id = r.user_id and e.id = r.id and e.held > r.capture offset 0) e
      cross join lateral (select * from balances b where b.user_id = r.user_id for update skip locked) b
  ), free as materialized (
    select r.user_id, l.balance, e.row_id
    from requested r left join locked l on l.user_id = r.user_id
      cross join lateral (
        select e.ctid as row_id from exchanges e
        where e.user_id = r.user_id and e.id = r.id and e.hold_state = 'open' and e.hold_deadline > now()
          and (e.held <= r.capture or l.user_id is not null)
        for no key update skip locked) e
  ), ended as (
    update exchanges e
    set status = r.status, usage_input = r.usage_input, usage_cached_input = r.usage_cached_input,
      usage_cache_write = r.usage_cache_write, usage_output = r.usage_output, usage_reasoning = r.usage_reasoning,
      hold_state = 'captured', captured = r.capture, reply = case when e.erased then '' else r.reply end,
      tool_calls = case when e.erased then null else r.tool_calls end,
      answered_by = r.answered_by, finish_reason = r.finish_reason,
      balance_after = coalesce(f.balance, b.balance) + e.held - r.capture, ended_at = now()
    from requested r join free f on f.user_id = r.user_id join balances b on b.user_id = r.user_id
    where e.user_id = r.user_id and e.ctid = f.row_id
    returning e.user_id, e.id, e.held - r.capture as rest, e.balance_after
  ), refunded as (
    update balances b set balance = b.balance + ended.rest from ended where b.user_id = ended.user_id and ended.rest > 0
  )
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id)
  select r.user_id, r.entry_id, 'charge', -r.capture, ended.balance_after, r.id
  from requested r join ended on ended.user_id = r.user_id
  returning exchange_id, balance_after`;

type Settlement = Parameters<HoldLedger['settle']>[0];

/** Creates `settle`. */
export function createSettle(database: Database): (settlement: Settlement) => Promise<SettleOutcome> {
  const settleOne = batchStatements<Settlement & { userId: string }, SettleOutcome>({
    runBatch: (settlements) => settleBatch(database, settlements),
    runSingle: (settlement) => settleSingle(database, settlement),
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
    name: 'settle_batch',
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
  ...settlement
}: Settlement) {
  return {
    user_id: exchange.userId,
    id: exchange.exchangeId,
    capture: settlement.capture,
    status: settlement.status,
    reply: settlement.reply,
    usage_input: usage?.input ?? null,
    usage_cached_input: usage?.cachedInput ?? null,
    usage_cache_write: usage?.cacheWrite ?? null,
    usage_output: usage?.output ?? null,
    usage_reasoning: usage?.reasoning ?? null,
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
      mayWaitForLock: true,
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
        usage?.cachedInput ?? null,
        usage?.cacheWrite ?? null,
        usage?.reasoning ?? null,
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

/** Called only if a hold could not be settled. */
async function isErased(database: Database, userId: string): Promise<boolean> {
  const rows = await database.query({
    text: 'select user_id from balances where user_id = $1 and closed_at is not null',
    values: [userId],
  });
  return rows.length > 0;
}

function captureOutOfBounds(cause?: unknown): TypeError {
  return new TypeError('The captured amount must be from 0 to the amount held.', { cause });
}
