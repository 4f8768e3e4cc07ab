import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, requireSession, type Caller } from '../auth/caller.js';
import { noSuchAccount } from './list-users.js';

export interface EndAccountSessionsNeeds extends NoteNeeds {
  authTokenStore: Pick<AuthTokenStore, 'endOtherSessions'>;
  userStore: Pick<UserStore, 'findById'>;
}

/**
 * Signs an account out everywhere, at once; its API keys stay. Refuses with `admin_required`, `session_required` or
 * `not_found`.
 */
export async function endAccountSessions(
  needs: EndAccountSessionsNeeds,
  input: { caller: Caller; userId: string; origin: Origin },
): Promise<void> {
  requireAdmin(input.caller);
  requireSession(input.caller);
  if ((await needs.userStore.findById(input.userId)) === null) throw noSuchAccount();
  await needs.authTokenStore.endOtherSessions(input.userId, null);
  await noteByAdmin(needs, 'sessions_ended', input);
}
