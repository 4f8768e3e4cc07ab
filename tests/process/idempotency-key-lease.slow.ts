import { afterEach, expect, test } from 'vitest';
import { timeUntilKeyIsFreeMs } from './idempotency-key-lease.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killProcesses);

test('an idempotency key whose server was killed before the response is free once the lease of its hold has expired', async () => {
  const storage = await storageOn('PostgreSQL');
  expect(await timeUntilKeyIsFreeMs(storage, { leaseMs: 2000 })).toBeLessThan(60_000);
  await storage.remove();
}, 120_000);
