import { expect } from 'expect';
import { newId } from '../accounts.js';
import { firstStep, newRecoveryDigests, type FactorView } from './view.js';

/** Authenticator apps: their secrets and codes. */
export function totpSuite(view: FactorView): void {
  const { runner, harness, factorStore, account, startTotp, confirm, addPasskey } = view;
  const { describe, test } = runner;
  const protectedAccount = async () => {
    const userId = await account();
    const sealedSecret = await startTotp(userId);
    expect(await confirm(userId, sealedSecret)).toBe(true);
    return { userId, sealedSecret };
  };
  describe('authenticator apps', () => {
    test('an account has no factors at first, and neither has one that does not exist', async () => {
      for (const userId of [await account(), newId()]) {
        expect(await factorStore().factors(userId)).toEqual({
          ...{ totp: null, passkeys: [], recoveryCodesLeft: 0 },
        });
        expect(await factorStore().totp(userId)).toBeNull();
      }
    });

    test('a secret that is being set up is no factor, and a later one takes its place', async () => {
      const userId = await account();
      const earlier = await startTotp(userId);
      const sealedSecret = await startTotp(userId);
      expect(await factorStore().totp(userId)).toEqual({ sealedSecret, isConfirmed: false });
      expect((await factorStore().factors(userId)).totp).toBeNull();
      expect(await factorStore().useTotp({ userId, sealedSecret, step: firstStep })).toBe(false);
      expect(await confirm(userId, earlier)).toBe(false);
      expect((await factorStore().factors(userId)).totp).toBeNull();
    });

    test('a confirmed secret is a factor, with recovery codes, and is not replaced', async () => {
      const userId = await account();
      const sealedSecret = await startTotp(userId);
      expect(await confirm(userId, sealedSecret, { recoveryDigests: newRecoveryDigests() })).toBe(true);
      expect(await factorStore().totp(userId)).toEqual({ sealedSecret, isConfirmed: true });
      expect(await factorStore().factors(userId)).toMatchObject({
        totp: { createdAt: expect.any(Date) },
        recoveryCodesLeft: 10,
      });
      expect(await factorStore().startTotp({ userId, sealedSecret: 'another' })).toBe(false);
      expect(await confirm(userId, sealedSecret)).toBe(false);
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
      expect(await factorStore().totp(userId)).toEqual({ sealedSecret, isConfirmed: true });
    });

    test('an account that is disabled or does not exist sets up nothing', async () => {
      const userId = await account();
      await harness().disable(userId);
      for (const id of [userId, newId()]) {
        expect(await factorStore().startTotp({ userId: id, sealedSecret: 'secret' })).toBe(false);
        expect(await factorStore().totp(id)).toBeNull();
        expect(await confirm(id, 'secret')).toBe(false);
      }
    });

    test('of twenty parallel confirmations, one succeeds, and its recovery codes are stored', async () => {
      const userId = await account();
      const sealedSecret = await startTotp(userId);
      const digests = Array.from({ length: 20 }, newRecoveryDigests);
      const confirmed = await Promise.all(
        digests.map((recoveryDigests) => confirm(userId, sealedSecret, { recoveryDigests })),
      );
      expect(confirmed.filter((did) => did)).toHaveLength(1);
      const winner = digests[confirmed.indexOf(true)] ?? [];
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
      for (const digest of winner) expect(await factorStore().useRecoveryCode(userId, digest)).toBe(true);
    });

    test('a factor that must be the first is not added to another one', async () => {
      const userId = await account();
      const sealedSecret = await startTotp(userId);
      await addPasskey(userId);
      expect(await confirm(userId, sealedSecret, { mustBeFirst: true })).toBe(false);
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
      expect(await confirm(userId, sealedSecret)).toBe(true);
    });

    test('of a factor that must be the first and a passkey in parallel, the recovery codes of one are left', async () => {
      for (let round = 0; round < 10; round += 1) {
        const userId = await account();
        const sealedSecret = await startTotp(userId);
        const [ofApp, ofPasskey] = [newRecoveryDigests(), newRecoveryDigests()];
        const adding = () => addPasskey(userId, { recoveryDigests: ofPasskey });
        const confirming = () => confirm(userId, sealedSecret, { mustBeFirst: true, recoveryDigests: ofApp });
        const [isConfirmed] =
          round % 2 === 0
            ? await Promise.all([confirming(), adding()])
            : (await Promise.all([adding(), confirming()])).reverse();
        const factors = await factorStore().factors(userId);
        expect(factors.totp !== null).toBe(isConfirmed);
        expect(factors.passkeys).toHaveLength(1);
        expect(factors.recoveryCodesLeft).toBe(10);
        const [valid] = isConfirmed === true ? ofApp : ofPasskey;
        expect(await factorStore().useRecoveryCode(userId, valid ?? '')).toBe(true);
      }
    });

    test('a code is accepted once, and none of its step or an earlier one after it', async () => {
      const { userId, sealedSecret } = await protectedAccount();
      const use = (step: number) => factorStore().useTotp({ userId, sealedSecret, step });
      expect(await use(firstStep)).toBe(false);
      expect(await use(firstStep - 1)).toBe(false);
      expect(await use(firstStep + 2)).toBe(true);
      expect(await use(firstStep + 2)).toBe(false);
      expect(await use(firstStep + 1)).toBe(false);
      expect(await use(firstStep + 3)).toBe(true);
    });

    test('of fifty parallel uses of one code, one succeeds', async () => {
      for (let step = firstStep + 1; step < firstStep + 4; step += 1) {
        const { userId, sealedSecret } = await protectedAccount();
        const used = await Promise.all(
          Array.from({ length: 50 }, () => factorStore().useTotp({ userId, sealedSecret, step })),
        );
        expect(used.filter((did) => did)).toHaveLength(1);
      }
    });

    test('a code of parallel ones is not accepted after a later one', async () => {
      const { userId, sealedSecret } = await protectedAccount();
      const steps = Array.from({ length: 30 }, (_, index) => firstStep + 1 + ((index * 7) % 30));
      const used = await Promise.all(
        steps.map((step) => factorStore().useTotp({ userId, sealedSecret, step })),
      );
      expect(used[steps.indexOf(Math.max(...steps))]).toBe(true);
      for (const step of steps)
        expect(await factorStore().useTotp({ userId, sealedSecret, step })).toBe(false);
    });

    test('a code of another secret or account is not accepted', async () => {
      const [jane, john] = [await protectedAccount(), await protectedAccount()];
      const step = firstStep + 1;
      const crossed = { userId: jane.userId, sealedSecret: john.sealedSecret, step };
      expect(await factorStore().useTotp(crossed)).toBe(false);
      expect(await factorStore().useTotp({ ...crossed, userId: newId() })).toBe(false);
      expect(await factorStore().useTotp({ ...jane, step })).toBe(true);
      expect(await factorStore().useTotp({ ...john, step })).toBe(true);
    });

    test('a code of a secret that was removed and set up again counts from its own steps', async () => {
      const { userId, sealedSecret } = await protectedAccount();
      expect(await factorStore().useTotp({ userId, sealedSecret, step: firstStep + 100 })).toBe(true);
      expect(await factorStore().removeTotp({ userId, keepsOne: false })).toBe('removed');
      expect(await factorStore().useTotp({ userId, sealedSecret, step: firstStep + 101 })).toBe(false);
      const next = await startTotp(userId);
      expect(await confirm(userId, next)).toBe(true);
      expect(await factorStore().useTotp({ userId, sealedSecret: next, step: firstStep + 1 })).toBe(true);
    });
  });
}
