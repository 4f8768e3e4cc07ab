import { describe, expect, test } from 'vitest';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { pollPayments } from '../../../src/domain/orders/poll-payments.js';
import type { PaymentFacts } from '../../../src/ports/payments.js';
import { createAccount, entryIds } from '../../../src/testing/accounts.js';
import { factOf, newOrder } from '../../../src/testing/order-store/view.js';

/** Polls a provider with these pages, each under the cursor of its number; an error ends the poll, as a kill would. */
async function scene() {
  const stores = memoryStores();
  const userId = await createAccount(stores, 0);
  const created = await stores.orderStore.create(newOrder(userId));
  if (created.outcome !== 'created') throw new Error(created.outcome);
  const errors: object[] = [];
  const log = { debug: ignore, info: ignore, warn: ignore, error: (about: object) => errors.push(about) };
  return {
    ...{ stores, order: created.order, errors },
    poll: (pages: (PaymentFacts | Error)[]) =>
      pollPayments(
        {
          ...{ orderStore: stores.orderStore, ids: entryIds, log, policy: { lowBalance: null } },
          payments: {
            provider: 'fake',
            eventsSince: (cursor) => {
              const page = pages[Number(cursor ?? '0')];
              return page instanceof Error || page === undefined
                ? Promise.reject(page ?? new Error('There is no such page.'))
                : Promise.resolve(page);
            },
          },
        },
        { caller: operatorCaller },
      ),
  };
}

function ignore(): void {
  // Nothing is logged.
}

describe('a poll', () => {
  test('that ends after a page has applied the facts of the page in whatever order it has them', async () => {
    const { stores, order, poll } = await scene();
    const facts = [factOf(order, 'refunded', { amount: 400 }), factOf(order, 'paid')];
    const pages = [{ facts, cursor: '1', hasMore: true }, new Error('killed')];
    await expect(poll(pages)).rejects.toThrow('killed');
    expect(await stores.orderStore.cursor('fake')).toBe('1');
    expect(await stores.orderStore.findById(order.id)).toMatchObject({ refunded: 400 });
  });

  test('that ends within a page reads the page again', async () => {
    const { stores, order, poll } = await scene();
    const paid = factOf(order, 'paid');
    await expect(poll([new Error('killed')])).rejects.toThrow('killed');
    expect(await stores.orderStore.cursor('fake')).toBeNull();
    expect(await poll([{ facts: [paid, paid], cursor: '1', hasMore: false }])).toBe(1);
  });

  test('applies a fact whose payment is on a later page, and logs one whose payment is on none', async () => {
    const { stores, order, poll, errors } = await scene();
    const [refunded, unknown] = [
      factOf(order, 'refunded', { amount: 400 }),
      factOf(order, 'refunded', { id: 'other', paymentId: 'other' }),
    ];
    const pages = [
      { facts: [refunded, unknown], cursor: '1', hasMore: true },
      { facts: [factOf(order, 'paid')], cursor: '2', hasMore: false },
    ];
    expect(await poll(pages)).toBe(2);
    expect(await stores.orderStore.findById(order.id)).toMatchObject({ status: 'partially_refunded' });
    expect(errors).toEqual([{ order_id: order.id, fact_id: 'other' }]);
  });
});
