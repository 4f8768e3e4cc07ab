import { expect } from 'expect';
import { countOutcomes, delicateTexts, newId } from './accounts.js';
import { factorView, newRecoveryDigests } from './factor-store/view.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `PasskeyStore` against an adapter. Some of its tests set up an authenticator app by its `FactorStore`.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { passkeyStoreContract } from 'metered-chat/testing';
 *
 * passkeyStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function passkeyStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`passkey store: ${name}`, () => {
    const view = factorView(runner, openedHarness(runner, openHarness));
    const { harness, account, newPasskey, addPasskey, factorStore, startTotp, confirm } = view;
    const store = view.passkeyStore;
    const names = async (userId: string) =>
      (await store().passkeys(userId)).map(({ passkey }) => passkey.name);

    test('a passkey is stored with what it is verified with, and is not used yet', async () => {
      const passkey = newPasskey(await account(), {
        counter: 7,
        isBackedUp: true,
        transports: ['usb', 'nfc'],
      });
      const added = await store().add(passkey);
      expect(added).toMatchObject({ outcome: 'added', isFirst: true, passkey: { id: passkey.id } });
      const { id, name: ofPasskey, credentialId, publicKey, counter, transports } = passkey;
      expect(await store().passkeys(passkey.userId)).toEqual([
        {
          passkey: { id, name: ofPasskey, createdAt: expect.any(Date), lastUsedAt: null, isBackedUp: true },
          ...{ credentialId, publicKey, counter, transports },
        },
      ]);
      const { passkeys, totp } = await factorStore().factors(passkey.userId);
      expect(passkeys).toMatchObject([{ id, name: ofPasskey, isBackedUp: true }]);
      expect(JSON.stringify(passkeys)).not.toContain(credentialId);
      expect(totp).toBeNull();
    });

    test('passkeys are listed oldest first, each at its own account', async () => {
      const [jane, john] = [await account(), await account()];
      for (const name of ['first', 'second', 'third']) await addPasskey(jane, { name });
      await addPasskey(john, { name: 'other' });
      expect(await names(jane)).toEqual(['first', 'second', 'third']);
      expect(await names(john)).toEqual(['other']);
      expect(await names(newId())).toEqual([]);
    });

    test('the recovery codes of the first factor are stored, and those of others ignored', async () => {
      const userId = await account();
      const [first, second] = [newRecoveryDigests(), newRecoveryDigests()];
      expect(await store().add(newPasskey(userId, { recoveryDigests: first }))).toMatchObject({
        isFirst: true,
      });
      expect(await store().add(newPasskey(userId, { recoveryDigests: second }))).toMatchObject({
        isFirst: false,
      });
      expect(await factorStore().useRecoveryCode(userId, second[0] ?? '')).toBe(false);
      expect(await factorStore().useRecoveryCode(userId, first[0] ?? '')).toBe(true);
    });

    test('a passkey is not the first factor beside an authenticator app, but beside one that is being set up', async () => {
      const [userId, other] = [await account(), await account()];
      await startTotp(other);
      expect(await store().add(newPasskey(other))).toMatchObject({ isFirst: true });
      await confirm(userId, await startTotp(userId));
      expect(await store().add(newPasskey(userId))).toMatchObject({ isFirst: false });
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(0);
    });

    test('of parallel first passkeys, one is the first, and its recovery codes are stored', async () => {
      const userId = await account();
      const passkeys = Array.from({ length: 10 }, () => newPasskey(userId));
      const added = await Promise.all(passkeys.map((passkey) => store().add(passkey)));
      const firsts = passkeys.filter((_, index) => {
        const one = added[index];
        return one?.outcome === 'added' && one.isFirst;
      });
      expect(firsts).toHaveLength(1);
      expect((await factorStore().factors(userId)).recoveryCodesLeft).toBe(10);
      for (const digest of firsts[0]?.recoveryDigests ?? [])
        expect(await factorStore().useRecoveryCode(userId, digest)).toBe(true);
    });

    test('a passkey that must be the first factor is not added beside another, even one that is added in parallel', async () => {
      const mustBeFirst = true;
      const first = await account();
      expect(await store().add(newPasskey(first, { mustBeFirst }))).toMatchObject({ isFirst: true });
      const withApp = await account();
      await confirm(withApp, await startTotp(withApp));
      for (const userId of [first, withApp])
        expect(await store().add(newPasskey(userId, { mustBeFirst }))).toEqual({ outcome: 'not_first' });
      for (let round = 0; round < 5; round += 1) {
        const userId = await account();
        const sealedSecret = await startTotp(userId);
        const [isConfirmed, ...added] = await Promise.all([
          confirm(userId, sealedSecret, { mustBeFirst }),
          ...Array.from({ length: 9 }, () => store().add(newPasskey(userId, { mustBeFirst }))),
        ]);
        const passkeys = added.filter(({ outcome }) => outcome === 'added').length;
        expect(passkeys + Number(isConfirmed)).toBe(1);
      }
    });

    test('of twenty parallel additions, no more succeed than the account may have', async () => {
      const userId = await account();
      const outcomes = await countOutcomes(20, () => store().add(newPasskey(userId, { maxPasskeys: 5 })));
      expect(outcomes).toEqual({ added: 5, too_many: 15 });
      expect(await store().passkeys(userId)).toHaveLength(5);
    });

    test('of twenty parallel additions of one passkey, one succeeds, and it can be added to another account', async () => {
      const [jane, john] = [await account(), await account()];
      const credentialId = `credential-${newId()}`;
      const outcomes = await countOutcomes(20, () => store().add(newPasskey(jane, { credentialId })));
      expect(outcomes).toEqual({ added: 1, exists: 19 });
      expect(await store().passkeys(jane)).toHaveLength(1);
      expect(await store().add(newPasskey(john, { credentialId }))).toMatchObject({ outcome: 'added' });
    });

    test('nothing is added to an account that is disabled or does not exist', async () => {
      const userId = await account();
      await harness().disable(userId);
      for (const id of [userId, newId()]) {
        expect(await store().add(newPasskey(id))).toEqual({ outcome: 'missing' });
        expect(await store().passkeys(id)).toEqual([]);
        expect((await factorStore().factors(id)).recoveryCodesLeft).toBe(0);
      }
    });

    test('a passkey of the account itself is renamed and removed, and no other', async () => {
      const [jane, john] = [await account(), await account()];
      const id = await addPasskey(jane);
      expect(await store().rename({ userId: john, id, name: 'taken' })).toBeNull();
      expect(await store().remove({ userId: john, id, keepsOne: false })).toBe('missing');
      expect(await store().use({ userId: john, id, counter: 0, isBackedUp: true })).toBe(false);
      expect(await store().rename({ userId: jane, id, name: 'Laptop' })).toMatchObject({
        id,
        name: 'Laptop',
      });
      expect(await names(jane)).toEqual(['Laptop']);
      expect(await store().remove({ userId: jane, id, keepsOne: true })).toBe('last_factor');
      expect(await store().remove({ userId: jane, id, keepsOne: false })).toBe('removed');
      expect(await store().remove({ userId: jane, id, keepsOne: true })).toBe('missing');
      expect(await store().rename({ userId: jane, id, name: 'Gone' })).toBeNull();
      expect(await store().use({ userId: jane, id, counter: 1, isBackedUp: false })).toBe(false);
    });

    test('a use is recorded with its time, its counter and whether it is backed up', async () => {
      const userId = await account();
      const id = await addPasskey(userId, { counter: 3 });
      await harness().advance(60_000);
      expect(await store().use({ userId, id, counter: 4, isBackedUp: true })).toBe(true);
      const [used] = await store().passkeys(userId);
      expect(used).toMatchObject({ counter: 4, passkey: { isBackedUp: true } });
      const { createdAt, lastUsedAt } = used?.passkey ?? {};
      expect((lastUsedAt?.getTime() ?? 0) - (createdAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(60_000);
    });

    test('a counter that is not higher is refused, and changes nothing', async () => {
      const userId = await account();
      const id = await addPasskey(userId, { counter: 5 });
      const use = (counter: number) => store().use({ userId, id, counter, isBackedUp: true });
      for (const counter of [5, 4, 0]) expect(await use(counter)).toBe(false);
      const [unused] = await store().passkeys(userId);
      expect(unused).toMatchObject({ counter: 5, passkey: { lastUsedAt: null, isBackedUp: false } });
      expect(await use(6)).toBe(true);
      expect(await use(4_294_967_295)).toBe(true);
      expect(await use(4_294_967_295)).toBe(false);
    });

    test('an authenticator that does not count is accepted until it counts', async () => {
      const userId = await account();
      const id = await addPasskey(userId);
      const use = (counter: number) => store().use({ userId, id, counter, isBackedUp: false });
      expect([await use(0), await use(0), await use(1), await use(0)]).toEqual([true, true, true, false]);
    });

    test('of twenty parallel uses of one counter, one succeeds', async () => {
      const userId = await account();
      const id = await addPasskey(userId);
      for (const counter of [1, 2, 3]) {
        const used = await Promise.all(
          Array.from({ length: 20 }, () => store().use({ userId, id, counter, isBackedUp: false })),
        );
        expect(used.filter((did) => did)).toHaveLength(1);
      }
    });

    test('a passkey with the longest credential id is stored', async () => {
      const userId = await account();
      // Random, since a database may compress what repeats before it compares its size with a limit.
      const credentialId = Array.from({ length: 44 }, () => newId().replaceAll('-', ''))
        .join('')
        .slice(0, 1400);
      await addPasskey(userId, { credentialId });
      expect((await store().passkeys(userId))[0]?.credentialId).toBe(credentialId);
    });

    for (const text of delicateTexts) {
      test(`names and transports are stored unchanged: ${JSON.stringify(text)}`, async () => {
        const userId = await account();
        const id = await addPasskey(userId, { name: text, transports: [text, 'usb'] });
        expect(await store().passkeys(userId)).toMatchObject([
          { transports: [text, 'usb'], passkey: { name: text } },
        ]);
        await store().rename({ userId, id, name: `${text}, renamed` });
        expect(await names(userId)).toEqual([`${text}, renamed`]);
      });
    }
  });
}
