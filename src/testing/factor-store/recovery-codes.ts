import { expect } from 'expect';
import { newDigest, newId } from '../accounts.js';
import { newRecoveryDigests, type FactorView } from './view.js';

/** Recovery codes, each of which is used once. */
export function recoveryCodesSuite(view: FactorView): void {
  const { runner, factorStore, account, startTotp, confirm } = view;
  const { describe, test } = runner;
  const protectedAccount = async () => {
    const [userId, digests] = [await account(), newRecoveryDigests()];
    expect(await confirm(userId, await startTotp(userId), { recoveryDigests: digests })).toBe(true);
    return { userId, digests };
  };
  const left = async (userId: string) => (await factorStore().factors(userId)).recoveryCodesLeft;
  const use = (userId: string, digest: string) => factorStore().useRecoveryCode(userId, digest);
  describe('recovery codes', () => {
    test('each is used once', async () => {
      const { userId, digests } = await protectedAccount();
      for (const [index, digest] of digests.entries()) {
        expect(await use(userId, digest)).toBe(true);
        expect(await use(userId, digest)).toBe(false);
        expect(await left(userId)).toBe(9 - index);
      }
    });

    test('of fifty parallel uses of each of ten, one succeeds', async () => {
      const { userId, digests } = await protectedAccount();
      const used = await Promise.all(
        Array.from({ length: 50 }, () => digests).flatMap((all) => all.map((digest) => use(userId, digest))),
      );
      expect(used.filter((did) => did)).toHaveLength(digests.length);
      expect(await left(userId)).toBe(0);
    });

    test('one of another account, or an unknown one, is not used', async () => {
      const [jane, john] = [await protectedAccount(), await protectedAccount()];
      const [ofJane] = jane.digests;
      expect(await use(john.userId, ofJane ?? '')).toBe(false);
      expect(await use(newId(), ofJane ?? '')).toBe(false);
      expect(await use(jane.userId, newDigest())).toBe(false);
      expect([await left(jane.userId), await left(john.userId)]).toEqual([10, 10]);
    });

    test('new ones replace the earlier ones', async () => {
      const { userId, digests } = await protectedAccount();
      const next = newRecoveryDigests().slice(0, 4);
      expect(await factorStore().replaceRecoveryCodes(userId, next)).toBe(true);
      expect(await left(userId)).toBe(4);
      for (const digest of digests) expect(await use(userId, digest)).toBe(false);
      for (const digest of next) expect(await use(userId, digest)).toBe(true);
    });

    test('of twenty parallel replacements, the codes of one are left', async () => {
      const { userId } = await protectedAccount();
      const sets = Array.from({ length: 20 }, newRecoveryDigests);
      const replaced = await Promise.all(
        sets.map((digests) => factorStore().replaceRecoveryCodes(userId, digests)),
      );
      expect(replaced).toEqual(sets.map(() => true));
      expect(await left(userId)).toBe(10);
      const valid: number[] = [];
      for (const [index, digests] of sets.entries())
        for (const digest of digests) if (await use(userId, digest)) valid.push(index);
      expect(valid).toEqual(Array.from({ length: 10 }, () => valid[0]));
    });

    test('an account without a factor gets none', async () => {
      const userId = await account();
      await startTotp(userId);
      for (const id of [userId, newId()]) {
        expect(await factorStore().replaceRecoveryCodes(id, newRecoveryDigests())).toBe(false);
        expect(await left(id)).toBe(0);
      }
    });
  });
}
