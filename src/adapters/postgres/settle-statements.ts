import { requiresNoAlert } from './low-balance.js';
import { isReady, makeKeptDue } from './take-credits.js';
import { requestedRows } from './batching/requested-rows.js';
import { isAsSeen, recountEnded } from './cap-counters.js';

/**
 * The condition of a hold that can be settled or renewed. It uses `ended_at` because with `hold_state` the planner may read
 * the small index of all open holds instead of finding one by its key.
 */
export function isOpen(exchanges = 'exchanges'): string {
  return `${exchanges}.ended_at is null and ${exchanges}.hold_deadline > now()`;
}

/** `extra`: how many credits may be taken beyond the hold, at most. `recount`: a further part of the statement. */
interface SettleParts {
  locked: string;
  extra: string;
  condition: string;
  recount: string;
}

const settleWith = ({ locked, extra, condition, recount }: SettleParts) => `
  with locked as (${locked}
  ), ended as (
    update exchanges e
    set status = $9, hold_state = 'captured', ended_at = now(),
      captured = least($3::bigint, e.held + ${extra}),
      taken = least(greatest($3::bigint - e.held, 0), ${extra}),
      uncollected = greatest($3::bigint - e.held - ${extra}, 0),
      units = $5, details = coalesce($6::jsonb, e.details), end_key = $7, end_fingerprint = $8,
      reply = case when e.erased then '' else $10 end,
      tool_calls = case when e.erased then null else $11::jsonb end,
      reply_parts = case when e.erased then null else $19::jsonb end,
      answered_by = $12, finish_reason = $13, failed_models = $20::jsonb,
      stop_sequence = case when e.erased then null else $21 end, usage_input = $14, usage_cached_input = $15, usage_cache_write = $16,
      usage_output = $17, usage_reasoning = $18,
      balance_after = coalesce((select balance from locked), b.balance) + e.held - least($3::bigint, e.held + ${extra})
    from balances b
    where e.user_id = $1 and e.id = $2 and ${isOpen('e')} and b.user_id = $1
      ${condition}
    returning e.held, e.captured, e.uncollected, e.balance_after, e.action, e.units, e.details, e.key_id, e.model,
      e.created_at, e.ended_at, e.captured - e.held as change
  ), moved as (
    update balances set balance = balance - ended.change, ${makeKeptDue()} from ended
    where user_id = $1 and ended.change <> 0
  )${recount}, charged as (
    insert into entries (user_id, id, kind, amount, balance_after, exchange_id, action, units, details)
    select $1, $4::uuid, 'charge', -ended.captured, ended.balance_after, $2, nullif(ended.action, 'chat'), ended.units,
      case when ended.action <> 'chat' then ended.details end from ended
  )
  select balance_after, captured, uncollected from ended`;

/** What a single settlement leaves in the balance. */
const left = 'coalesce((select balance from locked), b.balance) + e.held - $3::bigint';

/**
 * Settles a hold: stores the reply, posts the entry, and returns the rest to the balance or takes the excess from it. Only
 * locks the balance if it changes. Changes nothing if a cap applies, if something is due and credits must be taken, or if the
 * balance may be low afterwards.
 */
export const settle = settleWith({
  locked: `
    select balance from balances
    where user_id = $1 and not has_caps and exists (
      select 1 from exchanges where user_id = $1 and id = $2 and (held > $3 or held < $3 and ${isReady('$22::text')}))
    for update`,
  extra: 'coalesce((select balance from locked), 0)',
  condition: `and not b.has_caps and (e.held = $3 or exists (select 1 from locked))
      and not e.locks_balance and ${requiresNoAlert(left, '$23::bigint', 'b')}`,
  recount: '',
});

/** `settle` for an account with caps, of at most what is held. */
export const settleBelowCaps = settleWith({
  locked: `
    select balance, has_caps, xmin as row_version from balances where user_id = $1 and has_caps for update`,
  extra: '0::bigint',
  condition: `and e.held >= $3 and ${isAsSeen('b')} and ${requiresNoAlert(left, '$22::bigint', 'b')}`,
  recount: `, ${recountEnded}`,
});

