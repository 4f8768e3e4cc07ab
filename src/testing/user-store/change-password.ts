import { expect } from 'expect';
import { createAccount, createKey, newDigest, newId, newPassword, newUser } from '../accounts.js';
import type { UserStoreView } from './view.js';

/** New passwords, and the sessions, keys and resets that they end. */
export function passwordSuite({ runner, harness, openSession }: UserStoreView): void {
  const { describe, test } = runner;
  describe('changing passwords', () => {
    test('a new password ends every session except the kept one', async () => {
      const { userStore, authTokenStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1);
      const [kept, other] = [await openSession(userId), await openSession(userId)];
      const change = { ...newPassword(userId), keptSessionId: kept.sessionId };
      expect(await userStore.changePassword(change)).toEqual({ removedKeys: 0 });
      expect(await userStore.findById(userId)).toMatchObject({ passwordHash: 'new' });
      expect(await authTokenStore.findCaller(kept.access)).not.toBeNull();
      expect(await authTokenStore.findCaller(other.access)).toBeNull();
      await userStore.changePassword({ ...change, keptSessionId: null });
      expect(await authTokenStore.findCaller(kept.access)).toBeNull();
      expect(await userStore.changePassword({ ...change, userId: newId() })).toBeNull();
    });

    test('a new password removes every API key, unless keys are kept', async () => {
      const { userStore, apiKeyStore } = harness().stores;
      const [userId, bystanderId] = [
        await createAccount(harness().stores, 1),
        await createAccount(harness().stores, 1),
      ];
      const { sessionId } = await openSession(userId);
      const { authToken } = await createKey(harness().stores, { userId, sessionId });
      await createKey(harness().stores, { userId, sessionId });
      const bystander = await openSession(bystanderId);
      const other = await createKey(harness().stores, {
        userId: bystanderId,
        sessionId: bystander.sessionId,
      });
      const stays = { ...newPassword(userId), keptSessionId: sessionId, keepsKeys: true };
      expect(await userStore.changePassword(stays)).toEqual({ removedKeys: 0 });
      expect(await apiKeyStore.findCaller(authToken)).not.toBeNull();
      expect(await userStore.changePassword({ ...stays, keepsKeys: false })).toEqual({ removedKeys: 2 });
      expect(await apiKeyStore.findCaller(authToken)).toBeNull();
      expect(await apiKeyStore.keys(userId)).toEqual([]);
      expect(await apiKeyStore.findCaller(other.authToken)).not.toBeNull();
    });

    test('a password is not changed by a former version of it', async () => {
      const { userStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1);
      const { sessionId } = await openSession(userId);
      const { authToken } = await createKey(harness().stores, { userId, sessionId });
      const stays = { ...newPassword(userId), keptSessionId: sessionId, keepsKeys: true };
      await userStore.changePassword({ ...stays, passwordVersion: 1, passwordHash: 'second' });
      const late = { ...newPassword(userId), passwordVersion: 1, passwordHash: 'late' };
      expect(await userStore.changePassword(late)).toBeNull();
      expect(await userStore.findById(userId)).toMatchObject({ passwordHash: 'second', passwordVersion: 2 });
      expect(await harness().stores.apiKeyStore.findCaller(authToken)).not.toBeNull();
      const changes = Array.from({ length: 10 }, (_, index) => ({
        ...newPassword(userId),
        ...{ passwordVersion: 2, passwordHash: `racing ${index}` },
      }));
      const outcomes = await Promise.all(changes.map((change) => userStore.changePassword(change)));
      expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
      expect(await userStore.findById(userId)).toMatchObject({ passwordVersion: 3 });
    });

    test('a key that is created in parallel with a change of the password does not work afterwards', async () => {
      const { userStore, apiKeyStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1);
      for (let version = 1; version <= 20; version += 1) {
        const { sessionId } = await openSession(userId, version);
        const [created] = await Promise.all([
          createKey(harness().stores, { userId, sessionId }),
          userStore.changePassword(newPassword(userId)),
        ]);
        expect(await apiKeyStore.findCaller(created.authToken)).toBeNull();
        expect((await createKey(harness().stores, { userId, sessionId })).created).toEqual({
          outcome: 'session_ended',
        });
      }
      expect(await apiKeyStore.keys(userId)).toEqual([]);
    });

    test('the old password opens no session once there is a new one, even in parallel with the change', async () => {
      const { userStore, authTokenStore } = harness().stores;
      const userId = await createAccount(harness().stores, 1);
      const change = newPassword(userId);
      await userStore.changePassword(change);
      expect((await openSession(userId, 1)).opened).toBeNull();
      const { access, opened } = await openSession(userId, 2);
      expect(opened).not.toBeNull();
      expect(await authTokenStore.findCaller(access)).not.toBeNull();
      expect(await userStore.findById(userId)).toMatchObject({ passwordVersion: 2 });
      for (let version = 2; version < 22; version += 1) {
        const [session] = await Promise.all([openSession(userId, version), userStore.changePassword(change)]);
        expect(await authTokenStore.findCaller(session.access)).toBeNull();
      }
    });

    test('another hash of the same password is not a new password', async () => {
      const { userStore } = harness().stores;
      const user = newUser(1);
      await userStore.create(user);
      await userStore.renewPasswordHash({ userId: user.id, from: user.passwordHash, to: 'stronger' });
      expect((await openSession(user.id, 1)).opened).not.toBeNull();
    });

    test('parallel operations that end sessions do not block each other', async () => {
      const { userStore, authTokenStore } = harness().stores;
      for (let round = 0; round < 20; round += 1) {
        const userId = await createAccount(harness().stores, 1);
        const sessions = await Promise.all(Array.from({ length: 5 }, () => openSession(userId)));
        await Promise.all([
          ...sessions.map(({ sessionId }) => authTokenStore.endSession(userId, sessionId)),
          authTokenStore.endOtherSessions(userId, null),
          userStore.changePassword(newPassword(userId)),
          authTokenStore.purgeExpired(),
          round % 2 === 0 ? userStore.erase(userId) : authTokenStore.endOtherSessions(userId, newId()),
        ]);
        expect(await authTokenStore.sessions(userId)).toEqual([]);
      }
    });

    test('a new password invalidates a reset that was requested before', async () => {
      const { userStore, oneTimeTokenStore } = harness().stores;
      const user = newUser(1, { email: 'reset@example.org', emailKey: newId() });
      await userStore.create(user);
      const digest = newDigest();
      await oneTimeTokenStore.issueReset({ emailKey: user.emailKey ?? '', digest, ttlMs: 60_000 });
      const presented = { kind: 'password_reset', userId: user.id, digest } as const;
      expect(await oneTimeTokenStore.findResetOwner(presented)).not.toBeNull();
      await userStore.changePassword(newPassword(user.id));
      expect(await oneTimeTokenStore.findResetOwner(presented)).toBeNull();
    });
  });
}
