import { expect } from 'expect';
import type { Stores } from '../ports/stores.js';
import {
  createAccount,
  entryIds,
  newDigest,
  newUser,
  openHold,
  releaseOf,
  settlementOf,
  spendRequest,
} from './accounts.js';
import { factOf, newOrder } from './order-store/view.js';
import type { StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/** The day of the stores' clock, and the day after it. */
export async function currentDay(stores: Stores): Promise<[from: string, to: string]> {
  const user = await stores.userDirectory.find(await createAccount(stores, 0));
  const from = user?.createdAt.toISOString().slice(0, 10) ?? '';
  return [from, new Date(Date.parse(from) + 86_400_000).toISOString()];
}

/** The tests of `Statistics.highlights`. */
export function highlightTests({ test }: TestRunner, harness: () => StoreHarness): void {
  const today = () => currentDay(harness().stores);
  const highlights = (from: string, to: string) =>
    harness().stores.statistics.highlights({ from: new Date(from), to: new Date(to) });

  test('a model has the times that its complete replies took', async () => {
    const { stores, advance } = harness();
    const model = newDigest();
    const userId = await createAccount(stores, 10_000);
    const open = () => openHold(stores, userId, { model });
    const holds = [await open()];
    await advance(60_000);
    holds.push(await open());
    await advance(20_000);
    holds.push(await open());
    const [from] = await today();
    const start = new Date(Date.parse(from) - 86_400_000).toISOString();
    for (const hold of holds) await stores.holdLedger.settle(settlementOf(hold, 1, { repliedBy: model }));
    // Neither is a complete reply.
    await stores.holdLedger.settle(settlementOf(await open(), 1, { repliedBy: model, status: 'cancelled' }));
    await stores.holdLedger.release(releaseOf(await open()));
    const { latencies } = await highlights(start, '2040-01-01T00:00:00Z');
    const [found] = latencies.filter((latency) => latency.model === model);
    expect(found?.replies).toBe(3);
    for (const [measured, least] of [
      [found?.medianMs, 20_000],
      [found?.slowMs, 80_000],
    ] as const) {
      expect(measured).toBeGreaterThanOrEqual(least);
      expect(measured).toBeLessThan(least + 40_000);
      expect(Number.isSafeInteger(measured)).toBe(true);
    }
  });

  test('revenue is of paid orders, by day and currency, with what was paid back', async () => {
    const { orderStore } = harness().stores;
    const currency = 'xts';
    const [from, to] = await today();
    const userId = await createAccount(harness().stores, 0);
    const make = async (price: number) => {
      const made = await orderStore.create(newOrder(userId, { price, currency }));
      if (made.outcome !== 'created') throw new TypeError(made.outcome);
      return made.order;
    };
    const [paid, refunded] = [await make(900), await make(300)];
    await make(50);
    for (const order of [paid, refunded]) await orderStore.apply(factOf(order, 'paid'), entryIds);
    await orderStore.apply(factOf(refunded, 'refunded', { amount: 100 }), entryIds);
    const { revenue } = await highlights(from, to);
    expect(revenue.filter((each) => each.currency === currency)).toEqual([
      { day: from, currency, orders: 2, paid: 1200, refunded: 100 },
    ]);
  });

  test('the ten accounts that were charged most are found, the first of them first, also an erased one', async () => {
    const { holdLedger, userStore } = harness().stores;
    const [from, to] = await today();
    const huge = 2 ** 40;
    const users = Array.from({ length: 12 }, () => newUser(huge * 20));
    for (const [index, user] of users.entries()) {
      await userStore.create(user);
      await holdLedger.spend(spendRequest(user.id, { amount: huge * (index + 1) }));
      await holdLedger.spend(spendRequest(user.id, { amount: 1 }));
    }
    await userStore.erase(users[11]?.id ?? '');
    const { topAccounts } = await highlights(from, to);
    expect(topAccounts).toEqual(
      users
        .map(({ id, username }, index) => ({
          ...{ userId: id, username: index === 11 ? null : username },
          ...{ charges: 2, charged: huge * (index + 1) + 1 },
        }))
        .toReversed()
        .slice(0, 10),
    );
  });
}
