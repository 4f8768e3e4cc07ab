import { reservingSuite } from './hold-ledger/reserve.js';
import { idempotencyKeySuite } from './hold-ledger/idempotency-key.js';
import { settlingSuite } from './hold-ledger/settle.js';
import { releasingSuite } from './hold-ledger/release.js';
import { deadlineSuite } from './hold-ledger/deadlines.js';
import { exchangeSuite } from './hold-ledger/exchanges.js';
import { excessSuite } from './hold-ledger/excess.js';
import { otherActionsSuite } from './hold-ledger/other-actions.js';
import { stopRequestSuite } from './hold-ledger/stop-requests.js';
import { holdLedgerView } from './hold-ledger/view.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `HoldLedger` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { holdLedgerContract } from 'metered-chat/testing';
 *
 * holdLedgerContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function holdLedgerContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe } = runner;
  describe(`hold ledger: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    const view = holdLedgerView(runner, harness);
    reservingSuite(view);
    idempotencyKeySuite(view);
    settlingSuite(view);
    releasingSuite(view);
    deadlineSuite(view);
    exchangeSuite(view);
    otherActionsSuite(view);
    excessSuite(view);
    stopRequestSuite(view);
  });
}
