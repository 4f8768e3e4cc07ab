import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';
import { testBatches } from './voucher-store/batches.js';
import { testVoucherRaces } from './voucher-store/races.js';
import { testRedeeming } from './voucher-store/redeem.js';

/**
 * Runs the contract of `VoucherStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { voucherStoreContract } from 'metered-chat/testing';
 *
 * voucherStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function voucherStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  runner.describe(`voucher store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);
    testBatches(runner, harness);
    testRedeeming(runner, harness);
    testVoucherRaces(runner, harness);
  });
}
