import type { AccountEvent } from '../../domain/events/event.js';
import type { WebhookDelivery, WebhookEndpoint } from '../../domain/events/webhook.js';

/** An event in the outbox. */
export interface StoredEvent {
  event: Readonly<AccountEvent>;
  /** Whether its deliveries were made. */
  isDispatched: boolean;
}

/** A delivery, with its event. It is frozen: a change replaces it. */
export interface StoredDelivery extends Omit<WebhookDelivery, 'eventId' | 'type' | 'userId' | 'sequence'> {
  event: StoredEvent['event'];
  firstFailedAt: Date | null;
}

/** The notifications of an endpoint about one account. */
export interface StoredLane {
  dueAt: Date | null;
  leaseUntil: Date | null;
  worker: string | null;
  revision: number;
  deliveredAt: Date | null;
}

/** An endpoint with its notifications. */
export interface StoredEndpoint {
  endpoint: WebhookEndpoint;
  secret: string;
  /** By id. */
  deliveries: Map<string, Readonly<StoredDelivery>>;
  /** By account. */
  lanes: Map<string, StoredLane>;
}

/** Makes a lane due at a moment at the latest, since something was queued in it. */
export function wakeLane({ lanes }: StoredEndpoint, userId: string, at: Date): void {
  const lane = lanes.get(userId);
  if (lane === undefined) {
    lanes.set(userId, { dueAt: at, leaseUntil: null, worker: null, revision: 0, deliveredAt: null });
    return;
  }
  if (lane.dueAt === null || lane.dueAt > at) lane.dueAt = at;
  lane.revision += 1;
}

/** Queues a delivery again, due at once, with all attempts. */
export function requeue(stored: StoredEndpoint, delivery: Readonly<StoredDelivery>, at: Date): void {
  const queued = { ...delivery, status: 'queued' as const, attempts: 0, nextAttemptAt: at };
  stored.deliveries.set(delivery.id, Object.freeze({ ...queued, firstFailedAt: null, error: null }));
  wakeLane(stored, delivery.event.userId, at);
}

/** Returns a copy of a delivery as administrators see it. */
export function deliveryOf(stored: StoredDelivery): WebhookDelivery {
  const { id, event, status, attempts, nextAttemptAt, lastAttemptAt, responseStatus, error, createdAt } =
    stored;
  const { id: eventId, type, userId, sequence } = event;
  const attempted = { attempts, nextAttemptAt, lastAttemptAt, responseStatus, error };
  return { id, eventId, type, userId, sequence, status, ...attempted, createdAt };
}
