import * as vitest from 'vitest';
import { expect, test } from 'vitest';
import type { Database } from '../../../src/adapters/postgres/database.js';
import { postgresRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { DomainError } from '../../../src/domain/errors.js';
import { rateLimiterContract } from '../../../src/testing/rate-limiter.contract.js';
import { postgresAt, postgresTestDatabase } from '../../setup/databases.js';

function limiterOn(database: Database) {
  return postgresRateLimiter((statement) => database.query(statement));
}

rateLimiterContract(vitest, 'two servers on one PostgreSQL', async () => {
  const created = await postgresTestDatabase({ isMigrated: true });
  const other = postgresAt(created.url);
  return {
    limiters: [limiterOn(created.database), limiterOn(other)],
    close: async () => {
      await other.close();
      await created.drop();
    },
  };
});

test('rejects with unavailable while the database cannot be reached', async () => {
  const limiter = postgresRateLimiter(() =>
    Promise.reject(new DomainError('unavailable', 'The database is not available.')),
  );
  await expect(limiter.take({ key: 'test', max: 3, windowMs: 60_000 })).rejects.toMatchObject({
    code: 'unavailable',
  });
});
