import type { Database, Queryable } from '../adapters/postgres/database.js';
import type { Metrics } from './metrics.js';

/** Counts the credits of allowances and of lots that expire, which the ledger itself writes; once they are committed. */
export function withDueCreditMetrics(
  database: Database,
  metrics: Pick<Metrics, 'granted' | 'expired'>,
): Database {
  return {
    ...database,
    async transaction<Result>(work: (within: Queryable) => Promise<Result>) {
      let [allowance, expiry] = [0, 0];
      const result = await database.transaction((within) => {
        [allowance, expiry] = [0, 0];
        return work({
          query: (statement) => {
            allowance += statement.dueCredits?.allowance ?? 0;
            expiry += statement.dueCredits?.expiry ?? 0;
            return within.query(statement);
          },
        });
      });
      if (allowance > 0) metrics.granted.inc({ kind: 'allowance' }, allowance);
      if (expiry > 0) metrics.expired.inc(expiry);
      return result;
    },
  };
}
