import { expect } from 'expect';
import { createAccount, newId, newPair } from '../accounts.js';
import { graceMs, refreshTtlMs, type AuthTokenView } from './view.js';

/** Pairs of auth tokens, and refresh tokens that are used again. */
export function refreshingSuite({ runner, harness, openSession, refresh, findCaller }: AuthTokenView): void {
  const { describe, test } = runner;
  describe('refreshing sessions', () => {
    test('a refresh replaces the pair, in the same session', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { pair, sessionId } = await openSession(userId);
      const next = newPair(userId);
      const refreshed = await refresh(pair.refresh, next);
      expect(refreshed).toMatchObject({ outcome: 'refreshed', sessionId });
      expect(await findCaller(pair.access)).toBeNull();
      expect(await findCaller(next.access)).toMatchObject({ by: { sessionId } });
      expect(await refresh(next.refresh)).toMatchObject({ outcome: 'refreshed', sessionId });
    });

    test('fifty parallel refreshes with one refresh token each return a working pair, and all pairs end together', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { pair, sessionId } = await openSession(userId);
      const pairs = Array.from({ length: 50 }, () => newPair(userId));
      const outcomes = await Promise.all(pairs.map((next) => refresh(pair.refresh, next)));
      expect(outcomes.filter(({ outcome }) => outcome === 'refreshed')).toHaveLength(50);
      const callers = await Promise.all(pairs.map(({ access }) => findCaller(access)));
      expect(callers.filter((caller) => caller !== null)).toHaveLength(50);
      expect(await harness().stores.authTokenStore.sessions(userId)).toHaveLength(1);
      await harness().stores.authTokenStore.endSession(userId, sessionId);
      const after = await Promise.all(pairs.map(({ access }) => findCaller(access)));
      expect(after.filter((caller) => caller !== null)).toHaveLength(0);
      expect(await refresh(pairs[7]?.refresh ?? pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('a refresh token used again within the grace period returns a pair, and ends no other pair', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { pair } = await openSession(userId);
      const [first, second] = [newPair(userId), newPair(userId)];
      await refresh(pair.refresh, first);
      await harness().advance(graceMs - 5000);
      expect(await refresh(pair.refresh, second)).toMatchObject({ outcome: 'refreshed' });
      expect(await findCaller(first.access)).not.toBeNull();
      expect(await findCaller(second.access)).not.toBeNull();
      expect(await refresh(first.refresh)).toMatchObject({ outcome: 'refreshed' });
      expect(await findCaller(second.access)).not.toBeNull();
    });

    test('a refresh token used again after the grace period ends its session, and no other', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [{ pair }, other] = [await openSession(userId), await openSession(userId)];
      const next = newPair(userId);
      await refresh(pair.refresh, next);
      await harness().advance(graceMs);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'reused' });
      expect(await findCaller(next.access)).toBeNull();
      expect(await refresh(next.refresh)).toEqual({ outcome: 'unknown' });
      expect(await findCaller(other.authToken)).not.toBeNull();
    });

    test('an invalid refresh token refreshes nothing', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { pair } = await openSession(userId);
      const presentedAs = { ...pair.access, kind: 'refresh' } as const;
      expect(await refresh(presentedAs)).toEqual({ outcome: 'unknown' });
      expect(await refresh(newPair(userId).refresh)).toEqual({ outcome: 'unknown' });
      expect(await refresh({ ...pair.refresh, userId: newId() })).toEqual({ outcome: 'unknown' });
      await harness().advance(refreshTtlMs);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('a disabled account refreshes nothing', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { pair } = await openSession(userId);
      await harness().disable(userId);
      expect(await refresh(pair.refresh)).toEqual({ outcome: 'unknown' });
    });

    test('after a refresh in parallel with the end of the session, no auth token is valid', async () => {
      for (let round = 0; round < 20; round += 1) {
        const userId = await createAccount(harness().stores, 1);
        const { pair, sessionId } = await openSession(userId);
        const next = newPair(userId);
        await Promise.all([
          refresh(pair.refresh, next),
          harness().stores.authTokenStore.endSession(userId, sessionId),
        ]);
        expect(await findCaller(next.access)).toBeNull();
      }
    });
  });
}
