import { afterEach, expect, test } from 'vitest';
import { keyFreedAfterMs } from './freed-keys.js';
import { killLeftovers } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

test('an idempotency key whose server died before the answer is free once the lease of its hold is over', async () => {
  const storage = await storageOn('PostgreSQL');
  expect(await keyFreedAfterMs(storage, { leaseMs: 2000 })).toBeLessThan(60_000);
  await storage.remove();
}, 120_000);
