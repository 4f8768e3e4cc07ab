import { checkoutTests } from './payments/checkouts.js';
import { listTests } from './payments/lists.js';
import { moneyBackTests } from './payments/money-back.js';
import { signatureTests } from './payments/signatures.js';
import { paymentsView, type OpenPaymentsHarness } from './payments/view.js';
import { openedHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `Payments` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param open Opens the adapter that is tested, and a provider of which the tests are the customers and the banks.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { paymentsContract } from 'metered-chat/testing';
 *
 * paymentsContract({ afterAll, beforeAll, describe, test }, 'my provider', openPaymentsHarness);
 * ```
 */
export function paymentsContract(runner: TestRunner, name: string, open: OpenPaymentsHarness): void {
  runner.describe(`payments: ${name}`, () => {
    const view = paymentsView(openedHarness(runner, open));
    checkoutTests(runner, view);
    moneyBackTests(runner, view);
    signatureTests(runner, view);
    listTests(runner, view);
  });
}
