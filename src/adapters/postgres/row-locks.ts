import type { Database } from './database.js';

/**
 * The time when a row is written, for the `from` of an update: `now` by the clock, and `later` by so many milliseconds. Citus takes
 * neither a volatile function in an assignment nor one that adds an interval to a column.
 */
export function moment(laterByMs = '0'): string {
  return `(
    select clock_timestamp() as now, clock_timestamp() + ${laterByMs}::bigint * interval '1 millisecond' as later
  ) as moment`;
}

/**
 * The clause of a subquery that locks rows of any accounts and leaves out those that are locked. Citus cannot lock rows of several
 * nodes in a subquery: there the statement waits for them, and checks its condition again.
 */
export function skipLocked({ isSharded = false }: Pick<Database, 'isSharded'>, alias?: string): string {
  if (isSharded) return '';
  return alias === undefined ? 'for update skip locked' : `for update of ${alias} skip locked`;
}
