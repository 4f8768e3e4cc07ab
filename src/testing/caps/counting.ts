import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import { noWalletRules, type WalletRules } from '../../domain/metering/wallet-rules.js';
import {
  countOutcomes,
  createAccount,
  expectSound,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
} from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { raceForTheCaps } from './race.js';
import { capView } from './view.js';

/** Caps limit what is held. */
export function countingSuite({ describe, test }: TestRunner, harness: () => StoreHarness): void {
  const { ledger, setCap, reserve, spentAndLeft, keyOf } = capView(harness);
  const balanceOf = (userId: string) => harness().stores.creditLedger.balance(userId);
  describe('holds below caps', () => {
    test('the last credit below a cap can be held, and not one more', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { window: 'month', limit: 250 });
      const first = await openHold(harness().stores, userId);
      await openHold(harness().stores, userId);
      const refused = await ledger().reserve(reserveRequest(userId, { hold: 51 }));
      expect(refused).toMatchObject({
        outcome: 'cap_reached',
        cap: { cap: { window: 'month', limit: 250, setBy: 'administrator' }, spent: 200, left: 50 },
      });
      expect(refused.outcome === 'cap_reached' && refused.cap.endsAt).toBeInstanceOf(Date);
      expect(await reserve(userId, { hold: 50 })).toBe('reserved');
      expect(await reserve(userId, { hold: 0 })).toBe('reserved');
      expect(await spentAndLeft(userId)).toEqual([[250, 0]]);
      await ledger().settle(settlementOf(first, 30));
      expect(await spentAndLeft(userId)).toEqual([[180, 70]]);
      expect(await balanceOf(userId)).toEqual({ balance: 9820, held: 150 });
      await expectSound(harness().stores);
    });

    test('a release and an expiry give back what they held', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 300 });
      const [released, erasedKey] = [
        await openHold(harness().stores, userId),
        await openHold(harness().stores, userId, { leaseMs: 1000, idempotencyKey: 'key' }),
      ];
      await openHold(harness().stores, userId);
      expect(await reserve(userId)).toBe('cap_reached');
      await ledger().release(releaseOf(released));
      expect(await spentAndLeft(userId)).toEqual([[200, 100]]);
      await ledger().release(releaseOf(released));
      expect(await reserve(userId)).toBe('reserved');
      await harness().advance(1000);
      await ledger().expireHolds({ everyOpen: false });
      expect((await ledger().settle(settlementOf(erasedKey, 100))).outcome).toBe('already_final');
      expect(await spentAndLeft(userId)).toEqual([[200, 100]]);
      await expectSound(harness().stores);
    });

    test('what was spent in the window before a cap was set counts', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const settled = await openHold(harness().stores, userId);
      await ledger().settle(settlementOf(settled, 70));
      const released = await openHold(harness().stores, userId);
      await openHold(harness().stores, userId);
      await setCap(userId, { limit: 350 });
      expect(await spentAndLeft(userId)).toEqual([[270, 80]]);
      await ledger().release(releaseOf(released));
      expect(await reserve(userId)).toBe('reserved');
      expect(await reserve(userId)).toBe('cap_reached');
      expect(await spentAndLeft(userId)).toEqual([[270, 80]]);
      await expectSound(harness().stores);
    });

    test('a hold counts for each cap that applies to it, or for none', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const keyId = await keyOf(userId);
      await setCap(userId, { limit: 1000 });
      await setCap(userId, { scope: 'key', keyId, limit: 300 });
      await setCap(userId, { scope: 'model', model: 'large', limit: 200 });
      expect(await reserve(userId, { keyId, model: 'large' })).toBe('reserved');
      expect(await reserve(userId, { model: 'large' })).toBe('reserved');
      expect(await reserve(userId, { model: 'large', hold: 1 })).toBe('cap_reached');
      expect(await reserve(userId, { keyId })).toBe('reserved');
      expect(await reserve(userId, { keyId: await keyOf(userId) })).toBe('reserved');
      const refused = await ledger().reserve(reserveRequest(userId, { keyId, hold: 101 }));
      expect(refused).toMatchObject({ cap: { cap: { scope: 'key', keyId }, spent: 200, left: 100 } });
      expect(await spentAndLeft(userId)).toEqual([
        [400, 600],
        [200, 100],
        [200, 0],
      ]);
      await expectSound(harness().stores);
    });

    test('of several caps that allow too little, the one with the least left is reported', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 90 });
      await setCap(userId, { limit: 50, window: 'day', setBy: 'account' });
      await setCap(userId, { limit: 50, window: 'total', setBy: 'account' });
      const refused = await ledger().reserve(reserveRequest(userId));
      expect(refused).toMatchObject({ cap: { cap: { window: 'total', setBy: 'account' }, left: 50 } });
    });

    test('the cap with the least left is reported, also if it has counted nothing yet', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 101 });
      await openHold(harness().stores, userId, { hold: 0 });
      await setCap(userId, { limit: 100, window: 'day' });
      const refused = await ledger().reserve(reserveRequest(userId, { hold: 102 }));
      expect(refused).toMatchObject({ cap: { cap: { window: 'day' }, left: 100 } });
    });

    test('a lowered limit applies at once, also below what is spent, and a removed one no longer', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      await setCap(userId, { limit: 1000, setBy: 'account' });
      await openHold(harness().stores, userId);
      await setCap(userId, { limit: 40 });
      expect(await ledger().reserve(reserveRequest(userId, { hold: 1 }))).toMatchObject({
        cap: { cap: { limit: 40, setBy: 'administrator' }, spent: 100, left: 0 },
      });
      expect(await spentAndLeft(userId)).toEqual([
        [100, 900],
        [100, 0],
      ]);
      for (const { cap } of (await harness().stores.capStore.states(userId, noWalletRules)) ?? []) {
        await harness().stores.capStore.remove({ userId, capId: cap.id ?? '' }, null);
      }
      expect(await reserve(userId, { hold: 5000 })).toBe('reserved');
      await setCap(userId, { limit: 5100 });
      expect(await reserve(userId, { hold: 1 })).toBe('cap_reached');
      await expectSound(harness().stores);
    });

    test('a claimed key, a missing conversation and a lack of credits are reported before a cap', async () => {
      const userId = await createAccount(harness().stores, 1000);
      await setCap(userId, { limit: 100 });
      const first = await openHold(harness().stores, userId, { idempotencyKey: 'key' });
      expect(await reserve(userId)).toBe('cap_reached');
      expect(await ledger().reserve(reserveRequest(userId, { idempotencyKey: 'key' }))).toMatchObject({
        outcome: 'key_claimed',
        exchange: { id: first.exchangeId },
      });
      const conversation = { id: newId(), title: null };
      expect(await reserve(userId, { conversation })).toBe('no_such_conversation');
      expect(await reserve(userId, { hold: 901 })).toBe('insufficient');
      expect(await reserve(userId, { hold: 900 })).toBe('cap_reached');
    });

    test('a cap of other settings, such as those of another server, goes on to be counted', async () => {
      const userId = await createAccount(harness().stores, 10_000);
      const keyId = await keyOf(userId);
      await setCap(userId, { scope: 'key', keyId, limit: 5000 });
      const capped: WalletRules = { ...noWalletRules, defaultCaps: [{ window: 'total', limit: 300 }] };
      const elsewhere = { ...noWalletRules, timeZone: 'Pacific/Kiritimati' };
      for (const rules of [capped, noWalletRules, elsewhere])
        expect(await reserve(userId, { rules, keyId })).toBe('reserved');
      expect(await spentAndLeft(userId, capped)).toEqual([
        [300, 4700],
        [300, 0],
      ]);
      await expectSound(harness().stores);
      const spend = async (rules: WalletRules) =>
        (await ledger().spend(spendRequest(userId, { amount: 1, rules }))).outcome;
      expect(await spend(capped)).toBe('cap_reached');
      expect(await spend(noWalletRules)).toBe('spent');
      expect((await spentAndLeft(userId, capped)).at(-1)).toEqual([301, 0]);
      await expectSound(harness().stores);
    });

    test('a window in which more was spent than an account can have at one time is reported with the maximum', async () => {
      const userId = await createAccount(harness().stores, maxCredits);
      const spend = async (amount: number) =>
        (await ledger().spend(spendRequest(userId, { amount }))).outcome;
      const grant = { userId, kind: 'grant', reason: null } as const;
      await spend(maxCredits);
      await harness().stores.creditLedger.post({ ...grant, id: newId(), amount: maxCredits });
      await spend(maxCredits);
      await harness().stores.creditLedger.post({ ...grant, id: newId(), amount: 1000 });
      await setCap(userId, { limit: 5 });
      expect(await spentAndLeft(userId)).toEqual([[maxCredits, 0]]);
      expect([await spend(1), await spend(0), await spend(1)]).toEqual([
        'cap_reached',
        'spent',
        'cap_reached',
      ]);
      const exchange = await openHold(harness().stores, userId, { hold: 0 });
      expect(await ledger().settle(settlementOf(exchange, 9))).toMatchObject({ captured: 0, uncollected: 9 });
      expect(await spentAndLeft(userId)).toEqual([[maxCredits, 0]]);
      await expectSound(harness().stores);
    });

    test('an account that is erased counts nothing more', async () => {
      const userId = await createAccount(harness().stores, 1000);
      await setCap(userId, { limit: 500 });
      const exchange = await openHold(harness().stores, userId);
      await harness().stores.userStore.erase(userId);
      expect(await ledger().settle(settlementOf(exchange, 10))).toEqual({ outcome: 'account_erased' });
      expect(await reserve(userId)).toBe('no_such_user');
      await expectSound(harness().stores);
    });

    test('of 200 at once with one key below a cap, exactly one is reserved', async () => {
      const userId = await createAccount(harness().stores, 100_000);
      await setCap(userId, { limit: 100 });
      const counts = await countOutcomes(200, () =>
        ledger().reserve(reserveRequest(userId, { idempotencyKey: 'one' })),
      );
      expect(counts).toEqual({ reserved: 1, key_claimed: 199 });
      await expectSound(harness().stores);
    });

    test('of 200 at once below a cap on the account, a key and a model together, exactly as many as fit', async () => {
      const { kept, of } = await raceForTheCaps(harness().stores, [1]);
      expect(kept).toBe(of);
    });
  });
}
