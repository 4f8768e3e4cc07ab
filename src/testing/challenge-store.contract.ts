import { expect } from 'expect';
import type { ChallengePurpose, ChallengeReference } from '../ports/challenge-store.js';
import { createAccount, newDigest, newId, whileErasing } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const ttlMs = 5 * 60_000;

const purposes: readonly ChallengePurpose[] = [
  'second_factor',
  'factor_setup',
  'passkey_sign_in',
  'passkey_factor',
  'passkey_setup',
  'passkey_proof',
];

/**
 * Runs the contract of `ChallengeStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { challengeStoreContract } from 'metered-chat/testing';
 *
 * challengeStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function challengeStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { describe, test } = runner;
  describe(`challenge store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);
    const store = () => harness().stores.challengeStore;
    const account = () => createAccount(harness().stores, 0);
    const newReference = (
      userId: string | null,
      purpose: ChallengePurpose = 'second_factor',
    ): ChallengeReference => ({ digest: newDigest(), purpose, userId });
    const issue = (reference: ChallengeReference, passwordVersion: number | null = null) =>
      store().issue({ ...reference, passwordVersion, ttlMs });

    test('a challenge is found, with the version of the password, until it is consumed', async () => {
      const reference = newReference(await account());
      await issue(reference, 3);
      for (let round = 0; round < 2; round += 1)
        expect(await store().find(reference)).toEqual({ passwordVersion: 3 });
      expect(await store().consume(reference)).toEqual({ passwordVersion: 3 });
      expect(await store().find(reference)).toBeNull();
      expect(await store().consume(reference)).toBeNull();
    });

    test('a challenge without an account is found and consumed without one', async () => {
      const reference = newReference(null, 'passkey_sign_in');
      await issue(reference);
      const other = { ...reference, userId: await account() };
      expect(await store().find(other)).toBeNull();
      expect(await store().consume(other)).toBeNull();
      expect(await store().find(reference)).toEqual({ passwordVersion: null });
      expect(await store().consume(reference)).toEqual({ passwordVersion: null });
    });

    test('a challenge of another account, purpose or digest is neither found nor consumed', async () => {
      const [jane, john] = [await account(), await account()];
      const reference = newReference(jane);
      await issue(reference);
      const others: ChallengeReference[] = [
        { ...reference, userId: john },
        { ...reference, userId: null },
        { ...reference, userId: newId() },
        { ...reference, digest: newDigest() },
        ...purposes
          .filter((purpose) => purpose !== reference.purpose)
          .map((purpose) => ({ ...reference, purpose })),
      ];
      for (const other of others) {
        expect(await store().find(other)).toBeNull();
        expect(await store().consume(other)).toBeNull();
      }
      expect(await store().consume(reference)).not.toBeNull();
    });

    for (const purpose of purposes) {
      test(`of fifty parallel calls that consume one challenge, one does: ${purpose}`, async () => {
        const reference = newReference(purpose === 'passkey_sign_in' ? null : await account(), purpose);
        await issue(reference, 1);
        const consumed = await Promise.all(Array.from({ length: 50 }, () => store().consume(reference)));
        expect(consumed.filter((one) => one !== null)).toEqual([{ passwordVersion: 1 }]);
        expect(await store().find(reference)).toBeNull();
      });
    }

    test('the returned expiry is the lifetime after the issue', async () => {
      const userId = await account();
      const [short, long] = await Promise.all(
        [ttlMs, 3 * ttlMs].map((lifetime) =>
          store().issue({ ...newReference(userId), passwordVersion: null, ttlMs: lifetime }),
        ),
      );
      const differenceMs = (long?.getTime() ?? 0) - (short?.getTime() ?? 0);
      expect(Math.abs(differenceMs - 2 * ttlMs)).toBeLessThan(ttlMs / 2);
    });

    test('an expired challenge is neither found nor consumed', async () => {
      const reference = newReference(await account());
      await issue(reference);
      await harness().advance(ttlMs / 2);
      expect(await store().find(reference)).not.toBeNull();
      await harness().advance(ttlMs / 2);
      expect(await store().find(reference)).toBeNull();
      expect(await store().consume(reference)).toBeNull();
    });

    test('nothing is issued for an account that does not exist', async () => {
      const reference = newReference(newId());
      expect(await issue(reference)).toBeInstanceOf(Date);
      expect(await store().find(reference)).toBeNull();
      expect(await store().consume(reference)).toBeNull();
    });

    test('an erased account has no challenges, also those that are issued while it is erased', async () => {
      for (let round = 0; round < 5; round += 1) {
        const userId = await account();
        const references = [newReference(userId)];
        for (const reference of references) await issue(reference);
        await whileErasing(harness().stores, userId, async () => {
          const reference = newReference(userId);
          references.push(reference);
          await issue(reference);
        });
        for (const reference of references) {
          expect(await store().find(reference)).toBeNull();
          expect(await store().consume(reference)).toBeNull();
        }
      }
    });

    test('purging deletes the expired challenges, each once, and no others', async () => {
      await harness().advance(10 * ttlMs);
      await store().purgeExpired();
      const [userId, erasedId] = [await account(), await account()];
      for (const reference of [newReference(userId), newReference(userId), newReference(null)])
        await issue(reference);
      await issue(newReference(erasedId));
      expect(await harness().stores.userStore.erase(erasedId)).toBe('erased');
      await harness().advance(ttlMs);
      const living = newReference(userId);
      await issue(living);
      const purged = await Promise.all(Array.from({ length: 5 }, () => store().purgeExpired()));
      expect(purged.reduce((total, count) => total + count)).toBe(3);
      expect(await store().find(living)).not.toBeNull();
    });
  });
}
