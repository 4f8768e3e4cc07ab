import { expect, test } from 'vitest';
import { timeUntilKeyIsFreeMs } from './idempotency-key-lease.js';
import { storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

test('an idempotency key whose server was killed before the response is free once the lease of its hold has expired', async () => {
  expect(await timeUntilKeyIsFreeMs(storage(), { leaseMs: 2000 })).toBeLessThan(60_000);
}, 120_000);
