import type { TimeRange } from '../../ports/record-search.js';
import type { SqlValue } from './database.js';

/**
 * The maximum difference between the clock of a server, which the time in an id comes from, and the clock of the database,
 * which `created_at` comes from.
 */
const clockSlackMs = 24 * 60 * 60 * 1000;

/**
 * A time range as four values: its start, a lower bound for ids, its end, and an upper bound for ids. The ids let the
 * database use an index; the times are exact.
 */
export function timeBounds({ from, to }: TimeRange): SqlValue[] {
  return [
    from?.toISOString() ?? null,
    from === null ? null : lowestIdAt(from.getTime() - clockSlackMs),
    to?.toISOString() ?? null,
    to === null ? null : lowestIdAt(to.getTime() + clockSlackMs),
  ];
}

/** The lowest UUIDv7 of a time. */
function lowestIdAt(timeMs: number): string {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
