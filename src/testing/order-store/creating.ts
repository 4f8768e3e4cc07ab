import { expect } from 'expect';
import { createAccount, newId } from '../accounts.js';
import { factOf, hourMs, newOrder, type OrderStoreView } from './view.js';

/** Making, finding and listing orders, and the limits of packages. */
export function creatingSuite({ runner, harness, orders, order, apply }: OrderStoreView): void {
  const { describe, test } = runner;
  const account = () => createAccount(harness().stores, 100);
  const create = (userId: string, overrides: Partial<Parameters<typeof newOrder>[1]> = {}) =>
    orders().create(newOrder(userId, overrides));

  describe('an order', () => {
    test('is open, keeps its package, and is found by its account only', async () => {
      const userId = await account();
      const made = await order(userId, { bonusCredits: 7, bonusExpiresAfterMs: 5000 });
      expect(made).toMatchObject({ userId, status: 'open', checkoutUrl: null, refunded: 0, paidAt: null });
      expect(made.expiresAt.getTime() - made.createdAt.getTime()).toBe(hourMs);
      expect(await orders().find(userId, made.id)).toEqual(made);
      expect(await orders().findById(made.id)).toEqual(made);
      expect(await orders().find(await account(), made.id)).toBeNull();
      expect(await orders().findById(newId())).toBeNull();
    });

    test('is not made for an account that does not exist or was erased', async () => {
      const erased = await account();
      await harness().stores.userStore.erase(erased);
      for (const userId of [newId(), erased])
        expect(await create(userId)).toEqual({ outcome: 'no_such_user' });
    });

    test('gets its first checkout and keeps it', async () => {
      const made = await order(await account());
      const reference = { userId: made.userId, orderId: made.id };
      const first = await orders().setCheckout(reference, { id: 'first', url: 'https://pay.example/1' });
      expect(first).toMatchObject({
        checkoutId: 'first',
        checkoutUrl: 'https://pay.example/1',
        status: 'open',
      });
      const second = await orders().setCheckout(reference, { id: 'second', url: 'https://pay.example/2' });
      expect(second).toEqual(first);
      await orders().abandon(reference);
      expect((await orders().find(made.userId, made.id))?.status).toBe('open');
    });

    test('ends if it is abandoned without a checkout, frees its key, and is open again with one', async () => {
      const wanted = { ...newOrder(await account()), idempotencyKey: 'key' };
      const made = await orders().create(wanted);
      if (made.outcome !== 'created') throw new Error(made.outcome);
      const reference = { userId: made.order.userId, orderId: made.order.id };
      await orders().abandon(reference);
      expect((await orders().findById(made.order.id))?.status).toBe('expired');
      expect((await orders().create({ ...wanted, id: newId() })).outcome).toBe('created');
      expect((await orders().setCheckout(reference, { id: 'c', url: 'https://pay.example' }))?.status).toBe(
        'open',
      );
    });

    test('is made once for an idempotency key, which is free again after a day', async () => {
      const userId = await account();
      const wanted = { ...newOrder(userId), idempotencyKey: 'key' };
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () => orders().create({ ...wanted, id: newId() })),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
      expect(outcomes.filter(({ outcome }) => outcome === 'key_claimed')).toHaveLength(4);
      const ids = new Set(outcomes.map((made) => ('order' in made ? made.order.id : null)));
      expect(ids.size).toBe(1);
      const other = { ...newOrder(await account()), idempotencyKey: 'key' };
      expect((await orders().create(other)).outcome).toBe('created');
      await harness().advance(25 * hourMs);
      expect((await orders().create({ ...wanted, id: newId() })).outcome).toBe('created');
    });

    test('that is not paid ends a day after its checkout', async () => {
      const made = await order(await account());
      await orders().expireAbandoned();
      await harness().advance(24 * hourMs);
      await orders().expireAbandoned();
      expect((await orders().findById(made.id))?.status).toBe('open');
      await harness().advance(2 * hourMs);
      expect(await orders().expireAbandoned()).toBeGreaterThan(0);
      expect((await orders().findById(made.id))?.status).toBe('expired');
    });
  });

  describe('orders', () => {
    test('of an account are listed newest first, in pages', async () => {
      const userId = await account();
      const made = [await order(userId), await order(userId), await order(userId)];
      const [first, second, third] = made.map(({ id }) => id);
      await apply(factOf(await order(await account()), 'paid'));
      const page = await orders().list(userId, { limit: 2, before: null });
      expect(page.results.map(({ id }) => id)).toEqual([third, second]);
      const rest = await orders().list(userId, { limit: 2, before: page.next });
      expect(rest).toMatchObject({ results: [{ id: first }], next: null });
    });
  });

  describe('the limit of a package', () => {
    test('counts open orders of the last hour and orders that were ever paid', async () => {
      const userId = await account();
      const limited = { id: 'limited', limitPerAccount: 2 };
      const paid = await order(userId, limited);
      await order(userId, { id: 'other', limitPerAccount: 1 });
      expect((await create(userId, limited)).outcome).toBe('created');
      expect(await create(userId, limited)).toEqual({ outcome: 'limit_reached' });
      expect((await create(await account(), limited)).outcome).toBe('created');
      await apply(factOf(paid, 'paid'));
      await apply(factOf(paid, 'refunded'));
      await harness().advance(hourMs + 1000);
      expect((await create(userId, limited)).outcome).toBe('created');
      expect(await create(userId, limited)).toEqual({ outcome: 'limit_reached' });
    });

    test('holds for orders that are made at once', async () => {
      const userId = await account();
      const made = await Promise.all(
        Array.from({ length: 10 }, () => create(userId, { id: 'raced', limitPerAccount: 3 })),
      );
      expect(made.filter(({ outcome }) => outcome === 'created')).toHaveLength(3);
    });
  });

  describe('the cursor of a provider', () => {
    test('is what was stored last', async () => {
      const provider = `provider-${newId()}`;
      expect(await orders().cursor(provider)).toBeNull();
      await orders().setCursor(provider, 'one');
      await orders().setCursor(provider, 'two');
      expect(await orders().cursor(provider)).toBe('two');
    });
  });
}
