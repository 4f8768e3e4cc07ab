import { expect } from 'expect';
import type { ImportedAccount } from '../../ports/account-importer.js';
import { newDigest, newId, newPair } from '../accounts.js';
import { digestOf, importedAccount, importedAuthToken, joinedAt } from './imported-account.js';
import type { ImporterView } from './view.js';

/** Auth tokens and password hashes that were imported. */
export function signInSuite({ runner, stores, bring }: ImporterView): void {
  const { describe, test } = runner;
  describe('signing in', () => {
    test('an auth token is found by its digest alone, in a session of its own, and only as an access token', async () => {
      const { authTokenStore, apiKeyStore } = stores();
      const account = importedAccount({ authTokens: [importedAuthToken(), importedAuthToken()] });
      const { id: userId } = account.user;
      await bring(account);
      const sessionIds = account.authTokens.map(({ sessionId }) => sessionId);
      for (const { digest, sessionId } of account.authTokens) {
        expect(await authTokenStore.findImportedCaller(digest)).toMatchObject({
          user: { id: userId },
          by: { kind: 'session', sessionId },
        });
        const pair = newPair(userId);
        const presented = { kind: 'refresh', userId, digest } as const;
        expect(await authTokenStore.refreshSession({ presented, pair, graceMs: 60_000 })).toEqual({
          outcome: 'unknown',
        });
        expect(await authTokenStore.findCaller(presented)).toBeNull();
        expect(await apiKeyStore.findCaller({ ...presented, kind: 'api_key' })).toBeNull();
      }
      const sessions = await authTokenStore.sessions(userId);
      expect(sessions.map(({ id }) => id).sort()).toEqual([...sessionIds].sort());
      expect(sessions[0]?.createdAt).toEqual(joinedAt);
      expect(await authTokenStore.findImportedCaller(newDigest())).toBeNull();
    });

    test('an access token that was not imported is not found by its digest alone', async () => {
      const account = importedAccount();
      await bring(account);
      const pair = newPair(account.user.id);
      await stores().authTokenStore.openSession({
        userId: account.user.id,
        passwordVersion: 1,
        sessionId: newId(),
        pair,
        isProof: true,
        userAgent: null,
      });
      expect(await stores().authTokenStore.findCaller(pair.access)).not.toBeNull();
      expect(await stores().authTokenStore.findImportedCaller(pair.access.digest)).toBeNull();
      expect(await stores().authTokenStore.findImportedCaller(pair.refresh.digest)).toBeNull();
    });

    test('an imported auth token ends with its session, at its expiry, and with its account', async () => {
      const find = (account: ImportedAccount) =>
        stores().authTokenStore.findImportedCaller(digestOf(account));
      const [signedOut, expired, disabled, erased] = [
        importedAccount(),
        importedAccount({ accessTtlMs: 0 }),
        importedAccount(),
        importedAccount(),
      ];
      disabled.user.status = 'disabled';
      for (const account of [signedOut, expired, disabled, erased])
        expect(await bring(account)).toBe('imported');
      expect(await find(signedOut)).not.toBeNull();
      await stores().authTokenStore.endSession(signedOut.user.id, signedOut.authTokens[0]?.sessionId ?? '');
      expect(await find(erased)).not.toBeNull();
      await stores().userStore.erase(erased.user.id);
      for (const account of [signedOut, expired, disabled, erased]) expect(await find(account)).toBeNull();
      expect(await stores().authTokenStore.sessions(expired.user.id)).toEqual([]);
      await stores().authTokenStore.purgeExpired();
      const other = importedAccount({ authTokens: [importedAuthToken(digestOf(expired))] });
      expect(await bring(other)).toBe('imported');
      expect((await find(other))?.user.id).toBe(other.user.id);
    });

    test('a password hash is replaced once, by a caller that knows the current one', async () => {
      const { user } = importedAccount();
      await bring(importedAccount({ user }));
      const renew = (from: string, to: string) =>
        stores().userStore.renewPasswordHash({ userId: user.id, from, to });
      expect(await renew('another', 'wrong')).toBe(false);
      const renewed = await Promise.all(
        Array.from({ length: 10 }, (_, index) => renew(user.passwordHash, `new ${index}`)),
      );
      expect(renewed.filter(Boolean)).toHaveLength(1);
      const kept = await stores().userStore.findById(user.id);
      expect(kept?.passwordHash).toBe(`new ${renewed.indexOf(true)}`);
      expect(await stores().userStore.renewPasswordHash({ userId: newId(), from: 'a', to: 'b' })).toBe(false);
    });
  });
}
