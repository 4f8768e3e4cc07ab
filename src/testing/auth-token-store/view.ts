import type { AuthTokenReference } from '../../domain/auth/auth-token.js';
import { newId, newPair } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

export const ttlMs = 60 * 60 * 1000;
export const refreshTtlMs = 10 * ttlMs;
export const graceMs = 10_000;

/** What the suites of `AuthTokenStore` share; the harness is open only while tests run. */
export type AuthTokenView = ReturnType<typeof authTokenView>;

/** Returns what the suites of `AuthTokenStore` share. */
export function authTokenView(runner: TestRunner, harness: () => StoreHarness) {
  return {
    runner,
    harness,
    /** Opens a session; `opened` is null if it was not opened. */
    openSession: async (userId: string, userAgent: string | null = null, isProof = true) => {
      const sessionId = newId();
      const pair = newPair(userId, { accessTtlMs: ttlMs, refreshTtlMs });
      const opened = await harness().stores.authTokenStore.openSession({
        ...{ userId, passwordVersion: 1, sessionId, pair, isProof, userAgent },
      });
      return { sessionId, pair, authToken: pair.access, opened };
    },
    /** Uses a refresh token. */
    refresh: (
      presented: AuthTokenReference,
      pair = newPair(presented.userId, { accessTtlMs: ttlMs, refreshTtlMs }),
    ) => harness().stores.authTokenStore.refreshSession({ presented, pair, graceMs }),
    findCaller: (authToken: AuthTokenReference) => harness().stores.authTokenStore.findCaller(authToken),
  };
}
