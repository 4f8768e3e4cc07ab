import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import {
  allEntries,
  countOutcomes,
  createAccount,
  expectSound,
  leaseMs,
  newId,
  openHold,
  releaseOf,
  settlementOf,
} from '../accounts.js';
import type { HoldLedgerView } from './view.js';

/** A settlement ends a hold with a charge. */
export function settlingSuite({ runner, harness, ledger, balanceOf, onlyExchange }: HoldLedgerView): void {
  const { describe, test } = runner;
  describe('settle', () => {
    test('charges a part of the hold and returns the rest', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      const settlement = settlementOf(exchange, 30);
      expect(await ledger().settle(settlement)).toMatchObject({ outcome: 'settled', balance: 220 });
      expect(await balanceOf(userId)).toEqual({ balance: 220, held: 0 });
      expect(await onlyExchange(userId)).toMatchObject({
        reply: 'Hello back',
        status: 'completed',
        holdState: 'captured',
        captured: 30,
        balanceAfter: 220,
        usage: { input: 3, cachedInput: 2, cacheWrite: 1, output: 5, reasoning: 4 },
      });
      const [charge] = await allEntries(harness().stores, userId);
      expect(charge).toMatchObject({
        id: settlement.entryId,
        kind: 'charge',
        amount: -30,
        balanceAfter: 220,
        exchangeId: exchange.exchangeId,
      });
      await expectSound(harness().stores);
    });

    for (const { capture, left } of [
      { capture: 100, left: 150 },
      { capture: 0, left: 250 },
    ]) {
      test(`charges ${capture} of 100`, async () => {
        const userId = await createAccount(harness().stores, 250);
        const exchange = await openHold(harness().stores, userId);
        const settled = await ledger().settle(
          settlementOf(exchange, capture, { status: 'cancelled', usage: null }),
        );
        expect(settled).toMatchObject({ outcome: 'settled', balance: left });
        expect(await onlyExchange(userId)).toMatchObject({ status: 'cancelled', usage: null });
        await expectSound(harness().stores);
      });
    }

    for (const capture of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, maxCredits + 1, 1e21]) {
      test(`rejects a capture of ${capture} of 100 with a TypeError and changes nothing`, async () => {
        const userId = await createAccount(harness().stores, 250);
        const exchange = await openHold(harness().stores, userId, { idempotencyKey: 'k' });
        const before = await onlyExchange(userId);
        await expect(ledger().settle(settlementOf(exchange, capture))).rejects.toThrow(TypeError);
        expect(await onlyExchange(userId)).toEqual(before);
        expect(await balanceOf(userId)).toEqual({ balance: 150, held: 100 });
        expect(await allEntries(harness().stores, userId)).toHaveLength(1);
        expect((await ledger().settle(settlementOf(exchange, 100))).outcome).toBe('settled');
        await expectSound(harness().stores);
      });
    }

    test('acts once', async () => {
      const userId = await createAccount(harness().stores, 250);
      const exchange = await openHold(harness().stores, userId);
      const counts = await countOutcomes(20, () => ledger().settle(settlementOf(exchange, 40)));
      expect(counts).toEqual({ settled: 1, already_final: 19 });
      expect(await balanceOf(userId)).toEqual({ balance: 210, held: 0 });
      expect(await allEntries(harness().stores, userId)).toHaveLength(2);
      await expectSound(harness().stores);
    });

    test('is too late once the deadline is past, even if the hold has not been expired', async () => {
      const userId = await createAccount(harness().stores, 100);
      const exchange = await openHold(harness().stores, userId);
      await harness().advance(leaseMs - 60_000);
      expect(await ledger().renew(exchange, 120_000)).toBe(true);
      await harness().advance(120_000);
      expect(await ledger().settle(settlementOf(exchange, 100))).toEqual({ outcome: 'already_final' });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 100 });
      expect(await ledger().release(releaseOf(exchange))).toMatchObject({ outcome: 'released' });
      expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
      await expectSound(harness().stores);
    });

    test('reports that the account was erased, and changes nothing', async () => {
      const userId = await createAccount(harness().stores, 250);
      const [open, expired] = [
        await openHold(harness().stores, userId),
        await openHold(harness().stores, userId, { leaseMs: 1000 }),
      ];
      await harness().advance(2000);
      await ledger().expireHolds({ everyOpen: false });
      await harness().stores.userStore.erase(userId);
      for (const exchange of [open, expired]) {
        expect(await ledger().settle(settlementOf(exchange, 100))).toEqual({ outcome: 'account_erased' });
        expect(await ledger().release(releaseOf(exchange))).toEqual({ outcome: 'already_final' });
      }
      expect(await balanceOf(userId)).toEqual({ balance: 250, held: 0 });
      expect(await allEntries(harness().stores, userId)).toHaveLength(1);
      await expectSound(harness().stores);
    });

    test('changes nothing if the exchange is unknown or belongs to another user', async () => {
      const userId = await createAccount(harness().stores, 100);
      const otherId = await createAccount(harness().stores, 100);
      const exchange = await openHold(harness().stores, userId);
      for (const wrong of [
        { userId, exchangeId: newId() },
        { ...exchange, userId: otherId },
      ]) {
        expect(await ledger().settle(settlementOf(wrong, 50))).toEqual({ outcome: 'already_final' });
        expect(await ledger().release(releaseOf(wrong))).toEqual({ outcome: 'already_final' });
        expect(await ledger().renew(wrong, leaseMs)).toBe(false);
        expect(await ledger().renew(wrong, leaseMs, { reply: 'Of another', toolCalls: null })).toBe(false);
      }
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 100 });
      expect(await balanceOf(otherId)).toEqual({ balance: 100, held: 0 });
    });

    test('returns the same balances for many at once as for one after the other', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const exchanges = await Promise.all(
        Array.from({ length: 10 }, () => openHold(harness().stores, userId)),
      );
      await Promise.all(exchanges.map((exchange) => ledger().settle(settlementOf(exchange, 60))));
      const charges = (await allEntries(harness().stores, userId)).filter(({ kind }) => kind === 'charge');
      expect(Math.max(...charges.map(({ balanceAfter }) => balanceAfter))).toBe(400);
      expect(await balanceOf(userId)).toEqual({ balance: 400, held: 0 });
      await expectSound(harness().stores);
    });
  });
}
