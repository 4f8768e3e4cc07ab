import type { AccountEvent, NewEvent } from '../../domain/events/event.js';
import type { Account } from './account-state.js';

/** Writes events of an account, in their order. Runs within the operation that causes them. */
export function insertEvents(account: Account, now: Date, events: readonly NewEvent[]): void {
  for (const { type, data } of events) {
    account.eventSequence += 1;
    const written = { type, data: Object.freeze({ ...data }) } as NewEvent;
    const event: AccountEvent = {
      ...written,
      id: eventId(account),
      userId: account.userId,
      sequence: account.eventSequence,
      createdAt: new Date(now),
    };
    account.outbox.push({ event: Object.freeze(event), isDispatched: false });
  }
}

/** The id of the account with the number of the event in place of its random end: unique, and without a source of randomness. */
function eventId({ userId, eventSequence }: Account): string {
  return userId.slice(0, 24) + eventSequence.toString(16).padStart(12, '0');
}
