import { expect } from 'expect';
import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import {
  allEntries,
  createAccount,
  newId,
  openHold,
  reserveRequest,
  settlementOf,
  spendRequest,
  entryIds,
} from '../accounts.js';
import { dayMs, minuteMs, type LotLedgerView } from './view.js';

/** What accounts get in each period. */
export function allowanceSuite({ runner, harness, ...view }: LotLedgerView): void {
  const { describe, test } = runner;
  const { grant, lots, balanceOf, rulesWith, expectSwept } = view;
  const stores = () => harness().stores;
  const daily = (amount: number) => rulesWith({ amount, every: 'day' });
  const kindsOf = async (userId: string) =>
    (await allEntries(stores(), userId)).map(({ kind, amount }) => `${kind} ${amount}`).reverse();
  const reserve = (userId: string, hold: number, rules: WalletRules) =>
    stores().holdLedger.reserve(reserveRequest(userId, { hold, rules }));

  describe('an allowance', () => {
    test('is given by the first hold in a period, once, and can be spent by it', async () => {
      const rules = await daily(40);
      const userId = await createAccount(stores(), 100);
      expect(await reserve(userId, 141, rules)).toEqual({ outcome: 'insufficient', balance: 140 });
      expect(await reserve(userId, 130, rules)).toMatchObject({ outcome: 'reserved', balance: 10 });
      expect(await reserve(userId, 10, rules)).toMatchObject({ outcome: 'reserved', balance: 0 });
      expect(await reserve(userId, 1, rules)).toEqual({ outcome: 'insufficient', balance: 0 });
      expect(await kindsOf(userId)).toEqual(['grant 100', 'allowance 40']);
      await expectSwept();
    });

    test('is given when the owner reads the balance, and when credits are charged at once', async () => {
      const rules = await daily(40);
      const [reader, spender] = [await createAccount(stores(), 0), await createAccount(stores(), 0)];
      expect(await balanceOf(reader, rules)).toBe(40);
      expect(await balanceOf(reader, rules)).toBe(40);
      const spent = spendRequest(spender, { rules, amount: 15 });
      expect(await stores().holdLedger.spend(spent)).toMatchObject({ outcome: 'spent', balance: 25 });
      expect(await kindsOf(spender)).toEqual(['allowance 40', 'charge -15']);
      await expectSwept();
    });

    test('is no use of others: an administrator who looks, adds or removes gives none', async () => {
      const rules = await daily(40);
      const userId = await createAccount(stores(), 0);
      expect((await stores().creditLedger.balance(userId))?.balance).toBe(0);
      await grant(userId, 5);
      await lots(userId);
      await stores().lotLedger.expireLots(entryIds);
      expect(await kindsOf(userId)).toEqual(['grant 5']);
      expect(await balanceOf(userId, rules)).toBe(45);
    });

    test('is spent before other credits, ends with the period, and is then given again', async () => {
      const rules = await daily(40);
      const userId = await createAccount(stores(), 100);
      const hold = await openHold(stores(), userId, { hold: 25, rules });
      await stores().holdLedger.settle(settlementOf(hold, 25));
      expect((await lots(userId)).map(({ kind, left }) => [kind, left])).toEqual([
        ['opening', 100],
        ['allowance', 15],
      ]);
      await harness().advance(dayMs);
      expect(await balanceOf(userId, rules)).toBe(140);
      expect(await kindsOf(userId)).toEqual([
        'grant 100',
        'allowance 40',
        'charge -25',
        'expiry -15',
        'allowance 40',
      ]);
      const periods = (await lots(userId)).flatMap(({ period }) => (period === null ? [] : [period]));
      expect(new Set(periods).size).toBe(2);
      await expectSwept();
    });

    test('is given once, however many periods have passed', async () => {
      const rules = await daily(40);
      const userId = await createAccount(stores(), 0);
      await balanceOf(userId, rules);
      await harness().advance(9 * dayMs);
      expect(await balanceOf(userId, rules)).toBe(40);
      expect(await kindsOf(userId)).toEqual(['allowance 40', 'expiry -40', 'allowance 40']);
      await expectSwept();
    });

    test('of fifty first uses in a period at once, one gives it', async () => {
      const rules = await daily(40);
      for (let round = 0; round < 3; round += 1) {
        const userId = await createAccount(stores(), 10);
        const uses = Array.from({ length: 50 }, (_, index) =>
          index % 2 === 0 ? reserve(userId, 1, rules) : balanceOf(userId, rules),
        );
        await Promise.all(uses);
        expect(await stores().creditLedger.balance(userId)).toEqual({ balance: 25, held: 25 });
        expect(await kindsOf(userId)).toEqual(['grant 10', 'allowance 40']);
      }
      await expectSwept();
    });

    test('of one account replaces the default, from the next use on', async () => {
      const { lotLedger } = stores();
      const rules = await daily(40);
      const userId = await createAccount(stores(), 0);
      expect(await lotLedger.allowance(userId)).toBeNull();
      expect(await lotLedger.setAllowance(userId, { amount: 7, every: 'day' })).toBe(true);
      expect(await lotLedger.allowance(userId)).toEqual({ amount: 7, every: 'day' });
      expect(await balanceOf(userId, rules)).toBe(7);
      expect(await lotLedger.setAllowance(userId, null)).toBe(true);
      expect(await lotLedger.allowance(userId)).toBeNull();
      expect(await balanceOf(userId, rules)).toBe(7);
      await harness().advance(dayMs);
      expect(await balanceOf(userId, rules)).toBe(40);
      await expectSwept();
    });

    test('of one account does not require a default, and can be none', async () => {
      const { lotLedger } = stores();
      const [none, daily40] = [await rulesWith(null), await daily(40)];
      const userId = await createAccount(stores(), 0);
      await lotLedger.setAllowance(userId, { amount: 7, every: 'day' });
      expect(await balanceOf(userId, none)).toBe(7);
      await harness().advance(dayMs);
      await lotLedger.setAllowance(userId, { amount: 0, every: 'day' });
      expect(await balanceOf(userId, daily40)).toBe(0);
      expect(await kindsOf(userId)).toEqual(['allowance 7', 'expiry -7']);
      await expectSwept();
    });

    test('frees a hold from what an expired lot keeps for it, which leaves at once', async () => {
      const { lotLedger } = stores();
      const rules = await daily(40);
      const userId = await createAccount(stores(), 0);
      await grant(userId, 50, { expiresInMs: minuteMs });
      await openHold(stores(), userId, { hold: 50 });
      await harness().advance(minuteMs);
      expect(await balanceOf(userId)).toBe(0);
      expect(await reserve(userId, 1, rules)).toEqual({ outcome: 'insufficient', balance: 0 });
      expect(await kindsOf(userId)).toEqual(['grant 50', 'allowance 40', 'expiry -40']);
      expect(await lotLedger.expireLots(entryIds)).toBe(0);
      await expectSwept();
    });

    test('of another length is given beside the one of this period', async () => {
      const userId = await createAccount(stores(), 0);
      expect(await balanceOf(userId, await daily(40))).toBe(40);
      expect(await balanceOf(userId, await rulesWith({ amount: 500, every: 'month' }))).toBe(540);
      expect(await balanceOf(userId, await daily(60))).toBe(540);
      expect(await balanceOf(userId, await rulesWith({ amount: 500, every: 'month' }))).toBe(540);
      await expectSwept();
    });

    test('is given to no account that is erased or missing', async () => {
      const rules = await daily(40);
      const userId = await createAccount(stores(), 10);
      await stores().lotLedger.setAllowance(userId, { amount: 7, every: 'day' });
      await stores().userStore.erase(userId);
      expect(await stores().creditLedger.balance(userId, { rules, ids: entryIds })).toEqual({
        balance: 10,
        held: 0,
      });
      expect(await stores().creditLedger.balance(newId(), { rules, ids: entryIds })).toBeNull();
      expect(await stores().lotLedger.setAllowance(userId, { amount: 1, every: 'day' })).toBe(false);
      expect(await stores().lotLedger.setAllowance(newId(), null)).toBe(false);
      expect(await stores().lotLedger.allowance(userId)).toBeNull();
      expect(await kindsOf(userId)).toEqual(['grant 10']);
      await expectSwept();
    });
  });
}
