import { expect } from 'expect';
import { createAccount } from '../accounts.js';
import { refreshTtlMs, type AuthTokenView } from './view.js';

/** Sessions that are listed, ended and purged. */
export function endingSuite({ runner, harness, openSession, findCaller }: AuthTokenView): void {
  const { describe, test } = runner;
  describe('ending sessions', () => {
    test('ending a session ends its auth token at once, and no other session', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [ended, living] = [await openSession(userId), await openSession(userId)];
      const { authTokenStore } = harness().stores;
      expect(await authTokenStore.endSession(userId, ended.sessionId)).toBe(true);
      expect(await findCaller(ended.authToken)).toBeNull();
      expect(await findCaller(living.authToken)).not.toBeNull();
      expect(await authTokenStore.endSession(userId, ended.sessionId)).toBe(false);
    });

    test('a session of another account is not ended', async () => {
      const { authToken, sessionId } = await openSession(await createAccount(harness().stores, 1));
      const otherId = await createAccount(harness().stores, 1);
      expect(await harness().stores.authTokenStore.endSession(otherId, sessionId)).toBe(false);
      expect(await findCaller(authToken)).not.toBeNull();
    });

    test('of twenty parallel calls that end a session, one does', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId } = await openSession(userId);
      const ended = await Promise.all(
        Array.from({ length: 20 }, () => harness().stores.authTokenStore.endSession(userId, sessionId)),
      );
      expect(ended.filter((did) => did)).toHaveLength(1);
    });

    test('purging deletes the sessions without valid auth tokens, and no others', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { authTokenStore } = harness().stores;
      await harness().advance(refreshTtlMs);
      await authTokenStore.purgeExpired();
      const expired = [await openSession(userId), await openSession(userId)];
      await harness().advance(refreshTtlMs);
      const living = await openSession(userId);
      const purged = await Promise.all(Array.from({ length: 5 }, () => authTokenStore.purgeExpired()));
      expect(purged.reduce((total, count) => total + count)).toBe(expired.length);
      expect(await findCaller(living.authToken)).not.toBeNull();
      for (const { sessionId } of expired) {
        expect(await authTokenStore.endSession(userId, sessionId)).toBe(false);
      }
    });

    test('sessions are listed with their last use and user agent, the last used first', async () => {
      const userId = await createAccount(harness().stores, 1);
      const older = await openSession(userId, 'older');
      await harness().advance(2 * 60_000);
      const newer = await openSession(userId, 'newer');
      const { authTokenStore } = harness().stores;
      const agents = async () => (await authTokenStore.sessions(userId)).map(({ userAgent }) => userAgent);
      expect(await agents()).toEqual(['newer', 'older']);
      await harness().advance(2 * 60_000);
      await findCaller(older.authToken);
      expect(await agents()).toEqual(['older', 'newer']);
      await authTokenStore.endSession(userId, newer.sessionId);
      expect(await agents()).toEqual(['older']);
      await harness().advance(refreshTtlMs);
      expect(await agents()).toEqual([]);
    });

    test('ending the other sessions leaves one session, or none', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [kept, , third] = [
        await openSession(userId),
        await openSession(userId),
        await openSession(userId),
      ];
      const stranger = await openSession(await createAccount(harness().stores, 1));
      const { authTokenStore } = harness().stores;
      expect(await authTokenStore.endOtherSessions(userId, kept.sessionId)).toBe(2);
      expect(await findCaller(kept.authToken)).not.toBeNull();
      expect(await findCaller(third.authToken)).toBeNull();
      expect(await authTokenStore.endOtherSessions(userId, null)).toBe(1);
      expect(await findCaller(kept.authToken)).toBeNull();
      expect(await findCaller(stranger.authToken)).not.toBeNull();
    });
  });
}
