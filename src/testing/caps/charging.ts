import { expect } from 'expect';
import { noWalletRules, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { SpendRequest } from '../../ports/hold-ledger.js';
import {
  allExchanges,
  createAccount,
  expectSound,
  newId,
  openHold,
  reserveRequest,
  settlementOf,
} from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { capView } from './view.js';

/** Longer than every month. */
const monthMs = 31 * 24 * 60 * 60 * 1000;

/** Caps limit what is charged, and defaults what accounts without others are charged. */
export function chargingSuite({ describe, test }: TestRunner, harness: () => StoreHarness): void {
  const { ledger, setCap, reserve, spentAndLeft } = capView(harness);
  const balanceOf = (userId: string) => harness().stores.creditLedger.balance(userId);
  const removeCaps = async (userId: string) => {
    const { capStore } = harness().stores;
    for (const { cap } of (await capStore.states(userId, noWalletRules)) ?? []) {
      await capStore.remove({ userId, capId: cap.id ?? '' }, null);
    }
  };
  const spendRequest = (userId: string, overrides: Partial<SpendRequest> = {}): SpendRequest => ({
    ...{ exchangeId: newId(), entryId: newId(), userId, action: 'image', keyId: null, details: null },
    ...{ idempotencyKey: null, requestFingerprint: null, rules: noWalletRules, amount: 100, units: 1 },
    ...overrides,
  });
  describe('charges below caps', () => {
    test('a charge counts in the window in which its hold was made', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { window: 'month', limit: 150 });
      const earlier = await openHold(harness().stores, userId, { leaseMs: 2 * monthMs });
      expect(await reserve(userId)).toBe('cap_reached');
      await harness().advance(monthMs);
      expect(await spentAndLeft(userId)).toEqual([[0, 150]]);
      await openHold(harness().stores, userId, { hold: 120 });
      await ledger().settle(settlementOf(earlier, 10));
      expect(await spentAndLeft(userId)).toEqual([[120, 30]]);
      expect(await reserve(userId)).toBe('cap_reached');
      await expectSound(harness().stores);
    });

    test('a charge beyond the hold goes as far as the caps of its own window do', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { window: 'month', limit: 150 });
      const exchange = await openHold(harness().stores, userId);
      const settled = await ledger().settle(settlementOf(exchange, 400));
      expect(settled).toEqual({ outcome: 'settled', balance: 9850, captured: 150, uncollected: 250 });
      expect((await allExchanges(harness().stores, userId))[0]).toMatchObject({
        captured: 150,
        uncollected: 250,
      });
      expect(await spentAndLeft(userId)).toEqual([[150, 0]]);
      await harness().advance(monthMs);
      const next = await openHold(harness().stores, userId, { leaseMs: 2 * monthMs });
      await harness().advance(monthMs);
      await openHold(harness().stores, userId, { hold: 150 });
      expect(await ledger().settle(settlementOf(next, 130))).toMatchObject({ captured: 130, uncollected: 0 });
      expect(await spentAndLeft(userId)).toEqual([[150, 0]]);
      await expectSound(harness().stores);
    });

    test('a charge below the limit of the caps is taken beyond the hold, and counts', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 1000 });
      const exchange = await openHold(harness().stores, userId);
      expect(await ledger().settle(settlementOf(exchange, 400))).toMatchObject({ captured: 400 });
      expect(await spentAndLeft(userId)).toEqual([[400, 600]]);
      await expectSound(harness().stores);
    });

    test('a charge at once counts as a hold does', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 250 });
      await setCap(userId, { scope: 'model', model: 'echo', limit: 10 });
      const spend = (overrides: Partial<SpendRequest> = {}) =>
        ledger().spend(spendRequest(userId, overrides));
      expect((await spend()).outcome).toBe('spent');
      expect((await spend({ amount: 150 })).outcome).toBe('spent');
      expect(await spend({ amount: 1 })).toMatchObject({ outcome: 'cap_reached', cap: { left: 0 } });
      expect(await spentAndLeft(userId)).toEqual([
        [250, 0],
        [0, 10],
      ]);
      expect(await balanceOf(userId)).toEqual({ balance: 9750, held: 0 });
      await expectSound(harness().stores);
    });

    test('default caps apply to every account, until an administrator sets another for the window', async () => {
      const rules: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'total', limit: 150 }] };
      const userId = await createAccount(harness().stores, 10_000);
      const exchange = await openHold(harness().stores, userId, { rules });
      expect(await ledger().reserve(reserveRequest(userId, { rules }))).toMatchObject({
        outcome: 'cap_reached',
        cap: { cap: { id: null, setBy: 'default', limit: 150 }, spent: 100, left: 50 },
      });
      await ledger().settle({ ...settlementOf(exchange, 30), rules });
      expect(await spentAndLeft(userId, rules)).toEqual([[30, 120]]);
      await setCap(userId, { limit: 1000 });
      expect(await reserve(userId, { rules, hold: 970 })).toBe('reserved');
      expect(await reserve(userId, { rules, hold: 1 })).toBe('cap_reached');
      await expectSound(harness().stores);
    });

    test('default caps limit what a hold costs beyond it that was made before there were any', async () => {
      const rules: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'total', limit: 150 }] };
      const userId = await createAccount(harness().stores, 10_000);
      const exchange = await openHold(harness().stores, userId);
      expect(await ledger().settle({ ...settlementOf(exchange, 400), rules })).toMatchObject({
        ...{ outcome: 'settled', captured: 150, uncollected: 250, balance: 9850 },
      });
      expect(await spentAndLeft(userId, rules)).toEqual([[150, 0]]);
      expect(await reserve(userId, { rules, hold: 1 })).toBe('cap_reached');
      await expectSound(harness().stores);
    });

    test('what is spent counts in the windows of caps that were taken back and return', async () => {
      const total: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'total', limit: 150 }] };
      const month: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'month', limit: 1000 }] };
      const userId = await createAccount(harness().stores, 10_000);
      await openHold(harness().stores, userId, { rules: total, hold: 10 });
      await openHold(harness().stores, userId, { rules: month, hold: 100 });
      await expectSound(harness().stores);
      expect(await spentAndLeft(userId, total)).toEqual([[110, 40]]);
      expect(await reserve(userId, { rules: total, hold: 41 })).toBe('cap_reached');
      expect(await reserve(userId, { rules: total, hold: 40 })).toBe('reserved');
      await setCap(userId, { window: 'day', limit: 5000 });
      await setCap(userId, { scope: 'model', model: 'large', limit: 500 });
      await removeCaps(userId);
      await openHold(harness().stores, userId, { rules: month, model: 'large', hold: 300 });
      await setCap(userId, { scope: 'model', model: 'large', limit: 500 });
      expect(await reserve(userId, { rules: month, model: 'large', hold: 201 })).toBe('cap_reached');
      await expectSound(harness().stores);
    });

    test('an account whose default caps were taken back spends as before, and is counted again under others', async () => {
      const rules: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'total', limit: 150 }] };
      const userId = await createAccount(harness().stores, 10_000);
      const exchange = await openHold(harness().stores, userId, { rules });
      expect(await reserve(userId)).toBe('reserved');
      await ledger().settle(settlementOf(exchange, 20));
      expect(await spentAndLeft(userId, rules)).toEqual([[120, 30]]);
      expect(await reserve(userId, { rules, hold: 31 })).toBe('cap_reached');
      expect(await reserve(userId, { rules, hold: 30 })).toBe('reserved');
      await expectSound(harness().stores);
    });
  });
}
