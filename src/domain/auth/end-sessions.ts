import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import { DomainError } from '../errors.js';
import { requireSession, type Caller } from './caller.js';

interface EndSessionsNeeds {
  authTokenStore: Pick<AuthTokenStore, 'endSession' | 'endOtherSessions'>;
}

/** Ends the caller's session at once, everywhere. Harmless when it has ended already. */
export async function signOut(needs: EndSessionsNeeds, caller: Caller): Promise<void> {
  await needs.authTokenStore.endSession(caller.user.id, requireSession(caller));
}

/** Ends one of the caller's sessions at once, everywhere. Refuses with `session_required` or `not_found`. */
export async function endSession(needs: EndSessionsNeeds, caller: Caller, sessionId: string): Promise<void> {
  requireSession(caller);
  if (!(await needs.authTokenStore.endSession(caller.user.id, sessionId))) {
    throw new DomainError('not_found', 'There is no such session.');
  }
}

/** Ends all of the caller's sessions but this one. Refuses with `session_required`. */
export async function endOtherSessions(needs: EndSessionsNeeds, caller: Caller): Promise<void> {
  await needs.authTokenStore.endOtherSessions(caller.user.id, requireSession(caller));
}
