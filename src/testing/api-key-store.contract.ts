import { expect } from 'expect';
import { createAccount, delicateTexts, newDigest, newId } from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/** What every store of API keys promises. */
export function apiKeyStoreContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`API key store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    async function createKey(userId: string, overrides: { name?: string; maxKeys?: number } = {}) {
      const authToken = { kind: 'api_key', userId, digest: newDigest() } as const;
      const key = await harness.stores.apiKeyStore.create({
        id: newId(),
        authToken,
        name: 'deploy',
        lastCharacters: 'wxyz',
        expiresAt: null,
        maxKeys: 100,
        ...overrides,
      });
      return { authToken, key };
    }

    const findCaller = (authToken: { kind: 'api_key'; userId: string; digest: string }) =>
      harness.stores.apiKeyStore.findCaller(authToken);

    test('a key names its caller and itself', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken, key } = await createKey(userId);
      expect(key).toMatchObject({
        name: 'deploy',
        lastCharacters: 'wxyz',
        expiresAt: null,
        lastUsedAt: null,
      });
      const by = { kind: 'api_key', keyId: key?.id };
      expect(await findCaller(authToken)).toMatchObject({ user: { id: userId }, by });
    });

    test('keys are listed newest first, with their last use', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [older, newer] = [await createKey(userId), await createKey(userId)];
      await findCaller(older.authToken);
      const keys = await harness.stores.apiKeyStore.keys(userId);
      expect(keys.map(({ id }) => id)).toEqual([newer.key?.id, older.key?.id]);
      expect(keys.map(({ lastUsedAt }) => lastUsedAt === null)).toEqual([true, false]);
    });

    test('a key works until it expires, and stays on the list', async () => {
      const userId = await createAccount(harness.stores, 1);
      const authToken = { kind: 'api_key', userId, digest: newDigest() } as const;
      const [reference] = [await createKey(userId)];
      const expiresAt = new Date((reference.key?.createdAt.getTime() ?? 0) + 60 * 60 * 1000);
      const { apiKeyStore } = harness.stores;
      const rest = { name: 'short', lastCharacters: 'abcd', maxKeys: 100 };
      await apiKeyStore.create({ id: newId(), authToken, expiresAt, ...rest });
      await harness.advance(59 * 60 * 1000);
      expect(await findCaller(authToken)).not.toBeNull();
      await harness.advance(60 * 1000);
      expect(await findCaller(authToken)).toBeNull();
      expect(await apiKeyStore.keys(userId)).toHaveLength(2);
    });

    test('a removed key is nobody from the next call on', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [{ authToken, key }, living] = [await createKey(userId), await createKey(userId)];
      const { apiKeyStore } = harness.stores;
      expect(await apiKeyStore.remove(newId(), key?.id ?? '')).toBe(false);
      expect(await apiKeyStore.remove(userId, key?.id ?? '')).toBe(true);
      expect(await apiKeyStore.remove(userId, key?.id ?? '')).toBe(false);
      expect(await findCaller(authToken)).toBeNull();
      expect(await findCaller(living.authToken)).not.toBeNull();
    });

    test('a key of a disabled account, or with another digest or account, is nobody', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken } = await createKey(userId);
      expect(await findCaller({ ...authToken, digest: newDigest() })).toBeNull();
      expect(await findCaller({ ...authToken, userId: newId() })).toBeNull();
      await harness.disable(userId);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('of twenty creations at once no more succeed than an account may have', async () => {
      const userId = await createAccount(harness.stores, 1);
      const created = await Promise.all(Array.from({ length: 20 }, () => createKey(userId, { maxKeys: 5 })));
      expect(created.filter(({ key }) => key !== null)).toHaveLength(5);
      expect(await harness.stores.apiKeyStore.keys(userId)).toHaveLength(5);
    });

    test('an account that does not exist gets no key', async () => {
      expect((await createKey(newId())).key).toBeNull();
    });

    for (const keyName of delicateTexts) {
      test(`a name is kept as it is: ${JSON.stringify(keyName)}`, async () => {
        const userId = await createAccount(harness.stores, 1);
        await createKey(userId, { name: keyName });
        expect((await harness.stores.apiKeyStore.keys(userId))[0]?.name).toBe(keyName);
      });
    }
  });
}
