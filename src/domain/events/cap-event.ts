import { counterName, type CapState } from '../metering/cap.js';
import type { NewEvent } from './event.js';

/** Returns the event of a cap that has rejected a hold or a charge. */
export function capReachedEvent({ cap, endsAt }: CapState): NewEvent {
  const { id: capId, scope, keyId, model, window, limit, setBy } = cap;
  const data = { capId, scope, keyId, model, window, limit, setBy, endsAt: endsAt?.toISOString() ?? null };
  return { type: 'cap.reached', data };
}

/** Returns what a window of a cap with this limit is known by: its event is written once. */
export function reachedCapName({ cap, endsAt }: CapState): string {
  return `${counterName(cap)} ${cap.limit} until ${endsAt?.toISOString() ?? 'infinity'}`;
}
