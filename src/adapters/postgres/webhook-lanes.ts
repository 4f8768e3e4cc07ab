import type { AttemptResult, LaneReference, WebhookStore } from '../../ports/webhook-store.js';
import type { Database, Queryable } from './database.js';
import { eventColumns, eventOf, type EventRow } from './event-rows.js';
import { moment, skipLocked } from './row-locks.js';
import { queuedOf, type QueuedRow } from './webhook-rows.js';

const claim = (skip: string) => `
  update webhook_lanes l
  set worker = $1, lease_until = moment.later
  from ${moment('$3')}
  where (l.endpoint_id, l.user_id) in (
    select c.endpoint_id, c.user_id from webhook_lanes c join webhook_endpoints w on w.id = c.endpoint_id
    where c.due_at <= now() and (c.lease_until is null or c.lease_until <= now()) and w.disabled_at is null
    order by c.due_at limit $2 ${skip})
    and (l.lease_until is null or l.lease_until <= now())
  returning l.endpoint_id, l.user_id`;

const open = `
  update webhook_lanes l
  set lease_until = moment.later
  from webhook_endpoints w, ${moment('$4')}
  where l.endpoint_id = $1 and l.user_id = $2 and l.worker = $3 and w.id = l.endpoint_id
  returning moment.now, l.revision, l.delivered_at, w.url, w.secret, w.disabled_at is not null as is_disabled`;

const maxQueued = 500;

const queued = `
  select id, sequence, attempts, next_attempt_at, first_failed_at, last_attempt_at from webhook_deliveries
  where endpoint_id = $1 and user_id = $2 and status = 'queued' order by sequence limit ${maxQueued}`;

const eventOfDelivery = `
  select ${eventColumns.replaceAll(/(\w+)/g, 'e.$1')} from webhook_deliveries d
  join events e on e.user_id = d.user_id and e.sequence = d.sequence
  where d.endpoint_id = $1 and d.id = $2`;

const lockLane = `
  select worker from webhook_lanes where endpoint_id = $1 and user_id = $2 for update`;

const markDelivered = `
  update webhook_deliveries
  set status = 'delivered', attempts = attempts + 1, next_attempt_at = null, last_attempt_at = moment.now,
    response_status = $3, error = null
  from ${moment()}
  where endpoint_id = $1 and id = $2
  returning user_id, sequence`;

const markLane = `
  update webhook_lanes set delivered_at = moment.now from ${moment()} where endpoint_id = $1 and user_id = $2`;

const hastenLater = `
  update webhook_deliveries set next_attempt_at = moment.now from ${moment()}
  where endpoint_id = $1 and user_id = $2 and status = 'queued' and sequence > $3 and next_attempt_at > moment.now`;

const markFailed = `
  update webhook_deliveries
  set last_attempt_at = moment.now, first_failed_at = coalesce(first_failed_at, moment.now),
    response_status = $3, error = $4, attempts = attempts + case when $5::boolean then 0 else 1 end,
    status = case when $5 or $6::bigint is not null then status else 'failed' end,
    next_attempt_at = case when $5 then next_attempt_at else moment.later end
  from ${moment('$6')}
  where endpoint_id = $1 and id = $2 and status = 'queued'`;

const disable = `
  update webhook_endpoints set disabled_at = now(), disabled_by = 'failures' where id = $1 and disabled_at is null
  returning id`;

const release = `
  update webhook_lanes set due_at = $5::timestamptz, lease_until = null, worker = null
  where endpoint_id = $1 and user_id = $2 and worker = $3 and revision = $4
  returning user_id`;

interface OpenRow {
  now: Date;
  revision: number;
  delivered_at: Date | null;
  url: string;
  secret: string;
  is_disabled: boolean;
}

type LaneOperations = Pick<
  WebhookStore,
  'claimLanes' | 'openLane' | 'eventOf' | 'recordAttempt' | 'releaseLane'
>;

/** What workers do, in PostgreSQL. A lane is locked before its deliveries. */
export function webhookLanes(database: Database): LaneOperations {
  return {
    async claimLanes({ worker, limit, leaseMs }) {
      const values = [worker, limit, leaseMs];
      const rows = await database.query<{ endpoint_id: string; user_id: string }>({
        text: claim(skipLocked(database, 'c')),
        values,
      });
      return rows.map(({ endpoint_id: endpointId, user_id: userId }) => ({ endpointId, userId }));
    },
    async openLane({ endpointId, userId }, { worker, leaseMs }) {
      const [row] = await database.query<OpenRow>({
        text: open,
        values: [endpointId, userId, worker, leaseMs],
      });
      if (row === undefined) return null;
      const rows = await database.query<QueuedRow>({ text: queued, values: [endpointId, userId] });
      const { now, revision, url, secret } = row;
      const state = { isDisabled: row.is_disabled, lastDeliveredAt: row.delivered_at };
      return { now, revision, url, secret, ...state, queued: rows.map(queuedOf) };
    },
    async eventOf({ endpointId, deliveryId }) {
      const [row] = await database.query<EventRow>({
        text: eventOfDelivery,
        values: [endpointId, deliveryId],
      });
      return row === undefined ? null : eventOf(row);
    },
    recordAttempt: (lane, { worker, deliveryId, result }) =>
      database.transaction(async (within) => {
        const { endpointId, userId } = lane;
        const values = [endpointId, userId];
        const [locked] = await within.query<{ worker: string | null }>({ text: lockLane, values });
        if (result.outcome === 'failed' && locked?.worker !== worker) return false;
        return recordWithin(within, lane, deliveryId, result);
      }),
    async releaseLane({ endpointId, userId }, { worker, revision, until }) {
      const values = [endpointId, userId, worker, revision, until?.toISOString() ?? null];
      return (await database.query({ text: release, values })).length > 0;
    },
  };
}

async function recordWithin(
  within: Queryable,
  { endpointId, userId }: LaneReference,
  deliveryId: string,
  result: AttemptResult,
): Promise<boolean> {
  const { responseStatus } = result;
  if (result.outcome === 'delivered') {
    const values = [endpointId, deliveryId, responseStatus];
    const [row] = await within.query<{ sequence: number }>({ text: markDelivered, values });
    if (row === undefined) return false;
    await within.query({ text: markLane, values: [endpointId, userId] });
    await within.query({ text: hastenLater, values: [endpointId, userId, row.sequence] });
    return false;
  }
  const { error, retryInMs } = result;
  const values = [endpointId, deliveryId, responseStatus, error, retryInMs === undefined, retryInMs ?? null];
  await within.query({ text: markFailed, values });
  if (retryInMs !== null) return false;
  return (await within.query({ text: disable, values: [endpointId] })).length > 0;
}
