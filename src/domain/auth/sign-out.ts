import type { AuthTokenStore, Caller } from '../../ports/auth-token-store.js';

/** Ends the caller's session at once, everywhere. Harmless when it has ended already. */
export async function signOut(
  needs: { authTokenStore: Pick<AuthTokenStore, 'endSession'> },
  caller: Caller,
): Promise<void> {
  await needs.authTokenStore.endSession(caller.user.id, caller.sessionId);
}
