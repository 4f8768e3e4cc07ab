import type { AccountEvent } from '../domain/events/event.js';
import type { Ids } from './ids.js';

/** How much is waiting. */
export interface EventCounts {
  /** Events whose deliveries are not made yet. */
  undispatched: number;
  /** Deliveries that are queued, also those of disabled endpoints. */
  queued: number;
  /** Deliveries whose last attempt failed. */
  failed: number;
}

/**
 * The outbox. Events are written by the operations of other stores that cause them, in the same transaction: see the comments of
 * `EventDataByType`. Those of one account have the numbers 1, 2, 3 … in the order in which they happened, without a gap.
 */
export interface EventStore {
  /** Returns events of an account, in their order, from the first one with a higher number than `after`. */
  events(userId: string, range: { after: number; limit: number }): Promise<AccountEvent[]>;
  /**
   * Atomic: makes the deliveries of events that have none yet, at most one event of an account, and returns these events. Each
   * event gets one delivery for each endpoint that wants its type. Of workers at once, one dispatches an event, and no event is
   * dispatched before an earlier one of its account. `ids` are for the deliveries.
   */
  dispatch(options: { limit: number; ids: Pick<Ids, 'next'> }): Promise<AccountEvent[]>;
  /**
   * Deletes what is older than these times, in milliseconds: events that were dispatched, with their deliveries; and deliveries of
   * disabled endpoints that were not delivered. Returns the number of events.
   */
  purge(age: { eventsMs: number; queuedMs: number }): Promise<number>;
  counts(): Promise<EventCounts>;
}
