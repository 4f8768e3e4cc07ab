import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import { flexibleRateLimiter, perTakeOptions } from './flexible-rate-limiter.js';
import { cacheRejections } from './cache-rejections.js';

/** One SQL statement. The same name always has the same text. */
export interface RateLimitStatement {
  name?: string;
  text: string;
  values: readonly (string | number | null)[];
}

/**
 * Counts in the table `rate_limits` of a PostgreSQL, which all servers share. Rejections are cached for a second. Deletes
 * counts about an hour after the end of their window.
 */
export function postgresRateLimiter(
  query: (statement: RateLimitStatement) => Promise<object[]>,
): RateLimiter {
  const client = {
    query: async ({ name, ...statement }: RateLimitStatement) => {
      // Deleting expired counts is rare and can be slow, so the statement has no name.
      const isHot = name !== undefined && !name.endsWith('clear-expired');
      return { rows: await query(isHot ? { name, ...statement } : statement) };
    },
  };
  const limiter = new RateLimiterPostgres({
    ...perTakeOptions,
    storeClient: client,
    storeType: 'client',
    tableName: 'rate_limits',
    // A migration creates the table.
    tableCreated: true,
  });
  return cacheRejections(flexibleRateLimiter(limiter));
}
