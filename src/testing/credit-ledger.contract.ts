import { expect } from 'expect';
import { maxCredits } from '../domain/ledger/entry.js';
import type { ExchangeReference } from '../ports/hold-ledger.js';
import {
  allEntries,
  countOutcomes,
  createAccount,
  delicateTexts,
  expectSound,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
} from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `CreditLedger` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { creditLedgerContract } from 'metered-chat/testing';
 *
 * creditLedgerContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function creditLedgerContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`credit ledger: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    function post(userId: string, amount: number, reason: string | null = 'why') {
      const kind = amount > 0 ? 'grant' : 'adjustment';
      return harness().stores.creditLedger.post({ id: newId(), userId, kind, amount, reason });
    }
    const balanceOf = (userId: string) => harness().stores.creditLedger.balance(userId);

    test('an account that does not exist has no balance, and nothing is posted to it', async () => {
      const userId = newId();
      const existing = await createAccount(harness().stores, 0);
      const asked = [userId, existing, newId()].map(balanceOf);
      expect(await Promise.all(asked)).toEqual([null, { balance: 0, held: 0 }, null]);
      expect(await post(userId, 5)).toEqual({ outcome: 'no_such_user' });
      expect(await balanceOf(userId)).toBeNull();
      expect(await harness().stores.creditLedger.entries(userId, { limit: 10, before: null })).toEqual({
        results: [],
        next: null,
      });
    });

    test('posting changes the balance and writes the entry', async () => {
      const userId = await createAccount(harness().stores, 100);
      const granted = await post(userId, 50, 'a gift');
      expect(granted).toMatchObject({
        outcome: 'posted',
        entry: { userId, kind: 'grant', amount: 50, balanceAfter: 150, exchangeId: null, reason: 'a gift' },
      });
      expect(await post(userId, -150, null)).toMatchObject({
        outcome: 'posted',
        entry: { kind: 'adjustment', amount: -150, balanceAfter: 0, reason: null },
      });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 0 });
      const amounts = (await allEntries(harness().stores, userId)).map(({ amount }) => amount);
      expect(amounts).toEqual([-150, 50, 100]);
      await expectSound(harness().stores);
    });

    test('a balance does not go below zero', async () => {
      const userId = await createAccount(harness().stores, 100);
      await openHold(harness().stores, userId, { hold: 60 });
      expect(await post(userId, -41)).toEqual({ outcome: 'out_of_range', balance: 40 });
      expect(await post(userId, -maxCredits)).toEqual({ outcome: 'out_of_range', balance: 40 });
      expect(await balanceOf(userId)).toEqual({ balance: 40, held: 60 });
      expect(await post(userId, -40)).toMatchObject({ outcome: 'posted', entry: { balanceAfter: 0 } });
      await expectSound(harness().stores);
    });

    test('a balance and its open holds reach exactly 2^53 − 1 together, and no more', async () => {
      const userId = await createAccount(harness().stores, maxCredits - 10);
      const exchange = await openHold(harness().stores, userId, { hold: maxCredits - 15 });
      expect(await balanceOf(userId)).toEqual({ balance: 5, held: maxCredits - 15 });
      expect(await post(userId, 11)).toEqual({ outcome: 'out_of_range', balance: 5 });
      expect(await post(userId, maxCredits)).toEqual({ outcome: 'out_of_range', balance: 5 });
      expect(await post(userId, 10)).toMatchObject({ outcome: 'posted', entry: { balanceAfter: 15 } });
      expect(await post(userId, 1)).toEqual({ outcome: 'out_of_range', balance: 15 });
      expect(await harness().stores.holdLedger.release(releaseOf(exchange))).toMatchObject({
        outcome: 'released',
      });
      expect(await balanceOf(userId)).toEqual({ balance: maxCredits, held: 0 });
      expect(await post(userId, 1)).toEqual({ outcome: 'out_of_range', balance: maxCredits });
      await expectSound(harness().stores);
    });

    test('amounts at the limit are exact', async () => {
      const userId = await createAccount(harness().stores, maxCredits);
      const exchange = await openHold(harness().stores, userId, { hold: maxCredits });
      const settled = await harness().stores.holdLedger.settle(settlementOf(exchange, maxCredits - 1));
      expect(settled).toMatchObject({ outcome: 'settled', balance: 1 });
      expect(await post(userId, -1)).toMatchObject({ entry: { balanceAfter: 0 } });
      expect(await post(userId, maxCredits)).toMatchObject({ entry: { balanceAfter: maxCredits } });
      const amounts = (await allEntries(harness().stores, userId)).map(({ amount }) => amount);
      expect(amounts).toEqual([maxCredits, -1, 1 - maxCredits, maxCredits]);
      await expectSound(harness().stores);
    });

    for (const amount of [maxCredits + 1, -maxCredits - 1]) {
      test(`an amount of ${amount} is always out of range`, async () => {
        const userId = await createAccount(harness().stores, 100);
        expect(await post(userId, amount)).toEqual({ outcome: 'out_of_range', balance: 100 });
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
        expect(await allEntries(harness().stores, userId)).toHaveLength(1);
      });
    }

    for (const amount of [0, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      test(`an amount of ${amount} is rejected and changes nothing`, async () => {
        const userId = await createAccount(harness().stores, 100);
        await expect(post(userId, amount)).rejects.toThrow();
        expect(await balanceOf(userId)).toEqual({ balance: 100, held: 0 });
        expect(await allEntries(harness().stores, userId)).toHaveLength(1);
      });
    }

    test('an entry id cannot be stored twice', async () => {
      const userId = await createAccount(harness().stores, 100);
      const entry = { id: newId(), userId, kind: 'grant', amount: 5, reason: null } as const;
      await harness().stores.creditLedger.post(entry);
      await expect(harness().stores.creditLedger.post(entry)).rejects.toThrow();
      expect(await balanceOf(userId)).toEqual({ balance: 105, held: 0 });
      await expectSound(harness().stores);
    });

    test('of twenty parallel entries with one idempotency key, one is posted, and the others return it without a time limit', async () => {
      const { creditLedger } = harness().stores;
      const [userId, otherId] = [
        await createAccount(harness().stores, 100),
        await createAccount(harness().stores, 100),
      ];
      const grant = { kind: 'grant', amount: 5, reason: 'why', idempotencyKey: 'k' } as const;
      const posted = await Promise.all(
        Array.from({ length: 20 }, () => creditLedger.post({ ...grant, id: newId(), userId })),
      );
      expect(posted.filter(({ outcome }) => outcome === 'posted')).toHaveLength(1);
      expect(posted.filter(({ outcome }) => outcome === 'key_claimed')).toHaveLength(19);
      expect(new Set(posted.map((one) => 'entry' in one && one.entry.id)).size).toBe(1);
      const other = { ...grant, id: newId(), userId, amount: -105 } as const;
      expect(await creditLedger.post(other)).toMatchObject({ outcome: 'key_claimed', entry: { amount: 5 } });
      expect(await balanceOf(userId)).toEqual({ balance: 105, held: 0 });
      expect(await creditLedger.post({ ...grant, id: newId(), userId: otherId })).toMatchObject({
        outcome: 'posted',
      });
      await expectSound(harness().stores);
    });

    test('an idempotency key with which nothing was posted can be used', async () => {
      const { creditLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 100);
      const taken = { kind: 'adjustment', amount: -150, reason: 'why', idempotencyKey: 'k' } as const;
      const refused = await creditLedger.post({ ...taken, id: newId(), userId });
      expect(refused).toEqual({ outcome: 'out_of_range', balance: 100 });
      await post(userId, 50);
      expect(await creditLedger.post({ ...taken, id: newId(), userId })).toMatchObject({ outcome: 'posted' });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 0 });
    });

    test('of a hundred parallel entries that take 1 from a balance of 37, thirty-seven are posted', async () => {
      const userId = await createAccount(harness().stores, 37);
      expect(await countOutcomes(100, () => post(userId, -1))).toEqual({ posted: 37, out_of_range: 63 });
      expect(await balanceOf(userId)).toEqual({ balance: 0, held: 0 });
      const after = (await allEntries(harness().stores, userId)).map(({ balanceAfter }) => balanceAfter);
      expect(new Set(after).size).toBe(38);
      await expectSound(harness().stores);
    });

    test('grants at the limit in parallel with ending holds never exceed 2^53 − 1', async () => {
      const userId = await createAccount(harness().stores, maxCredits - 20);
      const exchanges: ExchangeReference[] = [];
      for (let index = 0; index < 20; index += 1) exchanges.push(await openHold(harness().stores, userId));
      const counts = await countOutcomes(80, (index) => {
        const exchange = exchanges[Math.floor(index / 2)];
        if (index % 2 === 0 || exchange === undefined) return post(userId, 1);
        return harness().stores.holdLedger.release(releaseOf(exchange));
      });
      expect(counts).toEqual({ posted: 20, out_of_range: 40, released: 20 });
      expect(await balanceOf(userId)).toEqual({ balance: maxCredits, held: 0 });
      await expectSound(harness().stores);
    });

    test('parallel grants, charges and rejections on one account leave the ledger sound', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const counts = await countOutcomes(90, async (index) => {
        if (index % 3 === 0) return post(userId, 10);
        if (index % 3 === 1) return post(userId, -10);
        const request = reserveRequest(userId, { hold: 20 });
        const reserved = await harness().stores.holdLedger.reserve(request);
        if (reserved.outcome !== 'reserved') return reserved;
        return harness().stores.holdLedger.settle(settlementOf(request, 15));
      });
      expect(counts).toEqual({ posted: 60, settled: 30 });
      expect(await balanceOf(userId)).toEqual({ balance: 550, held: 0 });
      await expectSound(harness().stores);
    });

    test('pages are newest first, end exactly, and stay the same while entries are added', async () => {
      const userId = await createAccount(harness().stores, 0);
      for (let amount = 1; amount <= 6; amount += 1) await post(userId, amount);
      const page = (before: string | null) =>
        harness().stores.creditLedger.entries(userId, { limit: 3, before });
      const first = await page(null);
      expect(first.results.map(({ amount }) => amount)).toEqual([6, 5, 4]);
      expect(first.next).not.toBeNull();
      await post(userId, 7);
      const second = await page(first.next);
      expect(second.results.map(({ amount }) => amount)).toEqual([3, 2, 1]);
      expect(second.next).toBeNull();
      expect((await page(null)).results.map(({ amount }) => amount)).toEqual([7, 6, 5]);
    });

    test("an account's entries are its own", async () => {
      const [userId, otherId] = [
        await createAccount(harness().stores, 1),
        await createAccount(harness().stores, 2),
      ];
      expect((await allEntries(harness().stores, userId)).map((entry) => entry.userId)).toEqual([userId]);
      expect((await allEntries(harness().stores, otherId)).map((entry) => entry.amount)).toEqual([2]);
    });

    for (const reason of delicateTexts) {
      test(`a reason is stored byte for byte: ${JSON.stringify(reason)}`, async () => {
        const userId = await createAccount(harness().stores, 0);
        expect(await post(userId, 1, reason)).toMatchObject({ entry: { reason } });
        expect(await allEntries(harness().stores, userId)).toMatchObject([{ reason }]);
      });
    }

    test('a returned object can be changed without changing the stored one', async () => {
      const userId = await createAccount(harness().stores, 5);
      const posted = await post(userId, 5);
      const before = await allEntries(harness().stores, userId);
      for (const entry of await allEntries(harness().stores, userId)) {
        entry.amount = 9;
        entry.createdAt.setTime(0);
      }
      if (posted.outcome === 'posted') posted.entry.amount = 9;
      expect(await allEntries(harness().stores, userId)).toEqual(before);
    });
  });
}
