import { expect } from 'expect';
import { eventTypes } from '../domain/events/event.js';
import { laneLeaseMs } from '../domain/events/webhook.js';
import { createAccount, entryIds, newId, settlementOf, openHold, spendRequest } from './accounts.js';
import { noWalletRules } from '../domain/metering/wallet-rules.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';
import { purgingSuite } from './webhook-store/purging.js';
import { writtenEventsSuite } from './webhook-store/written-events.js';

const leaseMs = laneLeaseMs;

/**
 * Runs the contracts of `EventStore` and `WebhookStore` against an adapter, and of the other stores as far as they write events.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { webhookStoreContract } from 'metered-chat/testing';
 *
 * webhookStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function webhookStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`events and webhooks: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);
    const stores = () => harness().stores;
    const eventsOf = (userId: string) => stores().eventStore.events(userId, { after: 0, limit: 1000 });
    const typesOf = async (userId: string) => (await eventsOf(userId)).map(({ type }) => type);
    const dispatchAll = async () => {
      while ((await stores().eventStore.dispatch({ limit: 100, ids: entryIds })).length > 0);
    };
    const createEndpoint = async () => {
      const endpoint = { id: newId(), url: 'https://example.com/', types: eventTypes, secret: 'whsec_x' };
      const created = await stores().webhookStore.create({ ...endpoint, createdBy: null, maxEndpoints: 100 });
      return created?.id ?? '';
    };
    const grant = (userId: string, amount: number) =>
      stores().creditLedger.post({
        ...{ id: newId(), userId, kind: amount > 0 ? 'grant' : 'adjustment', amount, reason: 'why' },
        lowBalance: 1000,
      });

    test('an account begins with account.created, and has its numbers without a gap', async () => {
      const userId = await createAccount(stores(), 100);
      await grant(userId, 50);
      const events = await eventsOf(userId);
      expect(events.map(({ sequence, type }) => [sequence, type])).toEqual([
        [1, 'account.created'],
        [2, 'credits.granted'],
      ]);
      expect(events[1]?.data).toMatchObject({ kind: 'grant', amount: 50, balance: 150 });
    });

    test('balance.low is written once a crossing under 200 chats at once, and balance.exhausted once', async () => {
      const rules = { ...noWalletRules, lowBalance: 1000 };
      const userId = await createAccount(stores(), 20_000);
      const holds = await Promise.all(
        Array.from({ length: 200 }, () => openHold(stores(), userId, { hold: 100, rules })),
      );
      expect(await typesOf(userId)).toEqual(['account.created']);
      await Promise.all(
        holds.map((hold) => stores().holdLedger.settle({ ...settlementOf(hold, 100), rules })),
      );
      expect(await typesOf(userId)).toEqual(['account.created', 'balance.low', 'balance.exhausted']);
      await grant(userId, 1500);
      await grant(userId, -600);
      expect((await typesOf(userId)).slice(3)).toEqual(['credits.granted', 'balance.low']);
    });

    test('balance.low is written by a charge, once until the balance rose to the threshold', async () => {
      const rules = { ...noWalletRules, lowBalance: 1000 };
      const userId = await createAccount(stores(), 1100);
      const spend = (amount: number) => stores().holdLedger.spend(spendRequest(userId, { amount, rules }));
      for (const amount of [100, 1, 1]) await spend(amount);
      await grant(userId, 1);
      await spend(1);
      expect((await typesOf(userId)).filter((type) => type === 'balance.low')).toHaveLength(1);
      await grant(userId, 500);
      await spend(900);
      expect((await typesOf(userId)).filter((type) => type === 'balance.low')).toHaveLength(2);
    });

    test('an own threshold replaces the default, and causes no event when it is set', async () => {
      const userId = await createAccount(stores(), 500);
      const preferences = await stores().notificationStore.setPreferences(userId, { lowBalance: 200 }, 1000);
      expect(preferences).toEqual({ lowBalance: 200, mailsLowBalance: true, mailsPaidOrder: true });
      await grant(userId, -300);
      expect(await typesOf(userId)).toEqual(['account.created']);
      await grant(userId, -1);
      expect(await typesOf(userId)).toEqual(['account.created', 'balance.low']);
    });

    test('of two workers, one dispatches an event, and one gets a lane until its time is over', async () => {
      // Otherwise the endpoint gets the events of all other tests as well.
      await dispatchAll();
      const endpointId = await createEndpoint();
      const userId = await createAccount(stores(), 100);
      await grant(userId, 5);
      await Promise.all([dispatchAll(), dispatchAll()]);
      const page = await stores().webhookStore.deliveries(endpointId, { limit: 100, before: null });
      const mine = (page?.results ?? []).filter((delivery) => delivery.userId === userId);
      expect(mine.map(({ sequence }) => sequence)).toEqual([2, 1]);
      const workers = [newId(), newId()] as const;
      const claim = (worker: string) => stores().webhookStore.claimLanes({ worker, limit: 10_000, leaseMs });
      const claimed = (await Promise.all(workers.map(claim))).flat();
      const lane = { endpointId, userId };
      expect(claimed.filter((each) => each.endpointId === endpointId && each.userId === userId)).toEqual([
        lane,
      ]);
      await harness().advance(leaseMs);
      const third = newId();
      expect(await claim(third)).toContainEqual(lane);
      for (const worker of workers)
        expect(await stores().webhookStore.openLane(lane, { worker, leaseMs })).toBeNull();
      const open = await stores().webhookStore.openLane(lane, { worker: third, leaseMs });
      expect(open?.queued.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(await stores().webhookStore.remove(endpointId)).toBe(true);
      expect(await stores().webhookStore.deliveries(endpointId, { limit: 1, before: null })).toBeNull();
    });

    writtenEventsSuite(runner, harness);
    purgingSuite(runner, harness);
  });
}
