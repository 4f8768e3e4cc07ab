import type { EventType } from '../../domain/events/event.js';
import type { QueuedDelivery, WebhookDelivery, WebhookEndpoint } from '../../domain/events/webhook.js';

export const endpointColumns = 'id, url, types, disabled_at, disabled_by, created_at';

/** A row of `webhook_endpoints`. */
export interface EndpointRow {
  id: string;
  url: string;
  types: EventType[];
  disabled_at: Date | null;
  disabled_by: WebhookEndpoint['disabledBy'];
  created_at: Date;
}

export function endpointOf(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    types: row.types,
    disabledAt: row.disabled_at,
    disabledBy: row.disabled_by,
    createdAt: row.created_at,
  };
}

export const deliveryColumns = `
  d.id, e.id as event_id, e.type, d.user_id, d.sequence, d.status, d.attempts, d.next_attempt_at, d.first_failed_at,
  d.last_attempt_at, d.response_status, d.error, d.created_at`;

/** A row of `webhook_deliveries`, with its event. */
export interface DeliveryRow {
  id: string;
  event_id: string;
  type: EventType;
  user_id: string;
  sequence: number;
  status: WebhookDelivery['status'];
  attempts: number;
  next_attempt_at: Date | null;
  last_attempt_at: Date | null;
  response_status: number | null;
  error: string | null;
  created_at: Date;
}

export function deliveryOf(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    eventId: row.event_id,
    type: row.type,
    userId: row.user_id,
    sequence: row.sequence,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    responseStatus: row.response_status,
    error: row.error,
    createdAt: row.created_at,
  };
}

/** A row of `webhook_deliveries` that is queued. */
export interface QueuedRow {
  id: string;
  sequence: number;
  attempts: number;
  next_attempt_at: Date;
  first_failed_at: Date | null;
  last_attempt_at: Date | null;
}

export function queuedOf(row: QueuedRow): QueuedDelivery {
  return {
    id: row.id,
    sequence: row.sequence,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    firstFailedAt: row.first_failed_at,
    lastAttemptAt: row.last_attempt_at,
  };
}
