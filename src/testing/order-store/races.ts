import { expect } from 'expect';
import { newId, openHold, reserveRequest, releaseOf, settlementOf, spendRequest } from '../accounts.js';
import { factOf, type OrderStoreView } from './view.js';

/** Facts that race with each other, with spending and with holds. */
export function orderRaceSuite(view: OrderStoreView, rounds: number): void {
  const { runner, harness, order, paidOrder, apply, wallet, expectSound } = view;
  const { describe, test } = runner;
  const stores = () => harness().stores;

  describe('a race', () => {
    test('of a refund with charges takes back what was not spent, and the rest is the debt', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const made = await paidOrder(0, { credits: 100 });
        const charges = Array.from({ length: 12 }, () =>
          stores().holdLedger.spend(spendRequest(made.userId, { amount: 10 })),
        );
        const [refunded, ...spent] = await Promise.all([apply(factOf(made, 'refunded')), ...charges]);
        expect(refunded).toBe('applied');
        const charged = 10 * spent.filter((one) => typeof one !== 'string' && one.outcome === 'spent').length;
        expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: charged });
      }
      await expectSound();
    });

    test('of a refund with holds that end charges exactly what they took', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const made = await paidOrder(0, { credits: 100 });
        const holds = await Promise.all(
          Array.from({ length: 5 }, () => openHold(stores(), made.userId, { hold: 20 })),
        );
        const ends = holds.map((hold, index) =>
          index % 2 === 0
            ? stores().holdLedger.settle(settlementOf(hold, 12))
            : stores().holdLedger.release(releaseOf(hold)),
        );
        await Promise.all([apply(factOf(made, 'refunded')), ...ends]);
        expect(await wallet(made.userId)).toMatchObject({ balance: 0, debt: 36 });
      }
      await expectSound();
    });

    test('of a purchase that pays a debt with new holds lets none pass before it', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const made = await paidOrder(0, { credits: 100 });
        await stores().holdLedger.spend(spendRequest(made.userId, { amount: 100 }));
        await apply(factOf(made, 'refunded'));
        await stores().creditLedger.post({
          ...{ id: newId(), userId: made.userId, kind: 'grant', amount: 50, reason: 'why' },
        });
        const next = await order(made.userId, { credits: 130 });
        const [paid, ...held] = await Promise.all([
          apply(factOf(next, 'paid')),
          ...Array.from({ length: 10 }, () =>
            stores().holdLedger.reserve(reserveRequest(made.userId, { hold: 10 })),
          ),
        ]);
        expect(paid).toBe('applied');
        const opened = held.filter((one) => typeof one !== 'string' && one.outcome === 'reserved').length;
        expect(await wallet(made.userId)).toMatchObject({ balance: 80 - 10 * opened, debt: 0 });
      }
      await expectSound();
    });

    test('of all facts about two orders of an account ends as if they came one after another', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const first = await paidOrder(0, { credits: 100 });
        const second = await order(first.userId, { credits: 50 });
        await stores().holdLedger.spend(spendRequest(first.userId, { amount: 70 }));
        const facts = [
          factOf(first, 'refunded', { amount: 500 }),
          factOf(first, 'refunded', { amount: 500 }),
          factOf(second, 'paid'),
          factOf(second, 'paid'),
        ];
        await Promise.all([...facts, ...facts].map(apply));
        const { balance, debt } = await wallet(first.userId);
        expect([balance, debt]).toEqual([0, 20]);
      }
      await expectSound();
    });
  });
}
