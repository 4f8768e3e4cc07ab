import type { TimeRange } from '../../ports/record-search.js';
import type { SqlValue } from './database.js';

/**
 * Ids tell their time by the clock of the server that made them, rows theirs by the database's clock. However those
 * differ, they do so by less than this.
 */
const clockSlackMs = 24 * 60 * 60 * 1000;

/**
 * A range as four values: its beginning, an id that none in it is below, its end, and an id that all in it are below.
 * The ids let an index find the rows; the times say which of them are meant.
 */
export function timeBounds({ from, to }: TimeRange): SqlValue[] {
  return [
    from?.toISOString() ?? null,
    from === null ? null : lowestIdAt(from.getTime() - clockSlackMs),
    to?.toISOString() ?? null,
    to === null ? null : lowestIdAt(to.getTime() + clockSlackMs),
  ];
}

/** Not above any UUIDv7 of this moment or later. */
function lowestIdAt(timeMs: number): string {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
