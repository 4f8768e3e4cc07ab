import { expect } from 'expect';
import { countOutcomes, newId, whileErasing } from '../accounts.js';
import { newRecoveryDigests, type FactorView } from './view.js';

/** Removing factors: the last one where one is required, recovery codes with it, and all at once. */
export function removingFactorsSuite(view: FactorView): void {
  const { runner, harness, factorStore, passkeyStore, account, startTotp, confirm, addPasskey } = view;
  const { describe, test } = runner;
  const addTotp = async (userId: string) => {
    const sealedSecret = await startTotp(userId);
    expect(await confirm(userId, sealedSecret, { recoveryDigests: newRecoveryDigests() })).toBe(true);
  };
  const removeTotp = (userId: string, keepsOne: boolean) => factorStore().removeTotp({ userId, keepsOne });
  describe('removing factors', () => {
    test('the authenticator app is removed once, and the recovery codes with it', async () => {
      const userId = await account();
      await addTotp(userId);
      expect(await removeTotp(userId, false)).toBe('removed');
      expect(await removeTotp(userId, false)).toBe('missing');
      expect(await factorStore().factors(userId)).toMatchObject({ totp: null, recoveryCodesLeft: 0 });
      expect(await removeTotp(newId(), false)).toBe('missing');
    });

    test('the recovery codes stay while another factor is left', async () => {
      const userId = await account();
      await addTotp(userId);
      const id = await addPasskey(userId);
      expect(await removeTotp(userId, true)).toBe('removed');
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
      expect(await passkeyStore().remove({ userId, id, keepsOne: false })).toBe('removed');
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(0);
    });

    test('the last factor stays if the account keeps one, with its recovery codes', async () => {
      const userId = await account();
      await addTotp(userId);
      expect(await removeTotp(userId, true)).toBe('last_factor');
      const { totp, recoveryCodesLeft } = await factorStore().factors(userId);
      expect([totp !== null, recoveryCodesLeft]).toEqual([true, 10]);
    });

    test('a secret that is being set up is removed although it is no factor', async () => {
      const userId = await account();
      await startTotp(userId);
      expect(await removeTotp(userId, true)).toBe('removed');
      expect(await factorStore().totp(userId)).toBeNull();
      const id = await addPasskey(userId);
      await startTotp(userId);
      expect(await passkeyStore().remove({ userId, id, keepsOne: true })).toBe('last_factor');
      expect(await removeTotp(userId, true)).toBe('removed');
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
    });

    test('of parallel removals of an app and a passkey, the last factor stays', async () => {
      for (let round = 0; round < 10; round += 1) {
        const userId = await account();
        await addTotp(userId);
        const id = await addPasskey(userId);
        const removals = [
          () => removeTotp(userId, true),
          () => passkeyStore().remove({ userId, id, keepsOne: true }),
        ];
        if (round % 2 === 1) removals.reverse();
        const outcomes = await countOutcomes(2, async (index) => ({
          outcome: (await removals[index]?.()) ?? 'none',
        }));
        expect(outcomes).toEqual({ removed: 1, last_factor: 1 });
        const { totp, passkeys, recoveryCodesLeft } = await factorStore().factors(userId);
        expect((totp === null ? 0 : 1) + passkeys.length).toBe(1);
        expect(recoveryCodesLeft).toBe(10);
      }
    });

    test('of ten passkeys that are removed in parallel, one stays', async () => {
      const userId = await account();
      const ids: string[] = [];
      for (let index = 0; index < 10; index += 1) ids.push(await addPasskey(userId));
      const outcomes = await countOutcomes(10, async (index) => ({
        outcome: await passkeyStore().remove({ userId, id: ids[index] ?? '', keepsOne: true }),
      }));
      expect(outcomes).toEqual({ removed: 9, last_factor: 1 });
      expect((await passkeyStore().passkeys(userId)).length).toBe(1);
    });

    test('removing all removes apps, passkeys and recovery codes, and returns how many factors there were', async () => {
      const [userId, other] = [await account(), await account()];
      await addTotp(userId);
      await addPasskey(userId);
      await addPasskey(userId);
      await addTotp(other);
      const removed = await Promise.all(Array.from({ length: 10 }, () => factorStore().removeAll(userId)));
      expect(removed.sort()).toEqual([...Array.from({ length: 9 }, () => 0), 3]);
      expect(await factorStore().factors(userId)).toEqual({
        ...{ totp: null, passkeys: [], recoveryCodesLeft: 0 },
      });
      expect(await factorStore().removeAll(newId())).toBe(0);
      expect((await factorStore().factors(other)).totp).not.toBeNull();
      await startTotp(userId);
      expect(await factorStore().removeAll(userId)).toBe(0);
      expect(await factorStore().totp(userId)).toBeNull();
    });

    test('an erased account has no factors, also those that are added while it is erased', async () => {
      for (let round = 0; round < 5; round += 1) {
        const userId = await account();
        await addTotp(userId);
        await addPasskey(userId);
        await whileErasing(harness().stores, userId, async () => {
          const { outcome } = await passkeyStore().add(view.newPasskey(userId));
          expect(['added', 'too_many', 'missing']).toContain(outcome);
        });
        expect(await factorStore().factors(userId)).toEqual({
          ...{ totp: null, passkeys: [], recoveryCodesLeft: 0 },
        });
        expect(await factorStore().totp(userId)).toBeNull();
        expect(await passkeyStore().passkeys(userId)).toEqual([]);
      }
    });

    test('an authenticator app that is set up while its account is erased is not stored', async () => {
      for (let round = 0; round < 5; round += 1) {
        const userId = await account();
        await whileErasing(harness().stores, userId, () =>
          factorStore().startTotp({ userId, sealedSecret: newId() }),
        );
        expect(await factorStore().totp(userId)).toBeNull();
      }
    });
  });
}
