import { reservingSuite } from './chat-ledger/reserve.js';
import { idempotencyKeySuite } from './chat-ledger/idempotency-key.js';
import { settlingSuite } from './chat-ledger/settle.js';
import { releasingSuite } from './chat-ledger/release.js';
import { deadlineSuite } from './chat-ledger/deadlines.js';
import { exchangeSuite } from './chat-ledger/exchanges.js';
import { chatLedgerView } from './chat-ledger/view.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `ChatLedger` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { chatLedgerContract } from 'metered-chat/testing';
 *
 * chatLedgerContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function chatLedgerContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { afterAll, beforeAll, describe } = runner;
  describe(`chat ledger: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    const view = chatLedgerView(runner, () => harness);
    reservingSuite(view);
    idempotencyKeySuite(view);
    settlingSuite(view);
    releasingSuite(view);
    deadlineSuite(view);
    exchangeSuite(view);
  });
}
