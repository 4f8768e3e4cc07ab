import { expect } from 'expect';
import {
  countOutcomes,
  createAccount,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  entryIds,
} from '../accounts.js';
import { minuteMs, type LotLedgerView } from './view.js';

/** What many requests at once may not do to lots. */
export function lotRaceSuite({ runner, harness, ...view }: LotLedgerView, rounds: number): void {
  const { describe, test } = runner;
  const { grant, left, balanceOf, expectSwept } = view;
  const stores = () => harness().stores;

  describe('races for lots', () => {
    test(`of 200 requests at once on the last lot, exactly as many succeed as fit, in ${rounds} of ${rounds} rounds`, async () => {
      let exact = 0;
      for (let round = 0; round < rounds; round += 1) {
        const userId = await createAccount(stores(), 0);
        await grant(userId, 5000, { expiresInMs: minuteMs });
        const last = await grant(userId, 370);
        await harness().advance(minuteMs);
        const outcomes = await countOutcomes(200, () =>
          stores().holdLedger.reserve(reserveRequest(userId, { hold: 10 })),
        );
        expect(outcomes).toEqual({ reserved: 37, insufficient: 163 });
        expect(await left(userId)).toEqual([[last, 370]]);
        exact += 1;
      }
      await expectSwept();
      expect(exact).toBe(rounds);
    });

    test('an expiry beside charges, releases, renewals, sweeps and reads conserves every credit', async () => {
      const { holdLedger, lotLedger, creditLedger } = stores();
      for (let round = 0; round < rounds; round += 1) {
        const userId = await createAccount(stores(), 100);
        await grant(userId, 100, { expiresInMs: minuteMs });
        const holds = [];
        for (let count = 0; count < 12; count += 1)
          holds.push(await openHold(stores(), userId, { hold: 10 }));
        await harness().advance(minuteMs);
        const actions = holds.map((hold, index) => async () => {
          if (index % 3 === 0) await holdLedger.settle(settlementOf(hold, 10));
          else if (index % 3 === 1) await holdLedger.settle(settlementOf(hold, 4));
          else await holdLedger.release(releaseOf(hold));
        });
        const [first] = holds;
        const others = [
          () => lotLedger.expireLots(entryIds),
          () => balanceOf(userId),
          () => first && holdLedger.renew(first, minuteMs),
          () => holdLedger.reserve(reserveRequest(userId, { hold: 1 })),
          () => lotLedger.lots(userId, { limit: 10, before: null }, { onlyLeft: true, ids: entryIds }),
        ];
        await Promise.all([...actions, ...others].map(async (act) => act()));
        const balance = await balanceOf(userId);
        const held = (await creditLedger.balance(userId))?.held ?? 0;
        const rest = (await left(userId)).reduce((total, [, credits]) => total + credits, 0);
        expect(rest).toBe(balance + held);
        // 56 were charged. The holds kept the whole expired lot at first, so that at most 100 − 56 of it expired.
        expect(balance + held).toBeGreaterThanOrEqual(100 - 20);
        expect(balance + held).toBeLessThanOrEqual(100);
      }
      await expectSwept();
    });
  });
}
