import { expect } from 'expect';
import { createAccount, newId } from '../accounts.js';
import { type AuthTokenView } from './view.js';

const maxAgeMs = 10 * 60_000;

/** When the users of sessions last proved their identity. */
export function provingSuite({ runner, harness, openSession, refresh }: AuthTokenView): void {
  const { describe, test } = runner;
  const store = () => harness().stores.authTokenStore;
  const isProved = (userId: string, sessionId: string) => store().isProved({ userId, sessionId, maxAgeMs });
  describe('recent proofs of identity', () => {
    test('opening a session is a proof, which gets old', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId } = await openSession(userId);
      expect(await isProved(userId, sessionId)).toBe(true);
      await harness().advance(maxAgeMs / 2);
      expect(await isProved(userId, sessionId)).toBe(true);
      await harness().advance(maxAgeMs / 2);
      expect(await isProved(userId, sessionId)).toBe(false);
    });

    test('opening a session is no proof if it was not one, until one is recorded', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId, opened } = await openSession(userId, null, false);
      expect(opened).not.toBeNull();
      expect(await isProved(userId, sessionId)).toBe(false);
      expect(await store().recordProof(userId, sessionId)).toBe(true);
      expect(await isProved(userId, sessionId)).toBe(true);
    });

    test('a proof counts from when it is recorded, and for its own session only', async () => {
      const userId = await createAccount(harness().stores, 1);
      const [proved, other] = [await openSession(userId), await openSession(userId)];
      await harness().advance(maxAgeMs);
      expect(await store().recordProof(userId, proved.sessionId)).toBe(true);
      expect(await isProved(userId, proved.sessionId)).toBe(true);
      expect(await isProved(userId, other.sessionId)).toBe(false);
      await harness().advance(maxAgeMs);
      expect(await isProved(userId, proved.sessionId)).toBe(false);
    });

    test('using and refreshing auth tokens are no proofs', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId, pair } = await openSession(userId);
      await harness().advance(maxAgeMs);
      await store().findCaller(pair.access);
      expect(await refresh(pair.refresh)).toMatchObject({ outcome: 'refreshed', sessionId });
      expect(await isProved(userId, sessionId)).toBe(false);
    });

    test('a session of another account, an ended one or an unknown one has no proof', async () => {
      const userId = await createAccount(harness().stores, 1);
      const otherId = await createAccount(harness().stores, 1);
      const { sessionId } = await openSession(userId);
      const hasProof = async (ownerId: string, id: string) => [
        await store().recordProof(ownerId, id),
        await isProved(ownerId, id),
      ];
      expect(await hasProof(otherId, sessionId)).toEqual([false, false]);
      expect(await hasProof(userId, newId())).toEqual([false, false]);
      expect(await hasProof(newId(), sessionId)).toEqual([false, false]);
      await store().endSession(userId, sessionId);
      expect(await hasProof(userId, sessionId)).toEqual([false, false]);
    });

    test('of proofs that are recorded while the session ends, none is left', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId } = await openSession(userId);
      await Promise.all([
        ...Array.from({ length: 10 }, () => store().recordProof(userId, sessionId)),
        store().endSession(userId, sessionId),
        ...Array.from({ length: 10 }, () => store().recordProof(userId, sessionId)),
      ]);
      expect(await isProved(userId, sessionId)).toBe(false);
      expect(await store().recordProof(userId, sessionId)).toBe(false);
    });
  });
}