/** `settle` for an account that is locked and up to date; takes at most $22 credits beyond the hold. */
export const settleWhenReady = settleWith({
  locked: `
    select balance, has_caps from balances where user_id = $1 for update`,
  extra: '$22::bigint',
  condition: '',
  recount: `, ${recountEnded}`,
});

/**
 * `settle` for one exchange of each of several users. Skips exchanges that are locked or were updated since the statement
 * started, and locked balances if these change. Each row is looked up by its key, and then by its ctid.
 */
export const settleBatch = `
  with requested as materialized (
    ${requestedRows(`
        user_id uuid, id uuid, capture bigint, entry_id uuid, units bigint, details jsonb, end_key text, end_fingerprint text,
        status text, reply text, tool_calls jsonb, reply_parts jsonb, answered_by text, failed_models jsonb, finish_reason text,
        stop_sequence text, usage_input bigint,
        usage_cached_input bigint, usage_cache_write bigint, usage_output bigint, usage_reasoning bigint, rule text,
        low_balance bigint`)}
  ), locked as materialized (
    select r.*, e.held, b.balance
    from requested r
      cross join lateral (
        select held from exchanges where user_id = r.user_id and id = r.id offset 0) e
      left join lateral (
        select balance from balances b
        where b.user_id = r.user_id and e.held <> r.capture and not b.has_caps
          and (e.held > r.capture or ${isReady('r.rule', 'b')})
        for update skip locked) b on true
  ), free as materialized (
    select r.*, e.row_id
    from locked r
      cross join lateral (
        select e.ctid as row_id from exchanges e
        where e.user_id = r.user_id and e.id = r.id and ${isOpen('e')}
          and (r.held = r.capture or r.balance is not null) and not e.locks_balance
        for no key update skip locked) e
  ), ended as (
    update exchanges e
    set status = r.status, hold_state = 'captured', ended_at = now(),
      captured = least(r.capture, e.held + coalesce(r.balance, 0)),
      taken = least(greatest(r.capture - e.held, 0), coalesce(r.balance, 0)),
      uncollected = greatest(r.capture - e.held - coalesce(r.balance, 0), 0),
      units = r.units, details = coalesce(r.details, e.details), end_key = r.end_key,
      end_fingerprint = r.end_fingerprint, reply = case when e.erased then '' else r.reply end,
      tool_calls = case when e.erased then null else r.tool_calls end,
      reply_parts = case when e.erased then null else r.reply_parts end,
      stop_sequence = case when e.erased then null else r.stop_sequence end,
      failed_models = r.failed_models, answered_by = r.answered_by, finish_reason = r.finish_reason, usage_input = r.usage_input,
      usage_cached_input = r.usage_cached_input, usage_cache_write = r.usage_cache_write,
      usage_output = r.usage_output, usage_reasoning = r.usage_reasoning,
      balance_after = coalesce(r.balance, b.balance) + e.held - least(r.capture, e.held + coalesce(r.balance, 0))
    from free r join balances b on b.user_id = r.user_id
    where e.user_id = r.user_id and e.ctid = r.row_id and not b.has_caps
      and ${requiresNoAlert('coalesce(r.balance, b.balance) + e.held - r.capture', 'r.low_balance', 'b')}
    returning e.user_id, e.id, r.entry_id, e.captured, e.uncollected, e.captured - e.held as change, e.balance_after,
      e.action, e.units, e.details, e.ended_at
  ), moved as (
    update balances b set balance = b.balance - ended.change, ${makeKeptDue('b')} from ended
    where b.user_id = ended.user_id and ended.change <> 0
  ), charged as (
    insert into entries (user_id, id, kind, amount, balance_after, exchange_id, action, units, details)
    select user_id, entry_id, 'charge', -captured, balance_after, id, nullif(action, 'chat'), units,
      case when action <> 'chat' then details end
    from ended
  )
  select id as exchange_id, balance_after, captured, uncollected from ended`;
