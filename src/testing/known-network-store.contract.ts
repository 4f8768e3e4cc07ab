import { expect } from 'expect';
import { createAccount, newDigest, newId } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Runs the contract of `KnownNetworkStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { knownNetworkStoreContract } from 'metered-chat/testing';
 *
 * knownNetworkStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function knownNetworkStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { describe, test } = runner;
  describe(`known network store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    const remember = (userId: string, digest: string, max = 20) =>
      harness().stores.knownNetworkStore.remember({ userId, digest }, max);
    const isKnown = (userId: string, digest: string, maxAgeMs = dayMs) =>
      harness().stores.knownNetworkStore.isKnown({ userId, digest }, maxAgeMs);

    test('a network is known for the account that it was remembered for', async () => {
      const [jane, john] = [
        await createAccount(harness().stores, 0),
        await createAccount(harness().stores, 0),
      ];
      const digest = newDigest();
      expect(await isKnown(jane, digest)).toBe(false);
      await remember(jane, digest);
      await remember(jane, digest);
      expect(await isKnown(jane, digest)).toBe(true);
      expect(await isKnown(jane, newDigest())).toBe(false);
      expect(await isKnown(john, digest)).toBe(false);
    });

    test('a network is known as long as it is used, and purged when it is not', async () => {
      const { knownNetworkStore } = harness().stores;
      const userId = await createAccount(harness().stores, 0);
      const [used, unused] = [newDigest(), newDigest()];
      await remember(userId, used);
      await remember(userId, unused);
      await harness().advance(dayMs / 2);
      await remember(userId, used);
      await harness().advance(dayMs / 2);
      expect(await isKnown(userId, unused)).toBe(false);
      expect(await isKnown(userId, used)).toBe(true);
      expect(await knownNetworkStore.purgeUnused(dayMs)).toBeGreaterThanOrEqual(1);
      expect(await isKnown(userId, unused, 2 * dayMs)).toBe(false);
      expect(await isKnown(userId, used)).toBe(true);
    });

    test('of too many networks, the last used ones stay', async () => {
      const userId = await createAccount(harness().stores, 0);
      const digests = [newDigest(), newDigest(), newDigest(), newDigest()];
      const [first = '', second = '', third = '', fourth = ''] = digests;
      const rememberLater = async (digest: string) => {
        await harness().advance(dayMs / 10);
        await remember(userId, digest, 3);
      };
      for (const digest of [first, second, third, first, fourth]) await rememberLater(digest);
      const known = await Promise.all(digests.map((digest) => isKnown(userId, digest)));
      expect(known).toEqual([true, false, true, true]);
    });

    test('any number of networks can be remembered in parallel', async () => {
      const userId = await createAccount(harness().stores, 0);
      const digests = Array.from({ length: 10 }, newDigest);
      await Promise.all([...digests, ...digests].map((digest) => remember(userId, digest, 5)));
      const last = newDigest();
      await remember(userId, last, 5);
      const known = await Promise.all([...digests, last].map((digest) => isKnown(userId, digest)));
      expect(known.filter((one) => one)).toHaveLength(5);
      expect(known.at(-1)).toBe(true);
    });

    test('nothing is remembered without an account, nor once it is erased', async () => {
      const digest = newDigest();
      const unknownId = newId();
      await remember(unknownId, digest);
      expect(await isKnown(unknownId, digest)).toBe(false);
      const userId = await createAccount(harness().stores, 0);
      await remember(userId, digest);
      expect(await harness().stores.userStore.erase(userId)).toBe('erased');
      expect(await isKnown(userId, digest)).toBe(false);
      await remember(userId, digest);
      expect(await isKnown(userId, digest)).toBe(false);
    });
  });
}
