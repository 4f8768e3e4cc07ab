import { entryIds } from './accounts.js';
import { allowanceSuite } from './lot-ledger/allowances.js';
import { expirySuite } from './lot-ledger/expiry.js';
import { lotRaceSuite } from './lot-ledger/races.js';
import { spendingSuite } from './lot-ledger/spending.js';
import { dayMs, lotLedgerView } from './lot-ledger/view.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/** Longer than everything in these suites. */
const farMs = 400 * dayMs;

/**
 * Runs the contract of `LotLedger` against an adapter, with the rules of lots that `CreditLedger` and `HoldLedger` follow.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @param options How many rounds each race has; 3 by default.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { lotLedgerContract } from 'metered-chat/testing';
 *
 * lotLedgerContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function lotLedgerContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
  { rounds = 3 }: { rounds?: number } = {},
): void {
  const { afterAll, beforeAll, describe } = runner;
  describe(`lot ledger: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(async () => {
      // The suites that follow change the time, too: nothing of these accounts may expire then.
      await harness.stores.holdLedger.expireHolds({ everyOpen: true });
      await harness.advance(farMs);
      await harness.stores.lotLedger.expireLots(entryIds);
      await harness.close();
    });

    const view = lotLedgerView(runner, () => harness);
    spendingSuite(view);
    expirySuite(view);
    allowanceSuite(view);
    lotRaceSuite(view, rounds);
  });
}
