import { expect } from 'expect';
import type { ServiceKeyStore } from '../ports/service-key-store.js';
import { createAccount, delicateTexts, newDigest, newId, newUser, openSession } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

type NewKey = Parameters<ServiceKeyStore['create']>[0];

/**
 * Runs the contract of `ServiceKeyStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { serviceKeyStoreContract } from 'metered-chat/testing';
 *
 * serviceKeyStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function serviceKeyStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { describe, test } = runner;
  describe(`service key store: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    async function createKey(overrides: Partial<NewKey> = {}) {
      const reference = { keyId: newId(), digest: newDigest() };
      const created = await harness().stores.serviceKeyStore.create({
        ...{ reference, name: 'images', scopes: ['metering', 'read'], lastCharacters: 'wxyz' },
        ...{ createdBy: null, expiresAt: null, maxKeys: 1000 },
        ...overrides,
      });
      return { reference, created, key: created.outcome === 'created' ? created.key : null };
    }

    async function openAdmin() {
      const user = newUser(0, { role: 'admin' });
      await harness().stores.userStore.create(user);
      const { sessionId } = await openSession(harness().stores, user.id);
      return { userId: user.id, sessionId };
    }

    test('a key identifies itself and its scopes, and no account', async () => {
      const { reference, key } = await createKey();
      const about = { name: 'images', scopes: ['metering', 'read'], lastCharacters: 'wxyz', createdBy: null };
      const unused = { expiresAt: null, lastUsedAt: null, createdAt: expect.any(Date) };
      expect(key).toEqual({ id: reference.keyId, ...about, ...unused });
      const caller = await harness().stores.serviceKeyStore.findCaller(reference);
      const by = { kind: 'service_key', keyId: reference.keyId, scopes: ['metering', 'read'] };
      expect(caller).toEqual({ by });
    });

    test('keys are listed newest first, with their last use', async () => {
      const [older, newer] = [await createKey(), await createKey({ scopes: ['grants'] })];
      const { serviceKeyStore } = harness().stores;
      await serviceKeyStore.findCaller(older.reference);
      const [first, second] = await serviceKeyStore.keys();
      expect(first).toEqual({ ...newer.key, lastUsedAt: null });
      expect(second).toEqual({ ...older.key, lastUsedAt: expect.any(Date) });
    });

    test('a use is recorded to the minute', async () => {
      const { reference } = await createKey();
      const { serviceKeyStore } = harness().stores;
      const lastUse = async () => {
        await serviceKeyStore.findCaller(reference);
        return (await serviceKeyStore.keys()).find(({ id }) => id === reference.keyId)?.lastUsedAt?.getTime();
      };
      const first = await lastUse();
      expect(await lastUse()).toBe(first);
      await harness().advance(61_000);
      const later = (await serviceKeyStore.keys()).find(({ id }) => id === reference.keyId)?.lastUsedAt;
      expect(await lastUse()).toBeGreaterThan(later?.getTime() ?? Infinity);
    });

    test('a key works until it expires, and stays in the list', async () => {
      const createdAt = (await createKey()).key?.createdAt.getTime() ?? 0;
      const { serviceKeyStore } = harness().stores;
      const { reference } = await createKey({ expiresAt: new Date(createdAt + 60 * 60 * 1000) });
      await harness().advance(59 * 60 * 1000);
      expect(await serviceKeyStore.findCaller(reference)).not.toBeNull();
      await harness().advance(60 * 1000);
      expect(await serviceKeyStore.findCaller(reference)).toBeNull();
      expect((await serviceKeyStore.keys()).map(({ id }) => id)).toContain(reference.keyId);
    });

    test('a removed key is rejected from the next call on, and another digest or id always', async () => {
      const { reference } = await createKey();
      const living = await createKey();
      const { serviceKeyStore } = harness().stores;
      expect(await serviceKeyStore.findCaller({ ...reference, digest: newDigest() })).toBeNull();
      expect(await serviceKeyStore.findCaller({ ...reference, keyId: newId() })).toBeNull();
      expect(await serviceKeyStore.findCaller({ ...reference, digest: living.reference.digest })).toBeNull();
      expect(await serviceKeyStore.remove(newId())).toBe(false);
      expect(await serviceKeyStore.remove(reference.keyId)).toBe(true);
      expect(await serviceKeyStore.remove(reference.keyId)).toBe(false);
      expect(await serviceKeyStore.findCaller(reference)).toBeNull();
      expect(await serviceKeyStore.findCaller(living.reference)).not.toBeNull();
    });

    test('of twenty parallel creations, no more succeed than there may be keys', async () => {
      const before = (await harness().stores.serviceKeyStore.keys()).length;
      const maxKeys = before + 5;
      const created = await Promise.all(Array.from({ length: 20 }, () => createKey({ maxKeys })));
      expect(created.filter(({ key }) => key !== null)).toHaveLength(5);
      expect(created.filter((each) => each.created.outcome === 'too_many')).toHaveLength(15);
      expect(await harness().stores.serviceKeyStore.keys()).toHaveLength(maxKeys);
    });

    test('a key of an administrator remains when the administrator is erased', async () => {
      const { userStore, serviceKeyStore } = harness().stores;
      const [admin] = [await openAdmin(), await openAdmin()];
      const { reference, key } = await createKey({ createdBy: admin });
      expect(key?.createdBy).toBe(admin.userId);
      expect(await userStore.erase(admin.userId)).toBe('erased');
      expect(await serviceKeyStore.findCaller(reference)).not.toBeNull();
      const kept = (await serviceKeyStore.keys()).find(({ id }) => id === reference.keyId);
      expect(kept?.createdBy).toBe(admin.userId);
    });

    test('only the session of an active administrator creates a key', async () => {
      const { stores } = harness();
      const [ended, disabled, other] = [await openAdmin(), await openAdmin(), await openAdmin()];
      await stores.authTokenStore.endSession(ended.userId, ended.sessionId);
      await harness().disable(disabled.userId);
      const userId = await createAccount(stores, 1);
      const user = { userId, sessionId: (await openSession(stores, userId)).sessionId };
      const stolen = { userId: other.userId, sessionId: user.sessionId };
      const before = await stores.serviceKeyStore.keys();
      for (const createdBy of [ended, disabled, user, stolen, { ...other, userId: newId() }]) {
        expect((await createKey({ createdBy })).created).toEqual({ outcome: 'session_ended' });
      }
      expect(await stores.serviceKeyStore.keys()).toEqual(before);
    });

    test('no key is created after the sessions of its administrator have ended', async () => {
      const { authTokenStore, serviceKeyStore } = harness().stores;
      for (let round = 0; round < 5; round += 1) {
        const createdBy = await openAdmin();
        const ids = async () => (await serviceKeyStore.keys()).map(({ id }) => id);
        const ending = authTokenStore.endOtherSessions(createdBy.userId, null).then(ids);
        const created = await Promise.all(Array.from({ length: 5 }, () => createKey({ createdBy })));
        const atTheEnd = await ending;
        for (const { key } of created) if (key !== null) expect(atTheEnd).toContain(key.id);
      }
    });

    for (const keyName of delicateTexts) {
      test(`a name is stored unchanged: ${JSON.stringify(keyName)}`, async () => {
        await createKey({ name: keyName });
        expect((await harness().stores.serviceKeyStore.keys())[0]?.name).toBe(keyName);
      });
    }
  });
}
