import type { Meters } from './meters.js';

interface Database {
  query<Row>(statement: { name?: string; text: string }): Promise<Row[]>;
}

/** A database, its statements timed: those with a name under it, all others together. */
export function measuredDatabase<Observed extends Database>(
  database: Observed,
  meters: Pick<Meters, 'statementSeconds' | 'statementFailures'>,
): Observed {
  return {
    ...database,
    async query<Row>(given: Parameters<Observed['query']>[0]): Promise<Row[]> {
      const statement = given.name ?? 'other';
      const startedAt = performance.now();
      try {
        return await database.query<Row>(given);
      } catch (error) {
        meters.statementFailures.inc({ statement });
        throw error;
      } finally {
        meters.statementSeconds.observe({ statement }, (performance.now() - startedAt) / 1000);
      }
    },
  };
}
