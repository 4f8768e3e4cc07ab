import { capReachedEvent, reachedCapName } from '../../domain/events/cap-event.js';
import { counterName, type CapState } from '../../domain/metering/cap.js';
import type { Database } from './database.js';
import { insertEvents } from './event-rows.js';
import { lockAccount } from './locked-account.js';

const insertReached = `
  insert into reached_caps (user_id, cap, window_end, "limit") values ($1, $2, $3::timestamptz, $4)
  on conflict do nothing returning cap`;

/** The most windows that are remembered. */
const maxKnown = 10_000;

/** Writes the events of caps that reject something, each once in its window. */
export type RecordReachedCap = (userId: string, cap: CapState) => Promise<void>;

/** Returns `RecordReachedCap`, which remembers what it has written, so that further rejections cost nothing. */
export function createRecordReachedCap(database: Database): RecordReachedCap {
  const known = new Set<string>();
  return async (userId, cap) => {
    const name = `${userId} ${reachedCapName(cap)}`;
    if (known.has(name)) return;
    await database.transaction(async (within) => {
      if ((await lockAccount(within, userId)) === null) return;
      const values = [userId, counterName(cap.cap), cap.endsAt?.toISOString() ?? 'infinity', cap.cap.limit];
      const inserted = await within.query({ text: insertReached, values });
      if (inserted.length > 0) await insertEvents(within, userId, [capReachedEvent(cap)]);
    });
    if (known.size >= maxKnown) known.clear();
    known.add(name);
  };
}
