import { expect } from 'expect';
import type { Order } from '../../domain/orders/order.js';
import { newId, openHold, releaseOf, reserveRequest, settlementOf, spendRequest } from '../accounts.js';
import { factOf, type OrderStoreView } from './view.js';

/** What refunds take back, and the debts that remain of what was spent. */
export function refundSuite(view: OrderStoreView): void {
  const { runner, harness, orders, order, paidOrder, apply, wallet, expectSound } = view;
  const { describe, test } = runner;
  const refund = (made: Order, amount?: number) =>
    apply(factOf(made, 'refunded', amount === undefined ? {} : { amount }));
  const spend = async (userId: string, amount: number) =>
    (await harness().stores.holdLedger.spend(spendRequest(userId, { amount }))).outcome;
  const reserve = async (userId: string, hold: number) => openHold(harness().stores, userId, { hold });
  const post = async (userId: string, amount: number, paysDebt: boolean) => {
    const kind = amount > 0 ? 'grant' : 'adjustment';
    const entry = { id: newId(), userId, kind, amount, reason: 'why' } as const;
    const debtEntryId = paysDebt ? newId() : null;
    return harness().stores.creditLedger.post({ ...entry, debtEntryId });
  };
  const buy = async (userId: string, credits: number) =>
    apply(factOf(await order(userId, { credits }), 'paid'));

  describe('a refund', () => {
    test('takes back all that was not spent, once', async () => {
      const made = await paidOrder(40, { bonusCredits: 10 });
      const fact = factOf(made, 'refunded');
      expect(await apply(fact)).toBe('applied');
      expect(await apply(fact)).toBe('seen');
      const { balance, debt, entries } = await wallet(made.userId);
      expect([balance, debt]).toEqual([40, 0]);
      expect(entries.at(-1)).toEqual(['refund', -1010]);
      expect(await orders().findById(made.id)).toMatchObject({ status: 'refunded', refunded: 1000 });
      await expectSound();
    });

    test('in parts gives back in proportion, rounded in favour of the person, and all of it in the end', async () => {
      const made = await paidOrder(0, { credits: 100, bonusCredits: 10, price: 333 });
      await refund(made, 111);
      expect((await wallet(made.userId)).balance).toBe(110 - 33 - 3);
      expect(await orders().findById(made.id)).toMatchObject({ status: 'partially_refunded', refunded: 111 });
      await refund(made, 1);
      expect((await wallet(made.userId)).balance).toBe(110 - 33 - 3);
      await refund(made, 221);
      expect((await wallet(made.userId)).balance).toBe(0);
      await expectSound();
    });

    test('and a lost dispute of the same payment take back no more than was paid', async () => {
      const made = await paidOrder(500);
      await refund(made, 700);
      await apply(factOf(made, 'dispute_lost'));
      expect(await wallet(made.userId)).toMatchObject({ balance: 500, debt: 0 });
      expect(await orders().findById(made.id)).toMatchObject({ status: 'dispute_lost', refunded: 1000 });
      await expectSound();
    });

    test('takes from the lot of its order first, then from others in spending order', async () => {
      const made = await paidOrder(0, { credits: 100 });
      const other = await paidOrderOf(made.userId, 100);
      await spend(made.userId, 60);
      await refund(made);
      const lots = await left(made.userId);
      expect(lots).toEqual({ [other.lotId ?? '']: 40 });
      expect(await wallet(made.userId)).toMatchObject({ balance: 40, debt: 0 });
      await expectSound();
    });

    test('neither takes nor charges what has expired', async () => {
      const made = await paidOrder(0, { credits: 100, expiresAfterMs: 60_000 });
      await spend(made.userId, 30);
      await harness().advance(61_000);
      expect((await wallet(made.userId)).balance).toBe(0);
      await refund(made, 500);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 0 });
      await refund(made, 500);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 30 });
      await expectSound();
    });

    test('of the largest amounts is exact', async () => {
      const most = Number.MAX_SAFE_INTEGER;
      const made = await paidOrder(0, { credits: most, price: most });
      await refund(made, most - 1);
      expect((await wallet(made.userId)).balance).toBe(1);
      await refund(made, 1);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 0 });
      await expectSound();
    });
  });

  describe('a debt', () => {
    test('is what was spent, beside a balance of 0, and stops holds and charges, even of 0', async () => {
      const made = await paidOrder(0);
      await spend(made.userId, 300);
      await refund(made);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 300 });
      expect(await spend(made.userId, 0)).toBe('debt_outstanding');
      await post(made.userId, 1000, false);
      expect(await wallet(made.userId)).toMatchObject({ balance: 1000, debt: 300 });
      expect(await spend(made.userId, 1)).toBe('debt_outstanding');
      const held = await harness().stores.holdLedger.reserve(reserveRequest(made.userId, { hold: 0 }));
      expect(held).toEqual({ outcome: 'debt_outstanding', debt: 300 });
      await expectSound();
    });

    test('is paid first by the next purchase, but not by its bonus', async () => {
      const made = await paidOrder(0);
      await spend(made.userId, 300);
      await refund(made);
      const next = await order(made.userId, { credits: 250, bonusCredits: 100 });
      await apply(factOf(next, 'paid'));
      expect(await wallet(made.userId)).toMatchObject({ balance: 100, debt: 50 });
      expect(await spend(made.userId, 1)).toBe('debt_outstanding');
      await buy(made.userId, 60);
      const { balance, debt, entries } = await wallet(made.userId);
      expect([balance, debt]).toEqual([110, 0]);
      expect(entries.slice(-2)).toEqual([
        ['purchase', 60],
        ['debt', -50],
      ]);
      expect(await spend(made.userId, 110)).toBe('spent');
      await expectSound();
    });

    test('arises again if the purchase that paid it is refunded', async () => {
      const made = await paidOrder(0);
      await spend(made.userId, 300);
      await refund(made);
      const next = await order(made.userId, { credits: 500 });
      await apply(factOf(next, 'paid'));
      expect(await wallet(made.userId)).toMatchObject({ balance: 200, debt: 0 });
      await refund(next);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 300 });
      await expectSound();
    });

    test('is paid by an adjustment of an administrator', async () => {
      const made = await paidOrder(0);
      await spend(made.userId, 300);
      await refund(made);
      expect((await post(made.userId, 200, true)).outcome).toBe('posted');
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 100 });
      await post(made.userId, 500, true);
      expect(await wallet(made.userId)).toMatchObject({ balance: 400, debt: 0 });
      await expectSound();
    });

    test('is paid by what the holds that were open give back, and not by later grants', async () => {
      const made = await paidOrder(0, { credits: 100 });
      const settled = await reserve(made.userId, 40);
      const released = await reserve(made.userId, 30);
      await refund(made);
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 70 });
      await post(made.userId, 500, false);
      await harness().stores.holdLedger.settle(settlementOf(settled, 25));
      expect(await wallet(made.userId)).toMatchObject({ balance: 500, debt: 55 });
      await harness().stores.holdLedger.release(releaseOf(released));
      expect(await wallet(made.userId)).toMatchObject({ balance: 500, debt: 25 });
      await buy(made.userId, 25);
      expect(await wallet(made.userId)).toMatchObject({ balance: 500, debt: 0 });
      expect(await spend(made.userId, 500)).toBe('spent');
      await expectSound();
    });

    test('is as large if the holds end before the refund as if they end after it', async () => {
      const walletAfter = async (isRefundedFirst: boolean) => {
        const made = await paidOrder(20, { credits: 100 });
        const hold = await reserve(made.userId, 80);
        if (isRefundedFirst) await refund(made);
        await harness().stores.holdLedger.settle(settlementOf(hold, 45));
        if (!isRefundedFirst) await refund(made);
        const { balance, debt } = await wallet(made.userId);
        return { balance, debt };
      };
      const first = await walletAfter(true);
      expect(first).toEqual({ balance: 0, debt: 25 });
      expect(await walletAfter(false)).toEqual(first);
      await expectSound();
    });

    test('lets a hold be settled beyond its amount', async () => {
      const made = await paidOrder(0, { credits: 100 });
      const hold = await reserve(made.userId, 40);
      await refund(made);
      const settled = await harness().stores.holdLedger.settle(settlementOf(hold, 60));
      expect(settled).toMatchObject({ outcome: 'settled', captured: 40, uncollected: 20 });
      expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 40 });
      await expectSound();
    });
  });

  async function paidOrderOf(userId: string, credits: number): Promise<Order> {
    const made = await order(userId, { credits });
    await apply(factOf(made, 'paid'));
    return (await orders().findById(made.id)) ?? made;
  }

  async function left(userId: string): Promise<Record<string, number>> {
    const options = { onlyLeft: true, ids: { next: newId } };
    const page = await harness().stores.lotLedger.lots(userId, { limit: 10, before: null }, options);
    return Object.fromEntries((page?.results ?? []).map((lot) => [lot.id, lot.left]));
  }
}
