import type { Clock } from '../../ports/clock.js';
import type { AttemptResult, LaneReference, WebhookStore } from '../../ports/webhook-store.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';
import type { StoredDelivery, StoredEndpoint, StoredLane } from './webhook-state.js';

const maxQueued = 500;

type LaneOperations = Pick<
  WebhookStore,
  'claimLanes' | 'openLane' | 'eventOf' | 'recordAttempt' | 'releaseLane'
>;

/** What workers do, in memory. */
export function memoryWebhookLanes(state: MemoryState, clock: Pick<Clock, 'now'>): LaneOperations {
  const findLane = ({ endpointId, userId }: LaneReference) => {
    const stored = state.webhookEndpoints.get(endpointId);
    const lane = stored?.lanes.get(userId);
    return stored === undefined || lane === undefined ? null : { stored, lane };
  };
  return {
    claimLanes: ({ worker, limit, leaseMs }) =>
      runAtomically(() => {
        const now = clock.now();
        const due = [...state.webhookEndpoints.values()]
          .filter(({ endpoint }) => endpoint.disabledAt === null)
          .flatMap(({ endpoint, lanes }) =>
            [...lanes].flatMap(([userId, lane]) =>
              isFree(lane, now) ? [{ endpointId: endpoint.id, userId, lane }] : [],
            ),
          );
        due.sort((one, other) => Number(one.lane.dueAt) - Number(other.lane.dueAt));
        return due.slice(0, limit).map(({ lane, ...reference }) => {
          lane.worker = worker;
          lane.leaseUntil = new Date(now.getTime() + leaseMs);
          return reference;
        });
      }),
    openLane: (reference, { worker, leaseMs }) =>
      runAtomically(() => {
        const found = findLane(reference);
        if (found?.lane.worker !== worker) return null;
        const { stored, lane } = found;
        const now = clock.now();
        lane.leaseUntil = new Date(now.getTime() + leaseMs);
        return {
          ...{ now, revision: lane.revision, url: stored.endpoint.url, secret: stored.secret },
          isDisabled: stored.endpoint.disabledAt !== null,
          lastDeliveredAt: lane.deliveredAt,
          queued: queuedOf(stored, reference.userId),
        };
      }),
    eventOf: ({ endpointId, deliveryId }) =>
      runAtomically(() => {
        const event = state.webhookEndpoints.get(endpointId)?.deliveries.get(deliveryId)?.event;
        return event === undefined ? null : copyOf(event);
      }),
    recordAttempt: (reference, { worker, deliveryId, result }) =>
      runAtomically(() => {
        const found = findLane(reference);
        const delivery = found?.stored.deliveries.get(deliveryId);
        if (found === null || delivery === undefined) return false;
        const now = clock.now();
        if (result.outcome === 'delivered') recordDelivered(found, delivery, result, now);
        else if (found.lane.worker === worker && delivery.status === 'queued')
          return recordFailed(found.stored, delivery, result, now);
        return false;
      }),
    releaseLane: (reference, { worker, revision, until }) =>
      runAtomically(() => {
        const lane = findLane(reference)?.lane;
        if (lane?.worker !== worker || lane.revision !== revision) return false;
        Object.assign(lane, { dueAt: until, leaseUntil: null, worker: null });
        return true;
      }),
  };
}

function isFree({ dueAt, leaseUntil }: StoredLane, now: Date): boolean {
  return dueAt !== null && dueAt <= now && (leaseUntil === null || leaseUntil <= now);
}

function queuedOf({ deliveries }: StoredEndpoint, userId: string) {
  return [...deliveries.values()]
    .filter(({ event, status }) => event.userId === userId && status === 'queued')
    .sort((one, other) => one.event.sequence - other.event.sequence)
    .slice(0, maxQueued)
    .flatMap(({ id, event, attempts, nextAttemptAt, firstFailedAt, lastAttemptAt }) =>
      nextAttemptAt === null
        ? []
        : [{ id, sequence: event.sequence, attempts, nextAttemptAt, firstFailedAt, lastAttemptAt }],
    );
}

function recordDelivered(
  { stored, lane }: { stored: StoredEndpoint; lane: StoredLane },
  delivery: Readonly<StoredDelivery>,
  { responseStatus }: Extract<AttemptResult, { outcome: 'delivered' }>,
  now: Date,
): void {
  const delivered = { status: 'delivered', attempts: delivery.attempts + 1, nextAttemptAt: null } as const;
  const seen = { lastAttemptAt: now, responseStatus, error: null };
  stored.deliveries.set(delivery.id, Object.freeze({ ...delivery, ...delivered, ...seen }));
  lane.deliveredAt = now;
  const { userId, sequence } = delivery.event;
  for (const other of stored.deliveries.values()) {
    const isLater = other.event.userId === userId && other.event.sequence > sequence;
    if (!isLater || other.nextAttemptAt === null || other.nextAttemptAt <= now) continue;
    stored.deliveries.set(other.id, Object.freeze({ ...other, nextAttemptAt: now }));
  }
}

/** Returns whether it disabled the endpoint. */
function recordFailed(
  stored: StoredEndpoint,
  delivery: Readonly<StoredDelivery>,
  { responseStatus, error, retryInMs }: Extract<AttemptResult, { outcome: 'failed' }>,
  now: Date,
): boolean {
  const firstFailedAt = delivery.firstFailedAt ?? now;
  const seen = { ...delivery, firstFailedAt, lastAttemptAt: now, responseStatus, error };
  const counted = { ...seen, attempts: delivery.attempts + 1 };
  const store = (changed: StoredDelivery) => stored.deliveries.set(delivery.id, Object.freeze(changed));
  if (retryInMs === undefined) store(seen);
  else if (retryInMs !== null) store({ ...counted, nextAttemptAt: new Date(now.getTime() + retryInMs) });
  else {
    store({ ...counted, status: 'failed', nextAttemptAt: null });
    if (stored.endpoint.disabledAt !== null) return false;
    stored.endpoint = { ...stored.endpoint, disabledAt: now, disabledBy: 'failures' };
    return true;
  }
  return false;
}
