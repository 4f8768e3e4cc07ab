import type { TimeRange } from '../../ports/record-search.js';

export function isWithin(time: Date, { from, to }: TimeRange): boolean {
  return (from === null || time >= from) && (to === null || time < to);
}
