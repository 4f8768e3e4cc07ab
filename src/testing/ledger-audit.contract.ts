import { expect } from 'expect';
import { invariantStatements, isSound } from '../domain/ledger/invariants.js';
import { createAccount, newId, openHold, releaseOf, settlementOf } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `LedgerAudit` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { ledgerAuditContract } from 'metered-chat/testing';
 *
 * ledgerAuditContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function ledgerAuditContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`ledger audit: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    const inspect = () => harness().stores.ledgerAudit.inspect();

    test('reports every invariant, and that a used ledger is sound', async () => {
      const { holdLedger, creditLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 1000);
      const exchanges = [];
      for (let index = 0; index < 4; index += 1) exchanges.push(await openHold(harness().stores, userId));
      const [settled, cancelled, released] = exchanges;
      if (settled === undefined || cancelled === undefined || released === undefined) throw new Error();
      await holdLedger.settle(settlementOf(settled, 100));
      await holdLedger.settle(settlementOf(cancelled, 30, { status: 'cancelled' }));
      await holdLedger.release(releaseOf(released));
      const adjustment = { id: newId(), userId, kind: 'adjustment', amount: -50, reason: null } as const;
      await creditLedger.post(adjustment);
      const report = await inspect();
      expect(isSound(report)).toBe(true);
      expect(Object.keys(report.broken).sort()).toEqual(Object.keys(invariantStatements).sort());
      expect(Object.values(report.broken)).toEqual(Object.values(report.broken).map(() => 0));
    });

    test('counts overdue open holds until they are ended', async () => {
      await harness().stores.holdLedger.expireHolds({ everyOpen: true });
      const userId = await createAccount(harness().stores, 1000);
      await openHold(harness().stores, userId, { leaseMs: 1000 });
      await openHold(harness().stores, userId, { leaseMs: 1000 });
      await openHold(harness().stores, userId);
      await harness().advance(1000);
      const report = await inspect();
      expect(report.overdueHolds).toBe(2);
      expect(await harness().stores.ledgerAudit.openHolds()).toEqual({ open: 3, overdue: 2 });
      expect(isSound(report)).toBe(true);
      await harness().stores.holdLedger.expireHolds({ everyOpen: false });
      expect((await inspect()).overdueHolds).toBe(0);
      expect(await harness().stores.ledgerAudit.openHolds()).toEqual({ open: 1, overdue: 0 });
    });
  });
}
