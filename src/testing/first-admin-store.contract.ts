import { expect } from 'expect';
import { countOutcomes, newDigest, newUser } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const ttlMs = 60_000;

/**
 * Runs the contract of `FirstAdminStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { firstAdminStoreContract } from 'metered-chat/testing';
 *
 * firstAdminStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function firstAdminStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { describe, test } = runner;
  describe(`first admin store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    async function issued(): Promise<string> {
      const digest = newDigest();
      expect(await harness().stores.firstAdminStore.issue({ digest, ttlMs })).toBe(true);
      return digest;
    }
    const newAdmin = () => newUser(7, { role: 'admin' });

    /** Runs a test without an administrator at its start. */
    const testAlone = (title: string, body: () => Promise<void>) =>
      test(title, async () => {
        await harness().dismissAdmins();
        await body();
      });

    testAlone('a secret creates one administrator, with a balance, and is invalid then', async () => {
      const { firstAdminStore, userStore, creditLedger } = harness().stores;
      const digest = await issued();
      const user = newAdmin();
      expect(await firstAdminStore.isUsable(digest)).toBe(true);
      const created = await firstAdminStore.create(digest, user);
      expect(created).toMatchObject({ outcome: 'created', user: { id: user.id, role: 'admin' } });
      expect(await userStore.findById(user.id)).toMatchObject({ passwordHash: user.passwordHash });
      expect(await creditLedger.balance(user.id)).toEqual({ balance: 7, held: 0 });
      await harness().dismissAdmins();
      expect(await firstAdminStore.isUsable(digest)).toBe(false);
      expect(await firstAdminStore.create(digest, newAdmin())).toEqual({ outcome: 'invalid' });
    });

    testAlone(
      'of twenty parallel calls, with one secret or several, one creates an administrator',
      async () => {
        const { firstAdminStore } = harness().stores;
        for (let round = 0; round < 5; round += 1) {
          await harness().dismissAdmins();
          const digests = [await issued(), await issued()];
          const outcomes = await countOutcomes(20, (index) =>
            firstAdminStore.create(digests[(index + round) % 2] ?? '', newAdmin()),
          );
          expect(outcomes).toEqual({ created: 1, invalid: 19 });
        }
      },
    );

    testAlone(
      'while there is an administrator, no secret is issued, and earlier ones are invalid',
      async () => {
        const { firstAdminStore, userStore } = harness().stores;
        const digest = await issued();
        const admin = newAdmin();
        await userStore.create(admin);
        expect(await firstAdminStore.issue({ digest: newDigest(), ttlMs })).toBe(false);
        expect(await firstAdminStore.isUsable(digest)).toBe(false);
        expect(await firstAdminStore.create(digest, newAdmin())).toEqual({ outcome: 'invalid' });
        await harness().disable(admin.id);
        expect(await firstAdminStore.isUsable(digest)).toBe(true);
      },
    );

    testAlone('a taken name creates no account, and the secret stays valid', async () => {
      const { firstAdminStore, userStore } = harness().stores;
      const digest = await issued();
      const other = newUser(0);
      await userStore.create(other);
      const taken = { ...newAdmin(), usernameKey: other.usernameKey };
      expect(await firstAdminStore.create(digest, taken)).toEqual({ outcome: 'username_taken' });
      expect(await userStore.findById(taken.id)).toBeNull();
      expect(await firstAdminStore.create(digest, newAdmin())).toMatchObject({ outcome: 'created' });
    });

    testAlone('a secret is valid until it expires, and is then purged', async () => {
      const { firstAdminStore } = harness().stores;
      await harness().advance(ttlMs);
      await firstAdminStore.purgeExpired();
      const digest = await issued();
      expect(await firstAdminStore.purgeExpired()).toBe(0);
      await harness().advance(ttlMs);
      expect(await firstAdminStore.isUsable(digest)).toBe(false);
      expect(await firstAdminStore.create(digest, newAdmin())).toEqual({ outcome: 'invalid' });
      expect(await firstAdminStore.purgeExpired()).toBe(1);
    });

    testAlone('an unknown secret creates no account', async () => {
      const { firstAdminStore } = harness().stores;
      await issued();
      expect(await firstAdminStore.isUsable(newDigest())).toBe(false);
      expect(await firstAdminStore.create(newDigest(), newAdmin())).toEqual({ outcome: 'invalid' });
    });
  });
}
