import type { AccountEvent, EventType, NewEvent } from '../../domain/events/event.js';
import type { Queryable } from './database.js';

// The number is counted in the row of the balance, which stays locked until the transaction ends: events of an account are
// visible in the order of their numbers, without a gap.
const insert = `
  with numbered as (
    update balances set event_sequence = event_sequence + $3::bigint where user_id = $1
    returning event_sequence - $3::bigint as before
  )
  insert into events (user_id, sequence, type, data)
  select $1, numbered.before + e.place, e.type, e.data
  from numbered, json_to_recordset($2::json) as e (place bigint, type text, data jsonb)`;

/**
 * Writes events of an account, in their order, within the transaction that causes them. It locks the balance of the account, if
 * the transaction has not yet: obey the order of locks.
 */
export async function insertEvents(
  within: Queryable,
  userId: string,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ type, data }, index) => ({ place: index + 1, type, data }));
  await within.query({ text: insert, values: [userId, JSON.stringify(rows), events.length] });
}

export const eventColumns = 'user_id, sequence, id, type, data, created_at';

/** A row of `events`. */
export interface EventRow {
  user_id: string;
  sequence: number;
  id: string;
  type: EventType;
  data: object;
  created_at: Date;
}

export function eventOf(row: EventRow): AccountEvent {
  const { user_id: userId, sequence, id, created_at: createdAt } = row;
  // The data was written by `insertEvents`, for this type.
  const event = { type: row.type, data: row.data } as NewEvent;
  return { ...event, id, userId, sequence, createdAt };
}
