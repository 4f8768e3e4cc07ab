import type { Ids } from '../../ports/ids.js';
import type { OrderStore } from '../../ports/order-store.js';

export interface RefusedEventsDeps {
  orderStore: Pick<OrderStore, 'recordRefusedEvents'>;
  ids: Pick<Ids, 'next'>;
}

/** Counts events that are refused before they are read, for administrators. */
export interface RefusedEvents {
  /** Resolves when the event is counted. */
  add(): Promise<void>;
}

/**
 * Returns a counter. One write at a time: those that are refused meanwhile are counted together by the next one, since anyone
 * can send such events, and all of them change the same row.
 */
export function refusedEvents({ orderStore, ids }: RefusedEventsDeps): RefusedEvents {
  let waiting = 0;
  let current = Promise.resolve();
  let next: Promise<void> | null = null;
  const write = async () => {
    const count = waiting;
    waiting = 0;
    next = null;
    await orderStore.recordRefusedEvents({ id: ids.next(), reason: 'invalid_signature', count });
  };
  return {
    add: () => {
      waiting += 1;
      if (next === null) {
        next = current.then(write);
        current = next.catch(() => undefined);
      }
      return next;
    },
  };
}
