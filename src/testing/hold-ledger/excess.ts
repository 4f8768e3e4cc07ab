import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import {
  actionSettlementOf,
  allEntries,
  countOutcomes,
  createAccount,
  expectSound,
  holdRequest,
  leaseMs,
  newId,
  openActionHold,
  openHold,
  releaseOf,
  settlementOf,
  spendRequest,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** Charges beyond the hold. */
export function excessSuite({ runner, harness, ledger, balanceOf, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('a charge beyond the hold', () => {
    for (const { opening, capture, captured, uncollected, left } of [
      { opening: 250, capture: 101, captured: 101, uncollected: 0, left: 149 },
      { opening: 250, capture: 250, captured: 250, uncollected: 0, left: 0 },
      { opening: 250, capture: 251, captured: 250, uncollected: 1, left: 0 },
      { opening: 100, capture: 140, captured: 100, uncollected: 40, left: 0 },
      { opening: 250, capture: maxCredits, captured: 250, uncollected: maxCredits - 250, left: 0 },
    ]) {
      test(`takes from a balance of ${opening - 100} for ${capture} of 100`, async () => {
        const userId = await createAccount(harness().stores, opening);
        const exchange = await openHold(harness().stores, userId);
        const settled = await ledger().settle(settlementOf(exchange, capture));
        expect(settled).toEqual({ outcome: 'settled', balance: left, captured, uncollected });
        expect(await balanceOf(userId)).toEqual({ balance: left, held: 0 });
        expect(await onlyExchange(userId)).toMatchObject({
          ...{ held: 100, holdState: 'captured', captured, taken: captured - 100, uncollected },
          balanceAfter: left,
        });
        const [charge] = await allEntries(harness().stores, userId);
        expect(charge).toMatchObject({ kind: 'charge', amount: -captured, balanceAfter: left });
        await expectSound(harness().stores);
      });
    }

    test('leaves the open holds of others actions alone', async () => {
      const userId = await createAccount(harness().stores, 300);
      const [exchange, other] = [
        await openHold(harness().stores, userId),
        await openActionHold(harness().stores, userId),
      ];
      const settled = await ledger().settle(settlementOf(exchange, 500));
      expect(settled).toMatchObject({ captured: 200, uncollected: 300, balance: 0 });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 100 });
      expect(await ledger().settle(actionSettlementOf(other, 30))).toMatchObject({ balance: 70 });
      await expectSound(harness().stores);
    });

    test('acts once', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchange = await openHold(harness().stores, userId);
      const counts = await countOutcomes(20, () => ledger().settle(settlementOf(exchange, 140)));
      expect(counts).toEqual({ settled: 1, already_final: 19 });
      expect(await balanceOf(userId)).toEqual({ balance: 860, held: 0 });
      await expectSound(harness().stores);
    });

    test('of many at once together takes no more than there is', async () => {
      const { stores } = harness();
      const userId = await createAccount(stores, 20 * 10 + 137);
      const holds = [];
      for (let index = 0; index < 20; index += 1) {
        const open = index % 2 === 0 ? openHold : openActionHold;
        holds.push(await open(stores, userId, { hold: 10 }));
      }
      const settlements = holds.map((exchange, index) =>
        index % 2 === 0 ? settlementOf(exchange, 20) : actionSettlementOf(exchange, 20),
      );
      const settled = await Promise.all(settlements.map((settlement) => ledger().settle(settlement)));
      let [captured, uncollected] = [0, 0];
      for (const outcome of settled) {
        if (outcome.outcome !== 'settled') throw new Error(`Not settled: ${outcome.outcome}.`);
        captured += outcome.captured;
        uncollected += outcome.uncollected;
      }
      expect({ captured, uncollected }).toEqual({ captured: 337, uncollected: 63 });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 0 });
      await expectSound(stores);
    });

    test('races with reservations, charges, releases and expiries without a lost or invented credit', async () => {
      const { stores } = harness();
      const userId = await createAccount(stores, 1000);
      let spent = 0;
      for (let round = 0; round < 8; round += 1) {
        const [exchange, other] = await Promise.all([
          openHold(stores, userId, { hold: 10 }),
          openActionHold(stores, userId, { hold: 10 }),
        ]);
        const settle = async (settlement: Parameters<typeof stores.holdLedger.settle>[0]) => {
          const settled = await ledger().settle(settlement);
          if (settled.outcome === 'settled') spent += settled.captured;
        };
        const spend = async () => {
          const { outcome } = await ledger().spend(spendRequest(userId, { amount: 7 }));
          if (outcome === 'spent') spent += 7;
        };
        const reserve = () => ledger().reserve(holdRequest(userId, { hold: 11, idempotencyKey: newId() }));
        await Promise.all([
          ...[settle(settlementOf(exchange, 60)), settle(actionSettlementOf(other, 60))],
          ...[ledger().release(releaseOf(other)), spend(), reserve(), reserve(), spend()],
          ledger().expireHolds({ everyOpen: true }),
        ]);
        await harness().advance(leaseMs);
        await ledger().expireHolds({ everyOpen: true });
        expect(await balanceOf(userId)).toEqual({ balance: 1000 - spent, held: 0 });
      }
      await expectSound(stores);
    });
  });
}
