import { grantKinds, maxCredits } from '../../domain/ledger/entry.js';
import type { Counts, Highlights, ModelResults, Statistics } from '../../ports/statistics.js';
import type { Database } from './database.js';
import { timeBounds } from './time-bounds.js';

const within = `
  created_at >= $1::timestamptz and id >= $2::uuid and created_at < $3::timestamptz and id < $4::uuid`;
/** The account of a filter, null for all. */
const of = (column: string, position: number) =>
  `and ($${position}::uuid is null or ${column} = $${position})`;
const day = `to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day`;

const exchanges = `
  select ${day}, coalesce(answered_by, model) as model, count(*) as chats,
    least(coalesce(sum(captured), 0), $5::bigint)::bigint as charged,
    least(sum(uncollected), $5::bigint)::bigint as uncollected,
    count(*) filter (where status = 'failed') as failed,
    count(*) filter (where status = 'cancelled') as cancelled
  from exchanges where ${within} ${of('user_id', 6)} and action = 'chat' group by 1, 2`;

const accounts = `select ${day}, count(*) as created from users where ${within} ${of('id', 5)} group by 1`;

const actions = `
  select ${day}, action, count(*) as charges, least(sum(captured), $5::bigint)::bigint as charged,
    least(sum(uncollected), $5::bigint)::bigint as uncollected
  from exchanges where ${within} ${of('user_id', 6)} and action <> 'chat' and hold_state = 'captured' group by 1, 2`;

const credits = `
  select ${day},
    least(coalesce(sum(amount) filter (where kind <> 'expiry'), 0), $5::bigint)::bigint as granted,
    least(coalesce(-sum(amount) filter (where kind = 'expiry'), 0), $5::bigint)::bigint as expired
  from entries where ${within} ${of('user_id', 6)} and kind in ('${[...grantKinds, 'expiry'].join("', '")}') group by 1`;

const activeByDay = `
  select ${day}, count(distinct user_id) as accounts from exchanges where ${within} ${of('user_id', 5)} group by 1`;

const active = `
  select count(distinct user_id) as accounts from exchanges where ${within} ${of('user_id', 5)}`;

const latencies = `
  select model, count(*) as replies, percentile_disc(0.5) within group (order by ms) as "medianMs",
    percentile_disc(0.95) within group (order by ms) as "slowMs"
  from (
    select coalesce(answered_by, model) as model,
      round(extract(epoch from ended_at - created_at) * 1000)::bigint as ms
    from exchanges where ${within} and action = 'chat' and status = 'completed' and ended_at is not null
  ) as replies group by model`;

const revenue = `
  select ${day}, currency, count(*) as orders, least(sum(price), $5::bigint)::bigint as paid,
    least(sum(refunded), $5::bigint)::bigint as refunded
  from orders where ${within} and paid_at is not null group by 1, 2`;

const topAccounts = `
  select top.user_id as "userId", u.username, top.charges, top.charged
  from (
    select user_id, count(*) as charges, least(sum(captured), $5::bigint)::bigint as charged
    from exchanges where ${within} and captured > 0
    group by user_id order by charged desc, user_id limit 10
  ) as top left join users u on u.id = top.user_id
  order by top.charged desc, top.user_id`;

const isReply = `status in ('completed', 'cancelled') and answered_by is not null`;

const modelResults = `
  with results as (
    select answered_by as model, created_at, true as is_reply from exchanges
    where created_at >= $1::timestamptz and id >= $2::uuid and action = 'chat' and ${isReply}
    union all
    select jsonb_array_elements_text(failed_models), created_at, false from exchanges
    where created_at >= $1::timestamptz and id >= $2::uuid and failed_models is not null
    union all
    select model, created_at, false from exchanges
    where created_at >= $1::timestamptz and id >= $2::uuid and action = 'chat' and failed_models is null and (
      (${isReply} and answered_by <> model)
      or (status = 'failed' and failure in ('provider_failed', 'provider_timeout', 'provider_busy')))
  )
  select model, max(created_at) filter (where is_reply) as "lastSuccessAt",
    count(*) filter (where is_reply and created_at >= $3::timestamptz) as replies,
    count(*) filter (where not is_reply and created_at >= $3::timestamptz) as failures
  from results group by model`;

/** Statistics over all data in PostgreSQL. */
export function postgresStatistics(database: Database): Statistics {
  return {
    async count({ userId, ...range }) {
      const bounds = timeBounds(range);
      const [values, capped] = [
        [...bounds, userId],
        [...bounds, maxCredits, userId],
      ];
      const [total] = await database.query<{ accounts: number }>({ text: active, values });
      return {
        exchanges: await database.query<Counts['exchanges'][number]>({ text: exchanges, values: capped }),
        actions: await database.query<Counts['actions'][number]>({ text: actions, values: capped }),
        accounts: await database.query<Counts['accounts'][number]>({ text: accounts, values }),
        credits: await database.query<Counts['credits'][number]>({ text: credits, values: capped }),
        active: {
          byDay: await database.query<Counts['active']['byDay'][number]>({ text: activeByDay, values }),
          accounts: total?.accounts ?? 0,
        },
      };
    },
    async highlights(range) {
      const values = timeBounds(range);
      const capped = [...values, maxCredits];
      return {
        latencies: await database.query<Highlights['latencies'][number]>({ text: latencies, values }),
        revenue: await database.query<Highlights['revenue'][number]>({ text: revenue, values: capped }),
        topAccounts: await database.query<Highlights['topAccounts'][number]>({
          text: topAccounts,
          values: capped,
        }),
      };
    },
    modelResults({ from, countedFrom }) {
      const [start, lowestId] = timeBounds({ from, to: null });
      const values = [start ?? null, lowestId ?? null, countedFrom.toISOString()];
      return database.query<ModelResults>({ text: modelResults, values });
    },
  };
}
