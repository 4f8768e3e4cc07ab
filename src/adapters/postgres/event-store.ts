import type { AccountEvent } from '../../domain/events/event.js';
import type { EventCounts, EventStore } from '../../ports/event-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Database, Queryable } from './database.js';
import { eventColumns, eventOf, type EventRow } from './event-rows.js';
import { onlyRow } from './read-rows.js';
import { skipLocked } from './row-locks.js';

const readEvents = `
  select ${eventColumns} from events where user_id = $1 and sequence > $2 order by sequence limit $3`;

// Never a later event of an account while an earlier one waits: another worker may be about to dispatch that.
const takeEvents = (skip: string) => `
  update events set dispatched_at = now()
  where (user_id, sequence) in (
    select e.user_id, e.sequence from events e
    where e.dispatched_at is null and not exists (
      select 1 from events earlier
      where earlier.user_id = e.user_id and earlier.sequence < e.sequence and earlier.dispatched_at is null)
    order by e.created_at limit $1 ${skip})
    and dispatched_at is null
  returning ${eventColumns}`;

const findEndpoints = `select id, types from webhook_endpoints for key share`;

const insertDeliveries = `
  with created as (
    insert into webhook_deliveries (endpoint_id, id, user_id, sequence, next_attempt_at)
    select d.endpoint, d.id, d."user", d.sequence, now()
    from json_to_recordset($1::json) as d (endpoint uuid, id uuid, "user" uuid, sequence bigint)
    on conflict do nothing
    returning endpoint_id, user_id
  )
  insert into webhook_lanes as l (endpoint_id, user_id, due_at)
  select endpoint_id, user_id, now() from created order by 1, 2
  on conflict (endpoint_id, user_id) do update
    set due_at = least(l.due_at, excluded.due_at), revision = l.revision + 1`;

const deleteQueued = `
  delete from webhook_deliveries d using webhook_endpoints w
  where w.id = d.endpoint_id and w.disabled_at is not null and d.status <> 'delivered'
    and d.created_at <= now() - $1::bigint * interval '1 millisecond'`;

const deleteEvents = `
  delete from events
  where created_at <= now() - $1::bigint * interval '1 millisecond' and dispatched_at is not null
  returning id`;

const deleteEmptyLanes = `
  delete from webhook_lanes l
  where l.due_at is null and l.lease_until is null and not exists (
    select 1 from webhook_deliveries d where d.endpoint_id = l.endpoint_id and d.user_id = l.user_id)`;

const deletePassedCaps = `delete from reached_caps where window_end <= now()`;

const countWaiting = `
  select (select count(*) from events where dispatched_at is null) as undispatched,
    (select count(*) from webhook_deliveries where status = 'queued') as queued,
    (select count(*) from webhook_deliveries where status = 'failed') as failed`;

/** The outbox in PostgreSQL. */
export function postgresEventStore(database: Database): EventStore {
  return {
    async events(userId, { after, limit }) {
      const rows = await database.query<EventRow>({ text: readEvents, values: [userId, after, limit] });
      return rows.map(eventOf);
    },
    dispatch: ({ limit, ids }) =>
      database.transaction(async (within) => {
        const rows = await within.query<EventRow>({
          text: takeEvents(skipLocked(database)),
          values: [limit],
        });
        if (rows.length > 0) await createDeliveries(within, rows, ids);
        return rows.map(eventOf).sort(byMoment);
      }),
    async purge({ eventsMs, queuedMs }) {
      await database.query({ text: deleteQueued, values: [queuedMs] });
      const deleted = await database.query({ text: deleteEvents, values: [eventsMs] });
      await database.query({ text: deleteEmptyLanes });
      await database.query({ text: deletePassedCaps });
      return deleted.length;
    },
    async counts() {
      return onlyRow(await database.query<EventCounts>({ text: countWaiting }));
    },
  };
}

async function createDeliveries(
  within: Queryable,
  rows: readonly EventRow[],
  ids: Pick<Ids, 'next'>,
): Promise<void> {
  const endpoints = await within.query<{ id: string; types: string[] }>({ text: findEndpoints });
  const deliveries = rows.flatMap(({ user_id: user, sequence, type }) =>
    endpoints
      .filter(({ types }) => types.includes(type))
      .map(({ id: endpoint }) => ({ endpoint, id: ids.next(), user, sequence })),
  );
  if (deliveries.length === 0) return;
  await within.query({ text: insertDeliveries, values: [JSON.stringify(deliveries)] });
}

function byMoment(one: AccountEvent, other: AccountEvent): number {
  return one.createdAt.getTime() - other.createdAt.getTime();
}
