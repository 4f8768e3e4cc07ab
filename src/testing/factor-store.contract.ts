import { factorView } from './factor-store/view.js';
import { recoveryCodesSuite } from './factor-store/recovery-codes.js';
import { removingFactorsSuite } from './factor-store/remove-factors.js';
import { totpSuite } from './factor-store/totp.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `FactorStore` against an adapter. Some of its tests add passkeys by its `PasskeyStore`.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { factorStoreContract } from 'metered-chat/testing';
 *
 * factorStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function factorStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  runner.describe(`factor store: ${name}`, () => {
    const view = factorView(runner, openedHarness(runner, openHarness));
    totpSuite(view);
    recoveryCodesSuite(view);
    removingFactorsSuite(view);
  });
}
