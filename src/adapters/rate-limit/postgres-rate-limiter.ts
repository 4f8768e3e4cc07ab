import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import { flexibleRateLimiter, perTakeOptions } from './flexible-rate-limiter.js';
import { cacheRejections } from './cache-rejections.js';

/** One SQL statement; the same name always means the same text. */
export interface RateLimitStatement {
  name?: string;
  text: string;
  values: readonly (string | number | null)[];
}

/**
 * Counts in the table `rate_limits` of a PostgreSQL, so that all servers on it count together. `query` runs a statement,
 * named ones often; none where a server has just refused the same. Forgets counts about an hour after their window.
 */
export function postgresRateLimiter(
  query: (statement: RateLimitStatement) => Promise<object[]>,
): RateLimiter {
  const client = {
    query: async ({ name, ...statement }: RateLimitStatement) => {
      // Forgetting is rare and may take long: nothing to be prepared, or to keep what is hot waiting.
      const isHot = name !== undefined && !name.endsWith('clear-expired');
      return { rows: await query(isHot ? { name, ...statement } : statement) };
    },
  };
  const limiter = new RateLimiterPostgres({
    ...perTakeOptions,
    storeClient: client,
    storeType: 'client',
    tableName: 'rate_limits',
    // A migration makes the table.
    tableCreated: true,
  });
  return cacheRejections(flexibleRateLimiter(limiter));
}
