import { expect } from 'expect';
import type { AuthTokenReference } from '../domain/auth/auth-token.js';
import type { AuthTokenPair } from '../domain/auth/session.js';
import { createAccount, delicateTexts, newDigest, newId } from './accounts.js';
import type { OpenStoreHarness, StoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

const ttlMs = 60 * 60 * 1000;
const refreshTtlMs = 10 * ttlMs;
const graceMs = 10_000;

/** Returns a pair that is used nowhere else. */
function newPair(userId: string, overrides: Partial<AuthTokenPair> = {}): AuthTokenPair {
  return {
    id: newId(),
    access: { kind: 'access', userId, digest: newDigest() },
    accessTtlMs: ttlMs,
    refresh: { kind: 'refresh', userId, digest: newDigest() },
    refreshTtlMs,
    ...overrides,
  };
}

/**
 * Runs the contract of `AuthTokenStore` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { authTokenStoreContract } from 'metered-chat/testing';
 *
 * authTokenStoreContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function authTokenStoreContract(
  runner: TestRunner,
  name: string,
  openHarness: OpenStoreHarness,
): void {
  const { afterAll, beforeAll, describe, test } = runner;
  describe(`auth token store: ${name}`, () => {
    let harness: StoreHarness;
    beforeAll(async () => {
      harness = await openHarness();
    });
    afterAll(() => harness.close());

    async function openSession(userId: string, userAgent: string | null = null) {
      const sessionId = newId();
      const pair = newPair(userId);
      const opened = await harness.stores.authTokenStore.openSession({
        ...{ userId, passwordVersion: 1, sessionId, pair, userAgent },
      });
      return { sessionId, pair, authToken: pair.access, opened };
    }

    const refresh = (presented: AuthTokenReference, pair = newPair(presented.userId)) =>
      harness.stores.authTokenStore.refreshSession({ presented, pair, graceMs });

    const findCaller = (authToken: AuthTokenReference) => harness.stores.authTokenStore.findCaller(authToken);

    test('an auth token identifies its account and session', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { sessionId, authToken, opened } = await openSession(userId);
      expect(opened?.accessExpiresAt).toBeInstanceOf(Date);
      const caller = await findCaller(authToken);
      expect(caller).toMatchObject({
        by: { kind: 'session', sessionId },
        user: { id: userId, status: 'active', role: 'user' },
      });
    });

    test('an auth token works until it expires', async () => {
      const { authToken, opened } = await openSession(await createAccount(harness.stores, 1));
      if (opened === null) throw new Error('No session.');
      await harness.advance(ttlMs - 60_000);
      expect(await findCaller(authToken)).not.toBeNull();
      await harness.advance(60_000);
      expect(await findCaller(authToken)).toBeNull();
    });

    test("the expiry of a pair is measured by the store's clock", async () => {
      const { opened } = await openSession(await createAccount(harness.stores, 1));
      const apartMs = (opened?.refreshExpiresAt.getTime() ?? 0) - (opened?.accessExpiresAt.getTime() ?? 0);
      expect(apartMs).toBe(refreshTtlMs - ttlMs);
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

    test('disabling an account invalidates its auth tokens from the next call on', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken } = await openSession(userId);
      await harness.disable(userId);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('an auth token of another kind, of another account or with another digest is rejected', async () => {
      const [userId, otherId] = [
        await createAccount(harness.stores, 1),
        await createAccount(harness.stores, 1),
      ];
      const { authToken } = await openSession(userId);
      for (const kind of ['refresh', 'api_key'] as const) {
        expect(await findCaller({ ...authToken, kind })).toBeNull();
      }
      expect(await findCaller({ ...authToken, userId: otherId })).toBeNull();
      expect(await findCaller({ ...authToken, userId: newId() })).toBeNull();
      expect(await findCaller(newPair(userId).access)).toBeNull();
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

    test('a session of another account is not ended', async () => {
      const { authToken, sessionId } = await openSession(await createAccount(harness.stores, 1));
      const otherId = await createAccount(harness.stores, 1);
      expect(await harness.stores.authTokenStore.endSession(otherId, sessionId)).toBe(false);
      expect(await findCaller(authToken)).not.toBeNull();
    });

    test('of twenty parallel calls that end a session, one does', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { sessionId } = await openSession(userId);
      const ended = await Promise.all(
        Array.from({ length: 20 }, () => harness.stores.authTokenStore.endSession(userId, sessionId)),
      );
      expect(ended.filter((did) => did)).toHaveLength(1);
    });

    test('purging deletes the sessions without valid auth tokens, and no others', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authTokenStore } = harness.stores;
      await harness.advance(refreshTtlMs);
      await authTokenStore.purgeExpired();
      const expired = [await openSession(userId), await openSession(userId)];
      await harness.advance(refreshTtlMs);
      const living = await openSession(userId);
      const purged = await Promise.all(Array.from({ length: 5 }, () => authTokenStore.purgeExpired()));
      expect(purged.reduce((total, count) => total + count)).toBe(expired.length);
      expect(await findCaller(living.authToken)).not.toBeNull();
      for (const { sessionId } of expired) {
        expect(await authTokenStore.endSession(userId, sessionId)).toBe(false);
      }
    });

    test('a digest cannot be stored twice', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { authToken, sessionId } = await openSession(userId);
      const pair = newPair(userId, { access: authToken });
      const again = { userId, passwordVersion: 1, sessionId: newId(), pair, userAgent: null };
      await expect(harness.stores.authTokenStore.openSession(again)).rejects.toThrow();
      expect(await findCaller(authToken)).toMatchObject({ by: { sessionId } });
    });

    test('a refresh replaces the pair, in the same session', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { pair, sessionId } = await openSession(userId);
      const next = newPair(userId);
      const refreshed = await refresh(pair.refresh, next);
      expect(refreshed).toMatchObject({ outcome: 'refreshed', sessionId });
      expect(await findCaller(pair.access)).toBeNull();
      expect(await findCaller(next.access)).toMatchObject({ by: { sessionId } });
      expect(await refresh(next.refresh)).toMatchObject({ outcome: 'refreshed', sessionId });
    });

    test('fifty parallel refreshes with one refresh token each return a working pair, and all pairs end together', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { pair, sessionId } = await openSession(userId);
      const pairs = Array.from({ length: 50 }, () => newPair(userId));
      const outcomes = await Promise.all(pairs.map((next) => refresh(pair.refresh, next)));
      expect(outcomes.filter(({ outcome }) => outcome === 'refreshed')).toHaveLength(50);
      const callers = await Promise.all(pairs.map(({ access }) => findCaller(access)));
      expect(callers.filter((caller) => caller !== null)).toHaveLength(50);
      expect(await harness.stores.authTokenStore.sessions(userId)).toHaveLength(1);
      await harness.stores.authTokenStore.endSession(userId, sessionId);
      const after = await Promise.all(pairs.map(({ access }) => findCaller(access)));
      expect(after.filter((caller) => caller !== null)).toHaveLength(0);
      expect(await refresh(pairs[7]?.refresh ?? pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('a refresh token used again within the grace period returns a pair, and ends no other pair', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { pair } = await openSession(userId);
      const [first, second] = [newPair(userId), newPair(userId)];
      await refresh(pair.refresh, first);
      await harness.advance(graceMs - 5000);
      expect(await refresh(pair.refresh, second)).toMatchObject({ outcome: 'refreshed' });
      expect(await findCaller(first.access)).not.toBeNull();
      expect(await findCaller(second.access)).not.toBeNull();
      expect(await refresh(first.refresh)).toMatchObject({ outcome: 'refreshed' });
      expect(await findCaller(second.access)).not.toBeNull();
    });

    test('a refresh token used again after the grace period ends its session, and no other', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [{ pair }, other] = [await openSession(userId), await openSession(userId)];
      const next = newPair(userId);
      await refresh(pair.refresh, next);
      await harness.advance(graceMs);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'reused' });
      expect(await findCaller(next.access)).toBeNull();
      expect(await refresh(next.refresh)).toEqual({ outcome: 'unknown' });
      expect(await findCaller(other.authToken)).not.toBeNull();
    });

    test('an invalid refresh token refreshes nothing', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { pair } = await openSession(userId);
      const presentedAs = { ...pair.access, kind: 'refresh' } as const;
      expect(await refresh(presentedAs)).toEqual({ outcome: 'unknown' });
      expect(await refresh(newPair(userId).refresh)).toEqual({ outcome: 'unknown' });
      expect(await refresh({ ...pair.refresh, userId: newId() })).toEqual({ outcome: 'unknown' });
      await harness.advance(refreshTtlMs);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('a disabled account refreshes nothing', async () => {
      const userId = await createAccount(harness.stores, 1);
      const { pair } = await openSession(userId);
      await harness.disable(userId);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('after a refresh in parallel with the end of the session, no auth token is valid', async () => {
      for (let round = 0; round < 20; round += 1) {
        const userId = await createAccount(harness.stores, 1);
        const { pair, sessionId } = await openSession(userId);
        const next = newPair(userId);
        await Promise.all([
          refresh(pair.refresh, next),
          harness.stores.authTokenStore.endSession(userId, sessionId),
        ]);
        expect(await findCaller(next.access)).toBeNull();
      }
    });

    test('sessions are listed with their last use and user agent, the last used first', async () => {
      const userId = await createAccount(harness.stores, 1);
      const older = await openSession(userId, 'older');
      await harness.advance(2 * 60_000);
      const newer = await openSession(userId, 'newer');
      const { authTokenStore } = harness.stores;
      const agents = async () => (await authTokenStore.sessions(userId)).map(({ userAgent }) => userAgent);
      expect(await agents()).toEqual(['newer', 'older']);
      await harness.advance(2 * 60_000);
      await findCaller(older.authToken);
      expect(await agents()).toEqual(['older', 'newer']);
      await authTokenStore.endSession(userId, newer.sessionId);
      expect(await agents()).toEqual(['older']);
      await harness.advance(refreshTtlMs);
      expect(await agents()).toEqual([]);
    });

    test('ending the other sessions leaves one session, or none', async () => {
      const userId = await createAccount(harness.stores, 1);
      const [kept, , third] = [
        await openSession(userId),
        await openSession(userId),
        await openSession(userId),
      ];
      const stranger = await openSession(await createAccount(harness.stores, 1));
      const { authTokenStore } = harness.stores;
      expect(await authTokenStore.endOtherSessions(userId, kept.sessionId)).toBe(2);
      expect(await findCaller(kept.authToken)).not.toBeNull();
      expect(await findCaller(third.authToken)).toBeNull();
      expect(await authTokenStore.endOtherSessions(userId, null)).toBe(1);
      expect(await findCaller(kept.authToken)).toBeNull();
      expect(await findCaller(stranger.authToken)).not.toBeNull();
    });

    for (const userAgent of delicateTexts) {
      test(`any user agent is accepted: ${JSON.stringify(userAgent)}`, async () => {
        const { opened } = await openSession(await createAccount(harness.stores, 1), userAgent);
        expect(opened).not.toBeNull();
      });
    }

    test('a returned object can be changed without changing the stored one', async () => {
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
