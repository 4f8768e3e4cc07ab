import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuthTokenKind, AuthTokenReference } from '../../src/domain/auth/auth-token.js';
import { createAccount, delicateTexts, newId } from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';

const ttlMs = 60 * 60 * 1000;

/** An auth token that nobody else has. */
function newAuthToken(userId: string): AuthTokenReference {
  return { kind: 'access', userId, digest: createHash('sha256').update(newId()).digest('hex') };
}

/** What every store of auth tokens promises. */
export function authTokenStoreContract(name: string, openHarness: OpenStoreHarness): void {
  describe(`auth token store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    async function openSession(userId: string, userAgent: string | null = null) {
      const sessionId = newId();
      const authToken = newAuthToken(userId);
      const opened = await harness.stores.authTokenStore.openSession({
        ...{ sessionId, authToken, ttlMs, userAgent },
      });
      return { sessionId, authToken, opened };
    }

    const findCaller = (authToken: AuthTokenReference) => harness.stores.authTokenStore.findCaller(authToken);

    test('an auth token names its caller and session', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { sessionId, authToken, opened } = await openSession(userId);
      expect(opened?.expiresAt).toBeInstanceOf(Date);
      const caller = await findCaller(authToken);
      expect(caller).toMatchObject({ sessionId, user: { id: userId, status: 'active', role: 'user' } });
    });

    test('an auth token works until its time is over, and no longer', async () => {
      const { authToken, opened } = await openSession(await createAccount(harness.stores, 1));
      if (opened === null) throw new Error('No session.');
      await harness.advance(ttlMs - 60_000);
      expect(await findCaller(authToken)).not.toBeNull();
      await harness.advance(60_000);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('the end of an auth token is told by the clock that keeps it', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [short, long] = await Promise.all([
        harness.stores.authTokenStore.openSession({
          ...{ sessionId: newId(), authToken: newAuthToken(userId), ttlMs: 1000, userAgent: null },
        }),
        openSession(userId),
      ]);
      const apartMs = (long.opened?.expiresAt.getTime() ?? 0) - (short?.expiresAt.getTime() ?? 0);
      expect(Math.abs(apartMs - (ttlMs - 1000))).toBeLessThan(60_000);
    });

    test('no session is opened for an account that is unknown or disabled', async () => {
      expect((await openSession(newId())).opened).toBeNull();
      const userId = await createAccount(harness.stores, 1);
      await harness.disable(userId);
      const { opened, authToken, sessionId } = await openSession(userId);
      expect(opened).toBeNull();
      expect(await findCaller(authToken)).toBeNull();
      expect(await harness.stores.authTokenStore.endSession(userId, sessionId)).toBe(false);
    });

    test('disabling an account ends its auth tokens with the next call', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken } = await openSession(userId);
      await harness.disable(userId);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('an auth token of another kind, of another account or with another digest is nobody', async () => {
      const [userId, otherId] = [
        await createAccount(harness.stores, 1),
        await createAccount(harness.stores, 1),
      ];
      const { authToken } = await openSession(userId);
      // There is one kind so far; a store must tell it from those to come.
      const otherKind = JSON.parse('"refresh"') as AuthTokenKind;
      expect(await findCaller({ ...authToken, kind: otherKind })).toBeNull();
      expect(await findCaller({ ...authToken, userId: otherId })).toBeNull();
      expect(await findCaller({ ...authToken, userId: newId() })).toBeNull();
      expect(await findCaller(newAuthToken(userId))).toBeNull();
      expect(await findCaller(authToken)).not.toBeNull();
    });

    test('ending a session ends its auth token at once, and no other session', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [ended, living] = [await openSession(userId), await openSession(userId)];
      const { authTokenStore } = harness.stores;
      expect(await authTokenStore.endSession(userId, ended.sessionId)).toBe(true);
      expect(await findCaller(ended.authToken)).toBeNull();
      expect(await findCaller(living.authToken)).not.toBeNull();
      expect(await authTokenStore.endSession(userId, ended.sessionId)).toBe(false);
    });

    test("nobody ends another's session", async () => {
      const { authToken, sessionId } = await openSession(await createAccount(harness.stores, 1));
      const otherId = await createAccount(harness.stores, 1);
      expect(await harness.stores.authTokenStore.endSession(otherId, sessionId)).toBe(false);
      expect(await findCaller(authToken)).not.toBeNull();
    });

    test('of twenty that end a session at once, one does', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { sessionId } = await openSession(userId);
      const ended = await Promise.all(
        Array.from({ length: 20 }, () => harness.stores.authTokenStore.endSession(userId, sessionId)),
      );
      expect(ended.filter((did) => did)).toHaveLength(1);
    });

    test('purging forgets the sessions that nobody can use, and only those', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authTokenStore } = harness.stores;
      await harness.advance(ttlMs);
      await authTokenStore.purgeExpired();
      const expired = [await openSession(userId), await openSession(userId)];
      await harness.advance(ttlMs);
      const living = await openSession(userId);
      const purged = await Promise.all(Array.from({ length: 5 }, () => authTokenStore.purgeExpired()));
      expect(purged.reduce((total, count) => total + count)).toBe(expired.length);
      expect(await findCaller(living.authToken)).not.toBeNull();
      for (const { sessionId } of expired) {
        expect(await authTokenStore.endSession(userId, sessionId)).toBe(false);
      }
    });

    test('a digest is taken once', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken, sessionId } = await openSession(userId);
      const again = { sessionId: newId(), authToken, ttlMs, userAgent: null };
      await expect(harness.stores.authTokenStore.openSession(again)).rejects.toThrow();
      expect(await findCaller(authToken)).toMatchObject({ sessionId });
    });

    test.each(delicateTexts)('any user agent is accepted: %j', async (userAgent) => {
      const { opened } = await openSession(await createAccount(harness.stores, 1), userAgent);
      expect(opened).not.toBeNull();
    });

    test('what is handed out can be changed without changing what is kept', async () => {
      const { authToken } = await openSession(await createAccount(harness.stores, 1));
      const before = await findCaller(authToken);
      const handedOut = await findCaller(authToken);
      if (handedOut === null) throw new Error('No caller.');
      handedOut.user.role = 'admin';
      handedOut.user.createdAt.setTime(0);
      expect(await findCaller(authToken)).toEqual(before);
    });
  });
}
