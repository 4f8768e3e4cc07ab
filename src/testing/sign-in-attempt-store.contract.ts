import { expect } from 'expect';
import { createAccount, newDigest, newId } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const ttlMs = 60 * 60_000;
/** What is left of it while an attempt must still work: moving the clock of a database takes time. */
const marginMs = 10 * 60_000;

/**
 * Runs the contract of `SignInAttemptStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { signInAttemptStoreContract } from 'metered-chat/testing';
 *
 * signInAttemptStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function signInAttemptStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { describe, test } = runner;
  describe(`sign-in attempt store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);
    const store = () => harness().stores.signInAttemptStore;

    async function begun(userId: string | null = null): Promise<string> {
      const digest = newDigest();
      await store().create({ digest, providerId: 'school', userId, ttlMs });
      return digest;
    }

    test('an attempt is returned once, with its provider and account', async () => {
      const userId = await createAccount(harness().stores, 0);
      const [signIn, link] = [await begun(), await begun(userId)];
      expect(await store().consume(signIn)).toEqual({ providerId: 'school', userId: null });
      expect(await store().consume(signIn)).toBeNull();
      expect(await store().consume(link)).toEqual({ providerId: 'school', userId });
      expect(await store().consume(newDigest())).toBeNull();
    });

    test('of twenty parallel calls, one gets the attempt', async () => {
      const digest = await begun();
      const consumed = await Promise.all(Array.from({ length: 20 }, () => store().consume(digest)));
      expect(consumed.filter((attempt) => attempt !== null)).toHaveLength(1);
    });

    test('an attempt works until it expires, and is then purged', async () => {
      const [early, late] = [await begun(), await begun()];
      await harness().advance(ttlMs - marginMs);
      expect(await store().consume(early)).not.toBeNull();
      await harness().advance(marginMs);
      expect(await store().consume(late)).toBeNull();
      const lasting = await begun();
      expect(await store().purgeExpired()).toBeGreaterThanOrEqual(1);
      expect(await store().consume(lasting)).not.toBeNull();
    });

    test('an attempt of an account ends with it, and none begins for an unknown account', async () => {
      const userId = await createAccount(harness().stores, 0);
      const digest = await begun(userId);
      expect(await harness().stores.userStore.erase(userId)).toBe('erased');
      expect(await store().consume(digest)).toBeNull();
      await expect(begun(newId())).rejects.toThrow();
    });
  });
}
