import type { EventStore } from '../../ports/event-store.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import { keptEventsMs, keptQueuedMs } from './webhook.js';

/** Deletes old events with their deliveries; returns how many events. Rejects every account with `admin_required`. */
export async function purgeEvents(
  { eventStore }: { eventStore: Pick<EventStore, 'purge'> },
  { caller }: { caller: OperatorCaller },
): Promise<number> {
  requireOperator(caller);
  return eventStore.purge({ eventsMs: keptEventsMs, queuedMs: keptQueuedMs });
}
