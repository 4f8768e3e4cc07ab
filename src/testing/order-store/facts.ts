import { expect } from 'expect';
import { maxCredits } from '../../domain/ledger/entry.js';
import type { PaymentFact } from '../../ports/payments.js';
import { createAccount, entryIds, newId } from '../accounts.js';
import { factOf, type OrderStoreView } from './view.js';

/** Which facts are applied, once, and what they do to the state of an order. */
export function factSuite({
  runner,
  harness,
  orders,
  order,
  paidOrder,
  apply,
  wallet,
  expectSound,
}: OrderStoreView): void {
  const { describe, test } = runner;
  const openOrder = async (credits = 100) => order(await createAccount(harness().stores, credits));
  const statusOf = async (orderId: string) => (await orders().findById(orderId))?.status;

  describe('a payment', () => {
    test('adds the credits as an entry and a lot, once', async () => {
      const made = await openOrder();
      const paid = factOf(made, 'paid');
      expect(await apply(paid)).toBe('applied');
      for (let times = 0; times < 4; times += 1) expect(await apply(paid)).toBe('seen');
      expect(await wallet(made.userId)).toEqual({ balance: 1100, debt: 0, entries: [['purchase', 1000]] });
      const found = await orders().findById(made.id);
      expect(found).toMatchObject({ status: 'paid', paymentId: paid.id, refunded: 0, bonusLotId: null });
      expect(found?.paidAt).toEqual(paid.occurredAt);
      const lots = await lotsOf(made.userId);
      expect(lots[0]).toMatchObject({
        id: found?.lotId,
        kind: 'purchase',
        amount: 1000,
        left: 1000,
        priority: 50,
        expiresAt: null,
      });
      await expectSound();
    });

    test('adds the bonus as a lot of its own; both expire as the package says', async () => {
      const terms = { bonusCredits: 50, bonusExpiresAfterMs: 60_000, expiresAfterMs: 600_000 };
      const made = await paidOrder(0, terms);
      expect((await wallet(made.userId)).entries).toEqual([
        ['purchase', 1000],
        ['grant', 50],
      ]);
      const [bonus, purchase] = await lotsOf(made.userId);
      expect(bonus).toMatchObject({ id: made.bonusLotId, kind: 'grant', priority: 20, amount: 50 });
      const lifetime = Number(purchase?.expiresAt) - Number(bonus?.expiresAt);
      expect(lifetime).toBe(540_000);
      await harness().advance(61_000);
      expect((await wallet(made.userId)).balance).toBe(1000);
      await expectSound();
    });

    test('is credited once if it comes many times at once', async () => {
      const made = await openOrder();
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => apply(factOf(made, 'paid'))));
      expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'seen')).toHaveLength(9);
      expect((await wallet(made.userId)).balance).toBe(1100);
      await expectSound();
    });
  });

  describe('a fact that does not fit', () => {
    const misfits: [string, Partial<PaymentFact>, string][] = [
      ['of less than the price', { amount: 999 }, 'wrong_amount'],
      ['of more than the price', { amount: 1001 }, 'wrong_amount'],
      ['of 0', { amount: 0 }, 'wrong_amount'],
      ['of less than 0', { amount: -1000 }, 'wrong_amount'],
      ['of no amount', { amount: null }, 'wrong_amount'],
      ['in another currency', { currency: 'usd' }, 'wrong_currency'],
      ['in no currency', { currency: null }, 'wrong_currency'],
    ];
    for (const [name, misfit, problem] of misfits) {
      test(`is applied to nothing and shown: a payment ${name}`, async () => {
        const made = await openOrder();
        const fact = factOf(made, 'paid', { ...misfit, id: `odd-${newId()}` });
        expect(await apply(fact)).toBe(problem);
        expect(await apply(fact)).toBe('seen');
        expect(await wallet(made.userId)).toEqual({ balance: 100, debt: 0, entries: [] });
        expect(await statusOf(made.id)).toBe('open');
        const { results } = await orders().problems({ limit: 1, before: null });
        expect(results).toMatchObject([
          { reason: problem, order: { id: made.id, userId: made.userId }, fact, count: 1 },
        ]);
        expect(await apply(factOf(made, 'paid'))).toBe('applied');
        await expectSound();
      });
    }

    test('is applied to nothing: a second payment of the same order, and what becomes of it', async () => {
      const made = await paidOrder(0);
      const second = factOf(made, 'paid', { id: 'second', paymentId: 'second' });
      expect(await apply(second)).toBe('paid_twice');
      expect(await apply(factOf(made, 'refunded', { paymentId: 'second' }))).toBe('payment_not_applied');
      expect(await wallet(made.userId)).toMatchObject({ balance: 1000, debt: 0 });
      expect(await statusOf(made.id)).toBe('paid');
      await expectSound();
    });

    test('is applied to nothing: a payment that exceeds the largest balance', async () => {
      const made = await order(await createAccount(harness().stores, maxCredits - 999));
      expect(await apply(factOf(made, 'paid'))).toBe('balance_out_of_range');
      expect((await wallet(made.userId)).balance).toBe(maxCredits - 999);
      await harness().stores.creditLedger.post({
        ...{ id: newId(), userId: made.userId, kind: 'adjustment', amount: -(maxCredits - 999), reason: 'x' },
      });
      await expectSound();
    });

    test('comes too early: about a payment that is not known yet', async () => {
      const made = await openOrder();
      const refund = factOf(made, 'refunded');
      expect(await apply(refund)).toBe('too_early');
      expect(await apply(factOf(made, 'disputed'))).toBe('too_early');
      await apply(factOf(made, 'paid'));
      expect(await apply(refund)).toBe('applied');
      expect(await wallet(made.userId)).toMatchObject({ balance: 100, debt: 0 });
      await expectSound();
    });

    test('is about no order', async () => {
      const made = await openOrder();
      expect(await apply({ ...factOf(made, 'paid'), orderId: newId() })).toBe('no_such_order');
    });

    test('is applied to nothing for an erased account, whose order still shows the money', async () => {
      const made = await paidOrder(0);
      const open = await order(made.userId);
      await harness().stores.userStore.erase(made.userId);
      expect(await apply(factOf(open, 'paid'))).toBe('account_erased');
      expect(await apply(factOf(made, 'refunded', { amount: 400 }))).toBe('account_erased');
      expect(await orders().findById(made.id)).toMatchObject({ status: 'partially_refunded', refunded: 400 });
      expect(await statusOf(open.id)).toBe('open');
      await expectSound();
    });
  });

  describe('the state of an order', () => {
    test('ends with its checkout, unless it is paid all the same', async () => {
      const made = await openOrder();
      expect(await apply(factOf(made, 'expired'))).toBe('applied');
      expect(await statusOf(made.id)).toBe('expired');
      await apply(factOf(made, 'paid'));
      expect(await statusOf(made.id)).toBe('paid');
      expect(await apply(factOf(made, 'expired'))).toBe('applied');
      expect(await statusOf(made.id)).toBe('paid');
    });

    test('follows a dispute that is won, in any order', async () => {
      for (const kinds of [
        ['disputed', 'dispute_won'],
        ['dispute_won', 'disputed'],
      ] as const) {
        const made = await paidOrder(0);
        for (const kind of kinds) expect(await apply(factOf(made, kind, { id: 'dispute' }))).toBe('applied');
        expect(await statusOf(made.id)).toBe('paid');
        expect((await wallet(made.userId)).balance).toBe(1000);
      }
      const made = await paidOrder(0);
      await apply(factOf(made, 'disputed'));
      expect(await statusOf(made.id)).toBe('disputed');
      await expectSound();
    });

    test('follows a dispute that is lost, which takes the credits back', async () => {
      for (const kinds of [
        ['disputed', 'dispute_lost'],
        ['dispute_lost', 'disputed'],
      ] as const) {
        const made = await paidOrder(0);
        for (const kind of kinds) expect(await apply(factOf(made, kind, { id: 'dispute' }))).toBe('applied');
        expect(await orders().findById(made.id)).toMatchObject({ status: 'dispute_lost', refunded: 1000 });
        expect((await wallet(made.userId)).balance).toBe(0);
      }
      await expectSound();
    });
  });

  describe('events that were refused', () => {
    test('are counted by day and shown', async () => {
      const before = await refused();
      for (const count of [1, 1, 40])
        await orders().recordRefusedEvents({ id: newId(), reason: 'invalid_signature', count });
      expect(await refused()).toBe(before + 42);
    });

    async function refused(): Promise<number> {
      const { results } = await orders().problems({ limit: 100, before: null });
      const found = results.find(({ reason }) => reason === 'invalid_signature');
      if (found !== undefined) expect(found).toMatchObject({ order: null, fact: null });
      return found?.count ?? 0;
    }
  });

  async function lotsOf(userId: string) {
    const options = { onlyLeft: true, ids: entryIds };
    const page = await harness().stores.lotLedger.lots(userId, { limit: 10, before: null }, options);
    return page?.results ?? [];
  }
}
