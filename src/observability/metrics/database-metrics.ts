import type { Metrics } from './metrics.js';

interface QueryRunner {
  query<Row>(statement: { name?: string; text: string }): Promise<Row[]>;
}

/** Times statements and counts failures, by the name of the statement; those without a name count as `other`. */
export function withDatabaseMetrics<Database extends QueryRunner>(
  database: Database,
  metrics: Pick<Metrics, 'statementSeconds' | 'statementFailures'>,
): Database {
  return {
    ...database,
    async query<Row>(given: Parameters<Database['query']>[0]): Promise<Row[]> {
      const statement = given.name ?? 'other';
      const startedAt = performance.now();
      try {
        return await database.query<Row>(given);
      } catch (error) {
        metrics.statementFailures.inc({ statement });
        throw error;
      } finally {
        metrics.statementSeconds.observe({ statement }, (performance.now() - startedAt) / 1000);
      }
    },
  };
}
