import type { AccountEvent } from '../../domain/events/event.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore } from '../../ports/event-store.js';
import type { Ids } from '../../ports/ids.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';
import { wakeLane } from './webhook-state.js';

/** The outbox in memory. */
export function memoryEventStore(state: MemoryState, clock: Pick<Clock, 'now'>): EventStore {
  return {
    events: (userId, { after, limit }) =>
      runAtomically(() =>
        state.events
          .filter(({ event }) => event.userId === userId && event.sequence > after)
          .slice(0, limit)
          .map(({ event }) => copyOf<AccountEvent>(event)),
      ),
    dispatch: ({ limit, ids }) => runAtomically(() => dispatch(state, clock.now(), { limit, ids })),
    purge: ({ eventsMs, queuedMs }) =>
      runAtomically(() => {
        const nowMs = clock.now().getTime();
        const isOld = ({ createdAt }: { createdAt: Date }, ms: number) => createdAt.getTime() <= nowMs - ms;
        for (const { endpoint, deliveries } of state.webhookEndpoints.values()) {
          for (const delivery of deliveries.values()) {
            const isUseless = endpoint.disabledAt !== null && delivery.status !== 'delivered';
            if (isOld(delivery.event, eventsMs) || (isUseless && isOld(delivery, queuedMs)))
              deliveries.delete(delivery.id);
          }
        }
        const kept = state.events.filter(
          ({ event, isDispatched }) => !isDispatched || !isOld(event, eventsMs),
        );
        return state.events.splice(0, state.events.length, ...kept).length - kept.length;
      }),
    counts: () =>
      runAtomically(() => {
        const deliveries = [...state.webhookEndpoints.values()].flatMap((stored) => [
          ...stored.deliveries.values(),
        ]);
        return {
          undispatched: state.events.filter(({ isDispatched }) => !isDispatched).length,
          queued: deliveries.filter(({ status }) => status === 'queued').length,
          failed: deliveries.filter(({ status }) => status === 'failed').length,
        };
      }),
  };
}

function dispatch(
  state: MemoryState,
  now: Date,
  { limit, ids }: { limit: number; ids: Pick<Ids, 'next'> },
): AccountEvent[] {
  const accounts = new Set<string>();
  const due = state.events.filter(({ event, isDispatched }) => {
    if (isDispatched || accounts.has(event.userId)) return false;
    accounts.add(event.userId);
    return true;
  });
  return due.slice(0, limit).map((stored) => {
    stored.isDispatched = true;
    const { event } = stored;
    for (const endpoint of state.webhookEndpoints.values()) {
      if (!endpoint.endpoint.types.includes(event.type)) continue;
      const id = ids.next();
      const queued = {
        id,
        event,
        status: 'queued',
        attempts: 0,
        nextAttemptAt: now,
        createdAt: now,
      } as const;
      const untried = { firstFailedAt: null, lastAttemptAt: null, responseStatus: null, error: null };
      endpoint.deliveries.set(id, Object.freeze({ ...queued, ...untried }));
      wakeLane(endpoint, event.userId, now);
    }
    return copyOf<AccountEvent>(event);
  });
}
