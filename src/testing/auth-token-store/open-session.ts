import { expect } from 'expect';
import { createAccount, delicateTexts, newId, newPair } from '../accounts.js';
import { refreshTtlMs, ttlMs, type AuthTokenView } from './view.js';

/** The account that an auth token identifies, and for how long. */
export function openingSuite({ runner, harness, openSession, findCaller }: AuthTokenView): void {
  const { describe, test } = runner;
  describe('opening sessions', () => {
    test('an auth token identifies its account and session', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { sessionId, authToken, opened } = await openSession(userId);
      expect(opened?.accessExpiresAt).toBeInstanceOf(Date);
      const caller = await findCaller(authToken);
      expect(caller).toMatchObject({
        by: { kind: 'session', sessionId },
        user: { id: userId, status: 'active', role: 'user' },
      });
    });

    test('an auth token works until it expires', async () => {
      const { authToken, opened } = await openSession(await createAccount(harness().stores, 1));
      if (opened === null) throw new Error('No session.');
      await harness().advance(ttlMs - 60_000);
      expect(await findCaller(authToken)).not.toBeNull();
      await harness().advance(60_000);
      expect(await findCaller(authToken)).toBeNull();
    });

    test("the expiry of a pair is measured by the store's clock", async () => {
      const { opened } = await openSession(await createAccount(harness().stores, 1));
      const apartMs = (opened?.refreshExpiresAt.getTime() ?? 0) - (opened?.accessExpiresAt.getTime() ?? 0);
      expect(apartMs).toBe(refreshTtlMs - ttlMs);
    });

    test('no session is opened for an account that is unknown or disabled', async () => {
      expect((await openSession(newId())).opened).toBeNull();
      const userId = await createAccount(harness().stores, 1);
      await harness().disable(userId);
      const { opened, authToken, sessionId } = await openSession(userId);
      expect(opened).toBeNull();
      expect(await findCaller(authToken)).toBeNull();
      expect(await harness().stores.authTokenStore.endSession(userId, sessionId)).toBe(false);
    });

    test('disabling an account invalidates its auth tokens from the next call on', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { authToken } = await openSession(userId);
      await harness().disable(userId);
      expect(await findCaller(authToken)).toBeNull();
    });

    test('an auth token of another kind, of another account or with another digest is rejected', async () => {
      const [userId, otherId] = [
        await createAccount(harness().stores, 1),
        await createAccount(harness().stores, 1),
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

    test('a digest cannot be stored twice', async () => {
      const userId = await createAccount(harness().stores, 1);
      const { authToken, sessionId } = await openSession(userId);
      const pair = newPair(userId, { access: authToken });
      const proof = { isProof: true, userAgent: null };
      const again = { userId, passwordVersion: 1, sessionId: newId(), pair, ...proof };
      await expect(harness().stores.authTokenStore.openSession(again)).rejects.toThrow();
      expect(await findCaller(authToken)).toMatchObject({ by: { sessionId } });
    });

    for (const userAgent of delicateTexts) {
      test(`any user agent is accepted: ${JSON.stringify(userAgent)}`, async () => {
        const { opened } = await openSession(await createAccount(harness().stores, 1), userAgent);
        expect(opened).not.toBeNull();
      });
    }

    test('a returned object can be changed without changing the stored one', async () => {
      const { authToken } = await openSession(await createAccount(harness().stores, 1));
      const before = await findCaller(authToken);
      const handedOut = await findCaller(authToken);
      if (handedOut === null) throw new Error('No caller.');
      handedOut.user.role = 'admin';
      handedOut.user.createdAt.setTime(0);
      expect(await findCaller(authToken)).toEqual(before);
    });
  });
}
