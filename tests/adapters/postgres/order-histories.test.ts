import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openedHarness } from '../../../src/testing/store-harness.js';
import { orderHistory, replayHistory } from '../../domain/order-histories.js';
import { sqlEngines } from './sql-harness.js';

describe.each(Object.entries(sqlEngines))('on %s', (_, open) => {
  const harness = openedHarness({ afterAll, beforeAll, describe, test }, open);

  test('payments are credited and taken back once in random histories', async () => {
    await fc.assert(
      fc.asyncProperty(orderHistory, (history) => replayHistory(harness().stores, history)),
      { numRuns: 8 },
    );
  });
});
