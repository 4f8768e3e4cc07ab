import { pageOf } from '../../domain/page.js';
import type { Clock } from '../../ports/clock.js';
import type { WebhookStore } from '../../ports/webhook-store.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';
import { memoryWebhookLanes } from './webhook-lanes.js';
import { deliveryOf, requeue } from './webhook-state.js';

/** Endpoints and their deliveries in memory. */
export function memoryWebhookStore(state: MemoryState, clock: Pick<Clock, 'now'>): WebhookStore {
  const { webhookEndpoints: endpoints } = state;
  return {
    ...memoryWebhookLanes(state, clock),
    create: ({ id, url, types, secret, maxEndpoints }) =>
      runAtomically(() => {
        if (endpoints.size >= maxEndpoints) return null;
        const enabled = { disabledAt: null, disabledBy: null };
        const endpoint = { id, url, types: [...types], ...enabled, createdAt: clock.now() };
        endpoints.set(id, { endpoint, secret, deliveries: new Map(), lanes: new Map() });
        return copyOf(endpoint);
      }),
    endpoints: () =>
      runAtomically(() =>
        [...endpoints.values()]
          .map(({ endpoint }) => copyOf(endpoint))
          .sort((one, other) => (one.id < other.id ? 1 : -1)),
      ),
    find: (id) =>
      runAtomically(() => {
        const stored = endpoints.get(id);
        return stored === undefined ? null : { ...copyOf(stored.endpoint), secret: stored.secret };
      }),
    change: ({ id, url, types, isDisabled }) =>
      runAtomically(() => {
        const stored = endpoints.get(id);
        if (stored === undefined) return null;
        const { endpoint } = stored;
        const now = clock.now();
        stored.endpoint = { ...endpoint, url: url ?? endpoint.url, types: [...(types ?? endpoint.types)] };
        if (isDisabled === true && endpoint.disabledAt === null) {
          stored.endpoint = { ...stored.endpoint, disabledAt: now, disabledBy: 'administrator' };
        } else if (isDisabled === false) {
          stored.endpoint = { ...stored.endpoint, disabledAt: null, disabledBy: null };
          for (const delivery of stored.deliveries.values())
            if (delivery.status !== 'delivered') requeue(stored, delivery, now);
        }
        return copyOf(stored.endpoint);
      }),
    remove: (id) => runAtomically(() => endpoints.delete(id)),
    deliveries: (endpointId, { limit, before }) =>
      runAtomically(() => {
        const stored = endpoints.get(endpointId);
        if (stored === undefined) return null;
        const found = [...stored.deliveries.values()].filter(({ id }) => before === null || id < before);
        found.sort((one, other) => (one.id < other.id ? 1 : -1));
        return pageOf(found.slice(0, limit + 1).map(deliveryOf), limit);
      }),
    replay: ({ endpointId, deliveryId }) =>
      runAtomically(() => {
        const stored = endpoints.get(endpointId);
        const delivery = stored?.deliveries.get(deliveryId);
        if (stored === undefined || delivery === undefined) return null;
        requeue(stored, delivery, clock.now());
        const queued = stored.deliveries.get(deliveryId);
        return queued === undefined ? null : deliveryOf(queued);
      }),
  };
}
