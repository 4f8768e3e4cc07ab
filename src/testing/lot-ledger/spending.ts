import { expect } from 'expect';
import { defaultPriorities } from '../../domain/metering/lot.js';
import {
  allEntries,
  createAccount,
  newId,
  openHold,
  releaseOf,
  settlementOf,
  entryIds,
} from '../accounts.js';
import { dayMs, minuteMs, type LotLedgerView } from './view.js';

/** Where credits come from, and which ones are spent first. */
export function spendingSuite({ runner, harness, ...view }: LotLedgerView): void {
  const { describe, test } = runner;
  const { grant, remove, left, lots, balanceOf, expectSwept } = view;
  const holdLedger = () => harness().stores.holdLedger;
  async function spend(userId: string, credits: number) {
    const hold = await openHold(harness().stores, userId, { hold: credits });
    await holdLedger().settle(settlementOf(hold, credits));
  }

  describe('the lots of an account', () => {
    test('are one lot until credits of another source are added', async () => {
      const userId = await createAccount(harness().stores, 100);
      await spend(userId, 30);
      expect(await lots(userId)).toMatchObject([
        { id: userId, kind: 'opening', amount: 100, left: 70, priority: 50, expiresAt: null, period: null },
      ]);
      const granted = await grant(userId, 50);
      expect(await left(userId)).toEqual([
        [userId, 70],
        [granted, 50],
      ]);
      await expectSwept();
    });

    test('are none for an account without credits, and unknown for no account', async () => {
      const { lotLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 0);
      expect(await lots(userId)).toEqual([]);
      const granted = await grant(userId, 5);
      expect((await lots(userId)).map(({ id }) => id)).toEqual([granted]);
      const page = { limit: 10, before: null };
      expect(await lotLedger.lots(newId(), page, { onlyLeft: false, ids: entryIds })).toBeNull();
      await expectSwept();
    });

    test('include what is held when the second one is added', async () => {
      const userId = await createAccount(harness().stores, 100);
      const hold = await openHold(harness().stores, userId, { hold: 60 });
      const granted = await grant(userId, 50);
      await holdLedger().settle(settlementOf(hold, 60));
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 90 });
      expect((await lots(userId)).map(({ id, left: rest }) => [id, rest])).toEqual([
        [userId, 90],
        [granted, 0],
      ]);
      await expectSwept();
    });

    test('are spent by priority, then by expiry, then by age', async () => {
      const userId = await createAccount(harness().stores, 100);
      const named = {
        [userId]: 'opening',
        [await grant(userId, 100, { kind: 'purchase' })]: 'purchase',
        [await grant(userId, 100)]: 'older',
        [await grant(userId, 100)]: 'younger',
        [await grant(userId, 100, { expiresInMs: 2 * dayMs })]: 'later',
        [await grant(userId, 100, { expiresInMs: dayMs })]: 'sooner',
        [await grant(userId, 100, { priority: 5 })]: 'first',
      };
      const order: string[] = [];
      for (let spent = 0; spent < 7; spent += 1) {
        await spend(userId, 60);
        await spend(userId, 40);
        const rest = new Set((await left(userId)).map(([id]) => named[id]));
        order.push(...Object.values(named).filter((name) => !rest.has(name) && !order.includes(name)));
      }
      expect(order).toEqual(['first', 'sooner', 'later', 'older', 'younger', 'opening', 'purchase']);
      expect(await balanceOf(userId)).toBe(0);
      await expectSwept();
    });

    test('have the priority of their kind, unless another one is given', async () => {
      const userId = await createAccount(harness().stores, 0);
      for (const kind of ['grant', 'purchase', 'voucher', 'adjustment'] as const)
        await grant(userId, 1, { kind });
      await grant(userId, 1, { kind: 'purchase', priority: 0 });
      expect((await lots(userId)).map(({ kind, priority }) => [kind, priority])).toEqual([
        ...(['grant', 'purchase', 'voucher', 'adjustment'] as const).map((kind) => [
          kind,
          defaultPriorities[kind],
        ]),
        ['purchase', 0],
      ]);
    });

    test('are read page by page, and only those with something left on request', async () => {
      const { lotLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 0);
      const ids = [];
      for (let count = 0; count < 5; count += 1) ids.push(await grant(userId, 10));
      await spend(userId, 25);
      const read = (before: string | null, onlyLeft: boolean) =>
        lotLedger.lots(userId, { limit: 2, before }, { onlyLeft, ids: entryIds });
      const [first, second] = [await read(null, false), await read(ids[3] ?? null, false)];
      expect(first?.results.map(({ id }) => id)).toEqual([ids[4], ids[3]]);
      expect([first?.next, second?.next]).toEqual([ids[3], ids[1]]);
      expect(second?.results.map(({ id, left: rest }) => [id, rest])).toEqual([
        [ids[2], 5],
        [ids[1], 0],
      ]);
      expect((await read(ids[2] ?? null, true))?.results).toEqual([]);
    });
  });

  describe('credits that are removed', () => {
    test('come from the named lot first, then from the others in spending order', async () => {
      const userId = await createAccount(harness().stores, 100);
      const [first, named] = [await grant(userId, 100, { priority: 5 }), await grant(userId, 100)];
      expect(await remove(userId, 30, named)).toBe('posted');
      expect(await remove(userId, 20)).toBe('posted');
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 100, [first]: 80, [named]: 70 });
      expect(await remove(userId, 160, named)).toBe('posted');
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 90 });
      await expectSwept();
    });

    test('are removed once with an idempotency key, which keeps the lot that was named', async () => {
      const { creditLedger } = harness().stores;
      const userId = await createAccount(harness().stores, 100);
      const [named, other] = [await grant(userId, 50), await grant(userId, 50)];
      const removal = { userId, kind: 'adjustment', amount: -10, reason: null } as const;
      for (const lotId of [named, null]) {
        const idempotencyKey = `from ${lotId ?? 'any lot'}`;
        const first = await creditLedger.post({ ...removal, id: newId(), lotId, idempotencyKey });
        const again = { ...removal, id: newId(), lotId: other, idempotencyKey };
        expect(await creditLedger.post(again)).toEqual({
          ...{ outcome: 'key_claimed', lot: null, lotId, entry: first.outcome === 'posted' && first.entry },
        });
      }
      const added = { ...removal, kind: 'grant', amount: 5, idempotencyKey: 'added' } as const;
      const id = newId();
      await creditLedger.post({ ...added, id, lot: { expiresAt: null, priority: 7 } });
      expect(await creditLedger.post({ ...added, id: newId() })).toMatchObject({
        ...{ outcome: 'key_claimed', lot: { id, priority: 7, expiresAt: null }, lotId: null },
      });
      expect(await balanceOf(userId)).toBe(185);
      await expectSwept();
    });

    test('can be named by the only lot of an account', async () => {
      const userId = await createAccount(harness().stores, 100);
      expect(await remove(userId, 30, userId)).toBe('posted');
      expect(await left(userId)).toEqual([[userId, 70]]);
    });

    test('are not taken from a lot that the account does not have', async () => {
      const [userId, otherId] = [
        await createAccount(harness().stores, 100),
        await createAccount(harness().stores, 100),
      ];
      const theirs = await grant(otherId, 50);
      for (const lotId of [newId(), theirs, otherId])
        expect(await remove(userId, 1, lotId)).toBe('no_such_lot');
      expect(await balanceOf(userId)).toBe(100);
      expect(await allEntries(harness().stores, userId)).toHaveLength(1);
    });

    test('are not taken from what an expired lot keeps for a hold', async () => {
      const userId = await createAccount(harness().stores, 100);
      const expiring = await grant(userId, 50, { expiresInMs: minuteMs });
      const hold = await openHold(harness().stores, userId, { hold: 50 });
      await harness().advance(minuteMs);
      expect(await remove(userId, 101, expiring)).toBe('out_of_range');
      expect(await remove(userId, 30, expiring)).toBe('posted');
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 70, [expiring]: 50 });
      await holdLedger().release(releaseOf(hold));
      expect(Object.fromEntries(await left(userId))).toEqual({ [userId]: 70 });
      await expectSwept();
    });
  });
}
