import { v7 } from 'uuid';
import { expect } from 'expect';
import { maxCredits } from '../domain/ledger/entry.js';
import { noWalletRules } from '../domain/metering/wallet-rules.js';
import type { Counts } from '../ports/statistics.js';
import {
  actionSettlementOf,
  createAccount,
  entryIds,
  newDigest,
  newId,
  newUser,
  openActionHold,
  openHold,
  releaseOf,
  settlementOf,
  spendRequest,
} from './accounts.js';
import { currentDay, highlightTests } from './statistics-highlights.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `Statistics` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { statisticsContract } from 'metered-chat/testing';
 *
 * statisticsContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function statisticsContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`statistics: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    const count = (from: string, to: string, userId: string | null = null) =>
      harness().stores.statistics.count({ from: new Date(from), to: new Date(to), userId });

    const today = () => currentDay(harness().stores);

    /** Imports an account with one exchange of that time. */
    async function importAt(createdAt: Date): Promise<void> {
      const id = v7({ msecs: createdAt.getTime() });
      const { openingGrant, role, ...user } = newUser(0, { id });
      const message = { message: 'Hello', reply: 'Hello back', createdAt };
      await harness().stores.accountImporter.importAccount({
        sourceDigest: newDigest(),
        user: { ...user, role, status: 'active', createdAt },
        openingGrant,
        exchanges: [{ ...message, id: v7({ msecs: createdAt.getTime() }) }],
        authTokens: [],
        accessTtlMs: 1000,
      });
    }

    test('exchanges are counted by the model that replied, with their results', async () => {
      const { holdLedger } = harness().stores;
      const model = newDigest();
      const [from, to] = await today();
      const userId = await createAccount(harness().stores, 1000);
      const [settled, fallen, cancelled, failed] = [
        await openHold(harness().stores, userId, { model }),
        await openHold(harness().stores, userId, { model }),
        await openHold(harness().stores, userId, { model }),
        await openHold(harness().stores, userId, { model }),
      ];
      await holdLedger.settle(settlementOf(settled, 70, { repliedBy: model }));
      await holdLedger.settle(settlementOf(cancelled, 5, { repliedBy: model, status: 'cancelled' }));
      await holdLedger.release(releaseOf(failed));
      await holdLedger.spend(spendRequest(userId, { amount: 25 }));
      // Of 1000 credits, 100 were spent and 100 are held.
      await openHold(harness().stores, userId, { model });
      await holdLedger.settle(settlementOf(fallen, 1000, { repliedBy: `other ${model}` }));
      const { exchanges } = await count(from, to);
      const found = exchanges.filter((counts) => counts.model.includes(model));
      found.sort((left, right) => left.model.length - right.model.length);
      expect(found).toEqual([
        { day: from, model, chats: 4, charged: 75, uncollected: 0, failed: 1, cancelled: 1 },
        {
          day: from,
          model: `other ${model}`,
          chats: 1,
          charged: 800,
          uncollected: 200,
          failed: 0,
          cancelled: 0,
        },
      ]);
    });

    test('a model has what it replied to, and what it was asked for and failed at', async () => {
      const { holdLedger, statistics } = harness().stores;
      const [model, other] = [newDigest(), newDigest()];
      const userId = await createAccount(harness().stores, 10_000);
      const open = () => openHold(harness().stores, userId, { model });
      await holdLedger.settle(settlementOf(await open(), 1, { repliedBy: model }));
      await holdLedger.settle(settlementOf(await open(), 1, { repliedBy: model, status: 'cancelled' }));
      await holdLedger.settle(settlementOf(await open(), 1, { repliedBy: other }));
      for (const failure of ['provider_failed', 'provider_timeout', 'provider_busy']) {
        await holdLedger.release({ ...releaseOf(await open()), failure });
      }
      // Neither shows anything about the model.
      for (const failure of ['content_filtered', 'unavailable', null]) {
        await holdLedger.release({ ...releaseOf(await open()), failure });
      }
      await holdLedger.release({ exchange: await open(), status: 'cancelled', failure: null });
      const last = await open();
      const { createdAt } = (await holdLedger.exchange(last)) ?? {};
      await holdLedger.settle(settlementOf(last, 1, { repliedBy: model }));
      // Later than its last success.
      await holdLedger.release({ ...releaseOf(await open()), failure: 'provider_failed' });
      await open();
      const resultsAt = async (countedFrom: Date) => {
        const results = await statistics.modelResults({ from: new Date(0), countedFrom });
        return [model, other].map((name) => results.find((result) => result.model === name));
      };
      expect(await resultsAt(new Date(0))).toEqual([
        { model, lastSuccessAt: createdAt, replies: 3, failures: 5 },
        { model: other, lastSuccessAt: expect.any(Date) as unknown, replies: 1, failures: 0 },
      ]);
      const later = new Date((createdAt?.getTime() ?? 0) + 86_400_000);
      expect(await resultsAt(later)).toMatchObject([
        { lastSuccessAt: createdAt, replies: 0, failures: 0 },
        {},
      ]);
      expect(await statistics.modelResults({ from: later, countedFrom: later })).toEqual([]);
    });

    test('each model of a chain that failed has a failure, whether or not another one replied', async () => {
      const { holdLedger, statistics } = harness().stores;
      const [first, middle, last] = [newDigest(), newDigest(), newDigest()];
      const userId = await createAccount(harness().stores, 10_000);
      const open = () => openHold(harness().stores, userId, { model: first });
      const failedModels = [first, middle];
      await holdLedger.settle(settlementOf(await open(), 1, { repliedBy: last, failedModels }));
      await holdLedger.release({ ...releaseOf(await open()), failedModels: [first, middle, last] });
      await holdLedger.release({
        exchange: await open(),
        status: 'cancelled',
        failure: null,
        failedModels: [first],
      });
      // The first one was skipped, and the error is not of the provider.
      await holdLedger.release({
        ...releaseOf(await open()),
        failure: 'context_length_exceeded',
        failedModels: [middle],
      });
      const epoch = new Date(0);
      const results = await statistics.modelResults({ from: epoch, countedFrom: epoch });
      const counts = [first, middle, last].map((model) => results.find((result) => result.model === model));
      expect(counts).toMatchObject([
        { replies: 0, failures: 3 },
        { replies: 0, failures: 3 },
        { replies: 1, failures: 1 },
      ]);
    });

    test('a day begins at midnight UTC, and ends before the next midnight', async () => {
      for (const time of [
        '2011-03-09T23:59:59.999Z',
        '2011-03-10T00:00:00.000Z',
        '2011-03-10T23:59:59.999Z',
        '2011-03-11T00:00:00.000Z',
      ]) {
        await importAt(new Date(time));
      }
      const oneDay = await count('2011-03-10T00:00:00Z', '2011-03-11T00:00:00Z');
      expect(oneDay.accounts).toEqual([{ day: '2011-03-10', created: 2 }]);
      expect(oneDay.exchanges).toMatchObject([
        { day: '2011-03-10', model: 'imported', chats: 2, charged: 0 },
      ]);
      const { accounts } = await count('2011-03-09T00:00:00Z', '2011-03-12T00:00:00Z');
      const byDay = accounts.sort((left, right) => (left.day < right.day ? -1 : 1));
      expect(byDay.map(({ created }) => created)).toEqual([1, 2, 1]);
    });

    test('charges for other actions are counted by action, with what nothing covered', async () => {
      const { holdLedger } = harness().stores;
      const [action, other] = [`image.${newDigest()}`, `export.${newDigest()}`];
      const [from, to] = await today();
      const userId = await createAccount(harness().stores, 200);
      const hold = await openActionHold(harness().stores, userId, { action });
      await holdLedger.spend(spendRequest(userId, { action: other, amount: 30 }));
      await holdLedger.spend(spendRequest(userId, { action, amount: 0 }));
      await holdLedger.release(
        releaseOf(await openActionHold(harness().stores, userId, { action: other, hold: 5 })),
      );
      await openActionHold(harness().stores, userId, { action: other, hold: 20 });
      await holdLedger.settle(actionSettlementOf(hold, 170));
      const { actions } = await count(from, to);
      const found = actions.filter((counts) => [action, other].includes(counts.action));
      found.sort((left, right) => right.charged - left.charged);
      expect(found).toEqual([
        { day: from, action, charges: 2, charged: 150, uncollected: 20 },
        { day: from, action: other, charges: 1, charged: 30, uncollected: 0 },
      ]);
    });

    test('a range without activity has no counts', async () => {
      const nothing: Counts = {
        ...{ exchanges: [], actions: [], accounts: [], credits: [] },
        active: { byDay: [], accounts: 0 },
      };
      expect(await count('2009-01-01T00:00:00Z', '2009-02-01T00:00:00Z')).toEqual(nothing);
      const none = { latencies: [], revenue: [], topAccounts: [] };
      const range = { from: new Date('2009-01-01T00:00:00Z'), to: new Date('2009-02-01T00:00:00Z') };
      expect(await harness().stores.statistics.highlights(range)).toEqual(none);
    });

    test('the counts of one account have nothing of another one', async () => {
      const { holdLedger } = harness().stores;
      const model = newDigest();
      const [from, to] = await today();
      const [userId, otherId] = [
        await createAccount(harness().stores, 1000),
        await createAccount(harness().stores, 500),
      ];
      await holdLedger.settle(settlementOf(await openHold(harness().stores, userId, { model }), 70));
      await holdLedger.spend(spendRequest(userId, { action: 'export.pdf', amount: 30 }));
      await holdLedger.settle(settlementOf(await openHold(harness().stores, otherId, { model }), 5));
      await holdLedger.spend(spendRequest(otherId, { action: 'export.csv', amount: 3 }));
      const counts = await count(from, to, userId);
      expect(counts.exchanges).toMatchObject([{ day: from, chats: 1, charged: 70 }]);
      expect(counts.actions).toMatchObject([{ action: 'export.pdf', charges: 1, charged: 30 }]);
      expect(counts.accounts).toEqual([{ day: from, created: 1 }]);
      expect(counts.credits).toEqual([{ day: from, granted: 1000, expired: 0 }]);
      expect(counts.active).toEqual({ byDay: [{ day: from, accounts: 1 }], accounts: 1 });
      expect((await count(from, to, newId())).exchanges).toEqual([]);
    });

    test('an account is active once a day, and once in the whole range, by chats and by other actions', async () => {
      const { holdLedger } = harness().stores;
      const [from, to] = await today();
      const before = (await count(from, to)).active;
      const [chatting, charged] = [
        await createAccount(harness().stores, 1000),
        await createAccount(harness().stores, 1000),
      ];
      await createAccount(harness().stores, 1000);
      for (let index = 0; index < 2; index += 1) await openHold(harness().stores, chatting);
      await holdLedger.spend(spendRequest(charged));
      const after = (await count(from, to)).active;
      expect(after.accounts - before.accounts).toBe(2);
      const ofDay = ({ byDay }: Counts['active']) => byDay.find(({ day }) => day === from)?.accounts ?? 0;
      expect(ofDay(after) - ofDay(before)).toBe(2);
      for (const at of ['2012-05-01T10:00:00Z', '2012-05-02T10:00:00Z']) await importAt(new Date(at));
      const imported = (await count('2012-05-01T00:00:00Z', '2012-05-03T00:00:00Z')).active;
      expect(imported.accounts).toBe(2);
      expect(imported.byDay.map(({ accounts }) => accounts)).toEqual([1, 1]);
    });

    highlightTests(runner, harness);

    test('allowances, purchases and vouchers count as granted, and what has expired by itself', async () => {
      const { stores, advance } = harness();
      const hourMs = 60 * 60 * 1000;
      // A new day, for others may have reached the largest sum of this one.
      await advance(48 * hourMs);
      const nowMs = harness().nowMs?.() ?? Date.now();
      const from = new Date(nowMs - (nowMs % (24 * hourMs))).toISOString();
      const sums = async () => {
        const { credits: all } = await count(from, '2040-01-01T00:00:00Z');
        return [
          all.reduce((sum, { granted }) => sum + granted, 0),
          all.reduce((sum, { expired }) => sum + expired, 0),
        ] as const;
      };
      const [granted, expired] = await sums();
      const userId = await createAccount(stores, 0);
      const expiresAt = new Date(nowMs + hourMs);
      const post = (kind: 'purchase' | 'voucher', amount: number) =>
        stores.creditLedger.post({
          ...{ id: newId(), userId, kind, amount, reason: null },
          lot: { expiresAt, priority: null },
        });
      await post('purchase', 70);
      await post('voucher', 5);
      const rules = { ...noWalletRules, allowance: { amount: 25, every: 'month' } as const };
      await stores.creditLedger.balance(userId, { rules, ids: entryIds });
      expect(await sums()).toEqual([Math.min(granted + 100, maxCredits), expired]);
      await advance(2 * hourMs);
      await stores.lotLedger.expireLots(entryIds);
      expect((await sums())[1]).toBeGreaterThanOrEqual(expired + 75);
    });

    test('grants are summed up to at most 2^53 − 1, without adjustments and charges', async () => {
      const { creditLedger, holdLedger } = harness().stores;
      const [from, to] = await today();
      const granted = async () => (await count(from, to)).credits[0]?.granted ?? 0;
      const before = await granted();
      const userId = await createAccount(harness().stores, 300);
      await creditLedger.post({ id: newId(), userId, kind: 'grant', amount: 20, reason: null });
      await creditLedger.post({ id: newId(), userId, kind: 'adjustment', amount: -50, reason: null });
      await holdLedger.settle(settlementOf(await openHold(harness().stores, userId), 100));
      expect(await granted()).toBe(Math.min(before + 320, maxCredits));
      await createAccount(harness().stores, maxCredits);
      await createAccount(harness().stores, maxCredits);
      expect(await granted()).toBe(maxCredits);
    });
  });
}
