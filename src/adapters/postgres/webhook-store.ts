import { pageOf } from '../../domain/page.js';
import type { WebhookStore } from '../../ports/webhook-store.js';
import type { Database } from './database.js';
import { onlyRow } from './read-rows.js';
import { moment } from './row-locks.js';
import {
  deliveryColumns,
  deliveryOf,
  endpointColumns,
  endpointOf,
  type DeliveryRow,
  type EndpointRow,
} from './webhook-rows.js';
import { webhookLanes } from './webhook-lanes.js';

// Creations wait for each other, so that no two of them count the same endpoints.
const lockEndpoints = `lock table webhook_endpoints in share row exclusive mode`;

const create = `
  insert into webhook_endpoints (id, url, types, secret, created_by) values ($1, $2, $3::text[], $4, $5::uuid)
  returning ${endpointColumns}`;

const count = `select count(*) as endpoints from webhook_endpoints`;

const list = `select ${endpointColumns} from webhook_endpoints order by id desc`;

const find = `select ${endpointColumns}, secret from webhook_endpoints where id = $1`;

const change = `
  update webhook_endpoints
  set url = coalesce($2, url), types = coalesce($3::text[], types),
    disabled_at = case when $4::boolean then coalesce(disabled_at, moment.now) when not $4 then null else disabled_at end,
    disabled_by = case when $4::boolean then coalesce(disabled_by, 'administrator') when not $4 then null else disabled_by end
  from ${moment()}
  where id = $1
  returning ${endpointColumns}`;

const requeue = `
  update webhook_deliveries
  set status = 'queued', attempts = 0, next_attempt_at = now(), first_failed_at = null, error = null
  where endpoint_id = $1 and status <> 'delivered'`;

const wakeLanes = `
  update webhook_lanes l set due_at = now(), revision = revision + 1
  where endpoint_id = $1 and exists (
    select 1 from webhook_deliveries d
    where d.endpoint_id = $1 and d.user_id = l.user_id and d.status = 'queued')`;

const remove = `delete from webhook_endpoints where id = $1 returning id`;

const page = `
  select ${deliveryColumns} from webhook_deliveries d join events e on e.user_id = d.user_id and e.sequence = d.sequence
  where d.endpoint_id = $1 and ($2::uuid is null or d.id < $2::uuid)
  order by d.id desc limit $3`;

const replay = `
  update webhook_deliveries d
  set status = 'queued', attempts = 0, next_attempt_at = now(), first_failed_at = null, error = null
  from events e
  where d.endpoint_id = $1 and d.id = $2 and e.user_id = d.user_id and e.sequence = d.sequence
  returning ${deliveryColumns}`;

const wakeLane = `
  insert into webhook_lanes as l (endpoint_id, user_id, due_at)
  select endpoint_id, user_id, now() from webhook_deliveries where endpoint_id = $1 and id = $2
  on conflict (endpoint_id, user_id) do update
    set due_at = least(l.due_at, excluded.due_at), revision = l.revision + 1`;

/** Endpoints and their deliveries in PostgreSQL. */
export function postgresWebhookStore(database: Database): WebhookStore {
  return {
    ...webhookLanes(database),
    create: ({ id, url, types, secret, createdBy, maxEndpoints }) =>
      database.transaction(async (within) => {
        await within.query({ text: lockEndpoints });
        const { endpoints } = onlyRow(await within.query<{ endpoints: number }>({ text: count }));
        if (endpoints >= maxEndpoints) return null;
        const values = [id, url, types, secret, createdBy];
        return endpointOf(onlyRow(await within.query<EndpointRow>({ text: create, values })));
      }),
    async endpoints() {
      return (await database.query<EndpointRow>({ text: list })).map(endpointOf);
    },
    async find(id) {
      const [row] = await database.query<EndpointRow & { secret: string }>({ text: find, values: [id] });
      return row === undefined ? null : { ...endpointOf(row), secret: row.secret };
    },
    change: ({ id, url, types, isDisabled }) =>
      database.transaction(async (within) => {
        // The lanes first, as workers lock them.
        if (isDisabled === false) await within.query({ text: wakeLanes, values: [id] });
        const values = [id, url ?? null, types ?? null, isDisabled ?? null];
        const [row] = await within.query<EndpointRow>({ text: change, values });
        if (row === undefined) return null;
        if (isDisabled === false) {
          await within.query({ text: requeue, values: [id] });
          await within.query({ text: wakeLanes, values: [id] });
        }
        return endpointOf(row);
      }),
    async remove(id) {
      return (await database.query({ text: remove, values: [id] })).length > 0;
    },
    async deliveries(endpointId, { limit, before }) {
      const rows = await database.query<DeliveryRow>({ text: page, values: [endpointId, before, limit + 1] });
      if (rows.length > 0) return pageOf(rows.map(deliveryOf), limit);
      const found = await database.query({ text: find, values: [endpointId] });
      return found.length === 0 ? null : { results: [], next: null };
    },
    replay: ({ endpointId, deliveryId }) =>
      database.transaction(async (within) => {
        const values = [endpointId, deliveryId];
        // The lane first, as workers lock it.
        await within.query({ text: wakeLane, values });
        const [row] = await within.query<DeliveryRow>({ text: replay, values });
        return row === undefined ? null : deliveryOf(row);
      }),
  };
}
