import { expect } from 'expect';
import {
  createAccount,
  createKey as createKeyIn,
  delicateTexts,
  newDigest,
  newId,
  openSession,
} from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `ApiKeyStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { apiKeyStoreContract } from 'metered-chat/testing';
 *
 * apiKeyStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function apiKeyStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`API key store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    async function createKey(
      userId: string,
      overrides: { name?: string; maxKeys?: number; expiresAt?: Date; models?: string[] } = {},
    ) {
      const { sessionId } = await openSession(harness().stores, userId);
      return createKeyIn(harness().stores, { userId, sessionId }, overrides);
    }

    const findCaller = (authToken: { kind: 'api_key'; userId: string; digest: string }) =>
      harness().stores.apiKeyStore.findCaller(authToken);

    test('a key identifies its account and itself', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { authToken, key } = await createKey(userId);
      expect(key).toMatchObject({
        name: 'deploy',
        lastCharacters: 'wxyz',
        expiresAt: null,
        lastUsedAt: null,
        models: null,
      });
      const by = { kind: 'api_key', keyId: key?.id, models: null };
      expect(await findCaller(authToken)).toMatchObject({ user: { id: userId }, by });
    });

    test('a key that is limited to some models says so to its caller and in the list', async () => {
      const userId = await createAccount(harness().stores, 1);
      const models = ['echo', 'org/model "1", {2}'];
      const { authToken, key } = await createKey(userId, { models });
      expect(key?.models).toEqual(models);
      expect(await findCaller(authToken)).toMatchObject({ by: { kind: 'api_key', models } });
      expect(await harness().stores.apiKeyStore.keys(userId)).toMatchObject([{ models }]);
    });

    test('keys are listed newest first, with their last use', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [older, newer] = [await createKey(userId), await createKey(userId)];
      await findCaller(older.authToken);
      const keys = await harness().stores.apiKeyStore.keys(userId);
      expect(keys.map(({ id }) => id)).toEqual([newer.key?.id, older.key?.id]);
      expect(keys.map(({ lastUsedAt }) => lastUsedAt === null)).toEqual([true, false]);
    });

    test('a key works until it expires, and stays in the list', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [reference] = [await createKey(userId)];
      const expiresAt = new Date((reference.key?.createdAt.getTime() ?? 0) + 60 * 60 * 1000);
      const { apiKeyStore } = harness().stores;
      const { authToken } = await createKey(userId, { expiresAt });
      await harness().advance(59 * 60 * 1000);
      expect(await findCaller(authToken)).not.toBeNull();
      await harness().advance(60 * 1000);
      expect(await findCaller(authToken)).toBeNull();
      expect(await apiKeyStore.keys(userId)).toHaveLength(2);
    });

    test('a removed key is rejected from the next call on', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [{ authToken, key }, living] = [await createKey(userId), await createKey(userId)];
      const { apiKeyStore } = harness().stores;
      expect(await apiKeyStore.remove(newId(), key?.id ?? '')).toBe(false);
      expect(await apiKeyStore.remove(userId, key?.id ?? '')).toBe(true);
      expect(await apiKeyStore.remove(userId, key?.id ?? '')).toBe(false);
      expect(await findCaller(authToken)).toBeNull();
      expect(await findCaller(living.authToken)).not.toBeNull();
    });

    test('a key of a disabled account, or with another digest or account, is rejected', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { authToken } = await createKey(userId);
      expect(await findCaller({ ...authToken, digest: newDigest() })).toBeNull();
      expect(await findCaller({ ...authToken, userId: newId() })).toBeNull();
      await harness().disable(userId);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('of twenty parallel creations, no more succeed than an account may have keys', async () => {
      const userId = await createAccount(harness().stores, 1);
      const created = await Promise.all(Array.from({ length: 20 }, () => createKey(userId, { maxKeys: 5 })));
      expect(created.filter(({ key }) => key !== null)).toHaveLength(5);
      expect(await harness().stores.apiKeyStore.keys(userId)).toHaveLength(5);
    });

    test('a session that has ended, belongs to another account or does not exist creates no key', async () => {
      const { stores } = harness();
      const [userId, otherId] = [await createAccount(stores, 1), await createAccount(stores, 1)];
      const [ended, others] = [await openSession(stores, userId), await openSession(stores, otherId)];
      await openSession(stores, userId);
      await stores.authTokenStore.endSession(userId, ended.sessionId);
      for (const sessionId of [ended.sessionId, others.sessionId, newId()]) {
        const { created } = await createKeyIn(stores, { userId, sessionId });
        expect(created).toEqual({ outcome: 'session_ended' });
      }
      const unknown = await createKeyIn(stores, { userId: newId(), sessionId: others.sessionId });
      expect(unknown.created).toEqual({ outcome: 'session_ended' });
      expect(await stores.apiKeyStore.keys(userId)).toEqual([]);
    });

    test('removing all keys of an account removes none of another account', async () => {
      const { apiKeyStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1);
      const keys = [await createKey(userId), await createKey(userId)];
      const other = await createKey(await createAccount(harness().stores, 1));
      expect(await apiKeyStore.removeAll(userId)).toBe(2);
      for (const { authToken } of keys) expect(await findCaller(authToken)).toBeNull();
      expect(await findCaller(other.authToken)).not.toBeNull();
      expect(await apiKeyStore.removeAll(userId)).toBe(0);
      expect(await apiKeyStore.removeAll(newId())).toBe(0);
    });

    test('no key is left that was created while the sessions ended and all keys were removed', async () => {
      const { apiKeyStore, authTokenStore } = harness().stores;
      for (let round = 0; round < 10; round += 1) {
        const userId = await createAccount(harness().stores, 1);
        const { sessionId } = await openSession(harness().stores, userId);
        const create = () => createKeyIn(harness().stores, { userId, sessionId });
        await Promise.all([
          ...Array.from({ length: 5 }, create),
          authTokenStore.endOtherSessions(userId, null).then(() => apiKeyStore.removeAll(userId)),
        ]);
        expect(await apiKeyStore.keys(userId)).toEqual([]);
      }
    });

    for (const keyName of delicateTexts) {
      test(`a name is stored unchanged: ${JSON.stringify(keyName)}`, async () => {
        const userId = await createAccount(harness().stores, 1);
        await createKey(userId, { name: keyName });
        expect((await harness().stores.apiKeyStore.keys(userId))[0]?.name).toBe(keyName);
      });
    }
  });
}
