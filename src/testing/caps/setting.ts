import { expect } from 'expect';
import type { Cap, CapSetter } from '../../domain/metering/cap.js';
import { noWalletRules } from '../../domain/metering/wallet-rules.js';
import type { NewCap } from '../../ports/cap-store.js';
import { createAccount, expectSound, newId, newPassword } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';
import { newCap } from './new-cap.js';
import { capView } from './view.js';

/** Caps are set, listed and removed. */
export function settingSuite({ describe, test }: TestRunner, harness: () => StoreHarness): void {
  describe('caps of an account', () => {
    const caps = () => harness().stores.capStore;
    const statesOf = async (userId: string) => (await caps().states(userId, noWalletRules)) ?? [];
    const limitsOf = async (userId: string) => (await statesOf(userId)).map(({ cap }) => cap.limit);
    const { keyOf } = capView(harness);

    test('a cap is set, listed with all that it is, and removed', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const keyId = await keyOf(userId);
      const expected: Partial<Cap>[] = [
        { scope: 'account', window: 'day', limit: 0, setBy: 'account' },
        { scope: 'key', keyId, window: 'month', limit: 7, setBy: 'account' },
        {
          scope: 'model',
          model: 'org/model "1"',
          window: 'hour',
          limit: 2 ** 53 - 1,
          setBy: 'administrator',
        },
      ];
      const ids: string[] = [];
      for (const each of expected) {
        const cap = newCap(userId, each as Partial<NewCap>);
        ids.push(cap.id);
        const set = await caps().set(cap);
        expect(set).toMatchObject({ outcome: 'created', cap: { id: cap.id, ...each } });
      }
      const listed = await statesOf(userId);
      expect(listed.map(({ cap }) => cap)).toMatchObject(expected);
      expect(listed.map(({ cap }) => cap.id)).toEqual(ids);
      expect(listed.map(({ spent, left }) => [spent, left])).toEqual([
        [0, 0],
        [0, 7],
        [0, 2 ** 53 - 1],
      ]);
      expect(listed.every(({ cap }) => cap.createdAt instanceof Date)).toBe(true);
      for (const capId of ids) expect(await caps().remove({ userId, capId }, null)).toBe('removed');
      expect(await statesOf(userId)).toEqual([]);
      await expectSound(harness().stores);
    });

    test('a second cap with the same setter, subject and window changes the limit of the first', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const first = newCap(userId);
      await caps().set(first);
      const changed = await caps().set(newCap(userId, { limit: 20 }));
      expect(changed).toMatchObject({ outcome: 'changed', cap: { id: first.id, limit: 20 } });
      expect(await limitsOf(userId)).toEqual([20]);
      const others: Partial<NewCap>[] = [
        { setBy: 'account' },
        { window: 'day' },
        { scope: 'model', model: 'echo' },
        { scope: 'model', model: 'other' },
      ];
      for (const other of others) {
        expect((await caps().set(newCap(userId, other))).outcome).toBe('created');
      }
      expect(await limitsOf(userId)).toEqual([20, 500, 500, 500, 500]);
    });

    test('defaults are listed with the caps of an account, unless an administrator has replaced them', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const defaultCaps = [
        { window: 'day', limit: 100 },
        { window: 'month', limit: 1000 },
      ] as const;
      const listed = async () =>
        ((await caps().states(userId, { defaultCaps, timeZone: 'UTC' })) ?? []).map(
          ({ cap }): [CapSetter, string, number] => [cap.setBy, cap.window, cap.limit],
        );
      expect(await listed()).toEqual([
        ['default', 'day', 100],
        ['default', 'month', 1000],
      ]);
      await caps().set(newCap(userId, { window: 'day', limit: 300 }));
      await caps().set(newCap(userId, { window: 'month', limit: 40, setBy: 'account' }));
      expect(await listed()).toEqual([
        ['administrator', 'day', 300],
        ['account', 'month', 40],
        ['default', 'month', 1000],
      ]);
    });

    test('the end of a window follows the calendar of the time zone', async () => {
      const userId = await createAccount(harness().stores, 1000);
      for (const window of ['hour', 'day', 'total'] as const) await caps().set(newCap(userId, { window }));
      const endsIn = async (timeZone: string) => {
        const states = (await caps().states(userId, { defaultCaps: [], timeZone })) ?? [];
        return states.map(({ endsAt }) => endsAt);
      };
      const [hour, day, total] = await endsIn('UTC');
      expect([hour?.toISOString().slice(14), day?.toISOString().slice(11), total]).toEqual([
        ...['00:00.000Z', '00:00:00.000Z', null],
      ]);
      expect((await endsIn('Asia/Kolkata')).map((end) => end?.toISOString().slice(14))).toEqual([
        ...['30:00.000Z', '30:00.000Z', undefined],
      ]);
    });

    test('only its setter removes a cap, unless every setter may', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const [own, administrators] = [newCap(userId, { setBy: 'account' }), newCap(userId)];
      for (const cap of [own, administrators]) await caps().set(cap);
      const remove = ({ id: capId }: NewCap, setBy: CapSetter | null) =>
        caps().remove({ userId, capId }, setBy);
      expect(await remove(administrators, 'account')).toBe('set_by_other');
      expect(await caps().remove({ userId: newId(), capId: own.id }, null)).toBe('missing');
      expect(await limitsOf(userId)).toHaveLength(2);
      expect(await remove(own, 'account')).toBe('removed');
      expect(await remove(own, 'account')).toBe('missing');
      expect(await remove(administrators, null)).toBe('removed');
      expect(await remove(newCap(userId), null)).toBe('missing');
    });

    test('a setter has as many caps as it may, also at once, and can still change them', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const set = (model: string, setBy: NewCap['setBy'] = 'account') =>
        caps().set(newCap(userId, { scope: 'model', model, setBy, maxCaps: 3 }));
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => set(`model ${index}`)));
      const created = outcomes.filter(({ outcome }) => outcome === 'created');
      expect([created.length, outcomes.length - created.length]).toEqual([3, 5]);
      const [first] = await statesOf(userId);
      expect((await set(first?.cap.model ?? '')).outcome).toBe('changed');
      expect((await set('another', 'administrator')).outcome).toBe('created');
      expect((await set('yet another')).outcome).toBe('too_many');
    });

    test('a cap on a key of another account, or of none, is not set', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const others = await keyOf(await createAccount(harness().stores, 1000));
      for (const keyId of [others, newId()]) {
        const set = await caps().set(newCap(userId, { scope: 'key', keyId }));
        expect(set).toEqual({ outcome: 'no_such_key' });
      }
      expect(await statesOf(userId)).toEqual([]);
    });

    test('the caps on a key end with it, however it is removed', async () => {
      const removals = [
        (userId: string, keyId: string) => harness().stores.apiKeyStore.remove(userId, keyId),
        (userId: string) => harness().stores.apiKeyStore.removeAll(userId),
        (userId: string) => harness().stores.userStore.changePassword(newPassword(userId)),
      ];
      for (const remove of removals) {
        const userId = await createAccount(harness().stores, 1000);
        const keyId = await keyOf(userId);
        await caps().set(newCap(userId, { scope: 'key', keyId, limit: 1 }));
        await caps().set(newCap(userId, { limit: 2 }));
        await remove(userId, keyId);
        expect(await limitsOf(userId)).toEqual([2]);
      }
      await expectSound(harness().stores);
    });

    test('an account that does not exist, or was erased, has no caps and gets none', async () => {
      const userId = await createAccount(harness().stores, 1000);
      const cap = newCap(userId);
      await caps().set(cap);
      await harness().stores.userStore.erase(userId);
      for (const gone of [userId, newId()]) {
        expect(await caps().states(gone, noWalletRules)).toBeNull();
        expect(await caps().set(newCap(gone))).toEqual({ outcome: 'no_such_user' });
        expect(await caps().remove({ userId: gone, capId: cap.id }, null)).toBe('missing');
      }
      await expectSound(harness().stores);
    });
  });
}
