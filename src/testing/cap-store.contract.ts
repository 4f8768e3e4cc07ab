import { chargingSuite } from './caps/charging.js';
import { countingSuite } from './caps/counting.js';
import { settingSuite } from './caps/setting.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `CapStore` against an adapter, and of its `HoldLedger` as far as it applies the caps.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { capStoreContract } from 'metered-chat/testing';
 *
 * capStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function capStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe } = runner;
  describe(`cap store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    settingSuite(runner, harness);
    countingSuite(runner, harness);
    chargingSuite(runner, harness);
  });
}
