import { creatingSuite } from './order-store/creating.js';
import { factSuite } from './order-store/facts.js';
import { orderRaceSuite } from './order-store/races.js';
import { refundSuite } from './order-store/refunds.js';
import { orderStoreView } from './order-store/view.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `OrderStore` against an adapter, with the rules of debts that `CreditLedger` and `HoldLedger` follow.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @param options How many rounds each race has; 3 by default.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { orderStoreContract } from 'metered-chat/testing';
 *
 * orderStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function orderStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
  { rounds = 3 }: { rounds?: number } = {},
): void {
  runner.describe(`order store: ${name}`, () => {
    const view = orderStoreView(runner, openedHarness(runner, openHarness));
    creatingSuite(view);
    factSuite(view);
    refundSuite(view);
    orderRaceSuite(view, rounds);
  });
}
