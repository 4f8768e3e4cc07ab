import type { AccountEvent, NewEvent } from '../../domain/events/event.js';
import type { Account } from './state.js';

/** An event in the outbox. */
export interface StoredEvent {
  event: Readonly<AccountEvent>;
  /** Whether its deliveries were made. */
  isDispatched: boolean;
}

/** Writes events of an account, in their order. Runs within the operation that causes them. */
export function insertEvents(account: Account, now: Date, events: readonly NewEvent[]): void {
  for (const { type, data } of events) {
    account.eventSequence += 1;
    const written = { type, data: Object.freeze({ ...data }) } as NewEvent;
    const event: AccountEvent = {
      ...written,
      id: crypto.randomUUID(),
      userId: account.userId,
      sequence: account.eventSequence,
      createdAt: new Date(now),
    };
    account.outbox.push({ event: Object.freeze(event), isDispatched: false });
  }
}
