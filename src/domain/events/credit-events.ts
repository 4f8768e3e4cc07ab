import type { Lot } from '../metering/lot.js';
import type { LotEntry } from '../metering/update-lots.js';
import type { NewEvent } from './event.js';

/** Returns the event of a lot that was added to an account; `balance` is the balance after that. */
export function grantedEvent(lot: Lot, balance: number): NewEvent {
  const { id: entryId, kind, amount, expiresAt } = lot;
  if (kind === 'opening') throw new TypeError('The opening grant has the event of the new account.');
  const data = { entryId, kind, amount, balance, expiresAt: expiresAt?.toISOString() ?? null };
  return { type: 'credits.granted', data };
}

/** Returns the events of credits that expired, and of an allowance that arrived, when lots were brought up to date. */
export function eventsOfLotEntries(entries: readonly LotEntry[]): NewEvent[] {
  return entries.map(({ id: entryId, kind, amount, balanceAfter: balance, lot }): NewEvent => {
    if (kind === 'allowance') return grantedEvent(lot, balance);
    return { type: 'credits.expired', data: { entryId, lotId: lot.id, amount: -amount, balance } };
  });
}
