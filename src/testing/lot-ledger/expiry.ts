import { expect } from 'expect';
import {
  allEntries,
  createAccount,
  leaseMs,
  newId,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  entryIds,
} from '../accounts.js';
import type { ExchangeReference } from '../../ports/hold-ledger.js';
import { minuteMs, type LotLedgerView } from './view.js';

/** How credits end. */
export function expirySuite({ runner, harness, ...view }: LotLedgerView): void {
  const { describe, test } = runner;
  const { grant, left, lots, now, balanceOf, expectSwept } = view;
  const stores = () => harness().stores;
  const reserve = async (userId: string, hold: number) =>
    (await stores().holdLedger.reserve(reserveRequest(userId, { hold }))).outcome;
  const entriesOf = async (userId: string) =>
    (await allEntries(stores(), userId))
      .map(({ kind, amount, balanceAfter, reason }) => ({ kind, amount, balanceAfter, reason }))
      .reverse();

  describe('credits that expire', () => {
    test('cannot be spent from that moment on, and leave by an entry', async () => {
      const userId = await createAccount(stores(), 100);
      await grant(userId, 50, { expiresInMs: 10 * minuteMs, reason: 'Spring' });
      await harness().advance(9 * minuteMs);
      expect(await balanceOf(userId)).toBe(150);
      await harness().advance(minuteMs);
      expect(await reserve(userId, 101)).toBe('insufficient');
      expect(await balanceOf(userId)).toBe(100);
      expect((await entriesOf(userId)).at(-1)).toEqual({
        ...{ kind: 'expiry', amount: -50, balanceAfter: 100, reason: 'Spring' },
      });
      expect(await reserve(userId, 100)).toBe('reserved');
      expect(await left(userId)).toEqual([[userId, 100]]);
      await expectSwept();
    });

    test('leave when the owner reads the balance', async () => {
      const userId = await createAccount(stores(), 100);
      await grant(userId, 50, { expiresInMs: minuteMs });
      await harness().advance(minuteMs);
      expect(await balanceOf(userId)).toBe(100);
      expect(await entriesOf(userId)).toHaveLength(3);
    });

    test('are not added if their expiry is past, unless their key was used: then they were added before', async () => {
      const { creditLedger } = stores();
      const userId = await createAccount(stores(), 100);
      const grantWith = (idempotencyKey: string, expiresAt: Date) => {
        const lot = { expiresAt, priority: null };
        const entry = { id: newId(), userId, kind: 'grant', amount: 50, reason: 'Spring' } as const;
        return creditLedger.post({ ...entry, lot, idempotencyKey });
      };
      const expiresAt = new Date((await now()).getTime() + minuteMs);
      const first = await grantWith('once', expiresAt);
      await harness().advance(minuteMs);
      expect(await grantWith('once', expiresAt)).toMatchObject({
        outcome: 'key_claimed',
        entry: { id: first.outcome === 'posted' ? first.entry.id : '' },
      });
      expect(await grantWith('late', await now())).toEqual({ outcome: 'already_expired' });
      expect(await balanceOf(userId)).toBe(100);
      expect((await entriesOf(userId)).map(({ amount }) => amount)).toEqual([100, 50, -50]);
      await expectSwept();
    });

    test('leave before an administrator adds or removes credits', async () => {
      const userId = await createAccount(stores(), 0);
      await grant(userId, 50, { expiresInMs: minuteMs });
      await harness().advance(minuteMs);
      const removal = { id: newId(), userId, kind: 'adjustment', amount: -1, reason: null } as const;
      expect(await stores().creditLedger.post(removal)).toEqual({ outcome: 'out_of_range', balance: 0 });
      await grant(userId, 7, { expiresInMs: minuteMs });
      await harness().advance(minuteMs);
      await grant(userId, 3);
      expect(
        (await entriesOf(userId)).map(({ kind, amount, balanceAfter }) => [kind, amount, balanceAfter]),
      ).toEqual([
        ['grant', 50, 50],
        ['expiry', -50, 0],
        ['grant', 7, 7],
        ['expiry', -7, 0],
        ['grant', 3, 3],
      ]);
      await expectSwept();
    });

    test('leave together if several moments have passed', async () => {
      const userId = await createAccount(stores(), 100);
      for (let count = 1; count <= 5; count += 1) {
        await grant(userId, 10 * count, { expiresInMs: count * minuteMs });
      }
      const hold = await openHold(stores(), userId, { hold: 15 });
      await stores().holdLedger.settle(settlementOf(hold, 15));
      await harness().advance(4 * minuteMs);
      expect(await balanceOf(userId)).toBe(150);
      const expired = (await entriesOf(userId)).filter(({ kind }) => kind === 'expiry');
      expect(expired.map(({ amount }) => amount)).toEqual([-15, -30, -40]);
      expect((await lots(userId)).map(({ left: rest }) => rest)).toEqual([100, 0, 0, 0, 0, 50]);
      await expectSwept();
    });

    test('do not cover what a hold costs more than it held', async () => {
      const userId = await createAccount(stores(), 30);
      const hold = await openHold(stores(), userId, { hold: 20 });
      await grant(userId, 50, { expiresInMs: minuteMs, priority: 100 });
      await harness().advance(minuteMs);
      expect(await stores().holdLedger.settle(settlementOf(hold, 60))).toMatchObject({
        ...{ outcome: 'settled', balance: 0, captured: 30, uncollected: 30 },
      });
      await expectSwept();
    });
  });

  describe('a hold that was made before its credits expire', () => {
    async function holdExpiring(held = 80) {
      const userId = await createAccount(stores(), 100);
      const lotId = await grant(userId, 50, { expiresInMs: minuteMs });
      const hold = await openHold(stores(), userId, { hold: held });
      await harness().advance(minuteMs);
      return { userId, lotId, hold };
    }

    test('can still be charged, and what it gives back expires', async () => {
      for (const isReadBefore of [false, true]) {
        const { userId, hold } = await holdExpiring();
        if (isReadBefore) expect(await balanceOf(userId)).toBe(70);
        expect(await stores().holdLedger.settle(settlementOf(hold, 30))).toMatchObject({
          outcome: 'settled',
        });
        expect(await balanceOf(userId)).toBe(100);
        expect(await left(userId)).toEqual([[userId, 100]]);
        expect((await entriesOf(userId)).map(({ amount }) => amount)).toEqual([100, 50, -30, -20]);
      }
      await expectSwept();
    });

    test('can still be charged in full', async () => {
      const { userId, hold, lotId } = await holdExpiring();
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 100, [lotId]: 50 });
      await stores().holdLedger.settle(settlementOf(hold, 80));
      expect(await balanceOf(userId)).toBe(70);
      expect((await entriesOf(userId)).map(({ amount }) => amount)).toEqual([100, 50, -80]);
      await expectSwept();
    });

    test('gives nothing back that has expired when it is released', async () => {
      const { userId, hold } = await holdExpiring();
      expect(await balanceOf(userId)).toBe(70);
      await stores().holdLedger.release(releaseOf(hold));
      expect(await reserve(userId, 101)).toBe('insufficient');
      expect(await balanceOf(userId)).toBe(100);
      await expectSwept();
    });

    test('gives nothing back that has expired when its deadline passes', async () => {
      const { userId } = await holdExpiring();
      expect(await balanceOf(userId)).toBe(70);
      await harness().advance(leaseMs);
      await stores().holdLedger.expireHolds({ everyOpen: false });
      expect(await balanceOf(userId)).toBe(100);
      expect(await left(userId)).toEqual([[userId, 100]]);
      await expectSwept();
    });

    test('keeps its credits while it is renewed', async () => {
      const { userId, hold } = await holdExpiring(150);
      expect(await stores().holdLedger.renew(hold, leaseMs)).toBe(true);
      expect(await balanceOf(userId)).toBe(0);
      await harness().advance(leaseMs / 2);
      expect(await stores().lotLedger.expireLots(entryIds)).toBe(0);
      expect(await stores().holdLedger.renew(hold, leaseMs)).toBe(true);
      expect(await stores().holdLedger.settle(settlementOf(hold, 150))).toMatchObject({ balance: 0 });
      expect(await left(userId)).toEqual([]);
      await expectSwept();
    });

    test('keeps nothing that added credits cover, if they are spent before', async () => {
      const { userId, lotId } = await holdExpiring(150);
      expect(await balanceOf(userId)).toBe(0);
      const first = await grant(userId, 200, { priority: 5 });
      // The hold is covered by these, so that the expired ones leave: the balance is what nothing else covers.
      expect(await balanceOf(userId)).toBe(150);
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 100, [first]: 200 });
      expect((await lots(userId)).find(({ id }) => id === lotId)?.left).toBe(0);
      await expectSwept();
    });

    test('gives nothing back that a later hold could use, however it ends', async () => {
      const { holdLedger } = stores();
      const ends: ((hold: ExchangeReference) => Promise<unknown>)[] = [
        (hold) => holdLedger.settle(settlementOf(hold, 0)),
        (hold) => holdLedger.settle(settlementOf(hold, 10)),
        (hold) => holdLedger.release(releaseOf(hold)),
        async () => {
          // The later hold is not due yet.
          await harness().advance(leaseMs - minuteMs);
          await holdLedger.expireHolds({ everyOpen: false });
        },
      ];
      for (const end of ends) {
        const { userId, hold } = await holdExpiring(50);
        expect(await reserve(userId, 90)).toBe('reserved');
        await end(hold);
        expect(await reserve(userId, 11)).toBe('insufficient');
        await expectSwept();
      }
    });

    test('does not let a later hold use what it keeps', async () => {
      const { userId, hold } = await holdExpiring(50);
      const later = await openHold(stores(), userId, { hold: 100 });
      expect(await reserve(userId, 1)).toBe('insufficient');
      await stores().holdLedger.release(releaseOf(hold));
      await stores().holdLedger.settle(settlementOf(later, 90));
      expect(await balanceOf(userId)).toBe(10);
      expect(await left(userId)).toEqual([[userId, 10]]);
      await expectSwept();
    });
  });

  describe('the sweep', () => {
    test('lets credits of unused accounts leave, once', async () => {
      await stores().lotLedger.expireLots(entryIds);
      const userIds = [];
      for (let count = 0; count < 3; count += 1) {
        const userId = await createAccount(stores(), 100);
        await grant(userId, 50, { expiresInMs: minuteMs });
        await grant(userId, 20, { expiresInMs: 5 * minuteMs });
        userIds.push(userId);
      }
      expect(await stores().lotLedger.expireLots(entryIds)).toBe(0);
      await harness().advance(minuteMs);
      const swept = await Promise.all(
        Array.from({ length: 4 }, () => stores().lotLedger.expireLots(entryIds)),
      );
      expect(swept.reduce((total, count) => total + count, 0)).toBe(3);
      for (const userId of userIds) {
        expect((await stores().creditLedger.balance(userId))?.balance).toBe(120);
        expect(await entriesOf(userId)).toHaveLength(4);
      }
      await expectSwept();
    });

    test('visits more accounts than it reads at once', async () => {
      await stores().lotLedger.expireLots(entryIds);
      for (let count = 0; count < 203; count += 1) {
        await grant(await createAccount(stores(), 0), 5, { expiresInMs: minuteMs });
      }
      await harness().advance(minuteMs);
      expect(await stores().lotLedger.expireLots(entryIds)).toBe(203);
      expect(await stores().lotLedger.expireLots(entryIds)).toBe(0);
    });

    test('lets credits of an erased account leave', async () => {
      const userId = await createAccount(stores(), 100);
      await grant(userId, 50, { expiresInMs: minuteMs });
      expect(await stores().userStore.erase(userId)).toBe('erased');
      await harness().advance(10 * minuteMs);
      await stores().lotLedger.expireLots(entryIds);
      expect((await stores().creditLedger.balance(userId))?.balance).toBe(100);
      await expectSwept();
    });
  });
}
