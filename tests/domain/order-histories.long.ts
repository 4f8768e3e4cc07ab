import fc from 'fast-check';
import { test } from 'vitest';
import { memoryStores } from '../../src/adapters/memory/memory-stores.js';
import { orderHistory, replayHistory } from './order-histories.js';

test('payments are credited and taken back once in 1,000 random histories', async () => {
  await fc.assert(
    fc.asyncProperty(orderHistory, (history) => replayHistory(memoryStores(), history)),
    { numRuns: 1000 },
  );
});
