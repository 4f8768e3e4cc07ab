import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, requireSession, type Caller } from '../auth/caller.js';
import type { Session } from '../auth/session.js';
import { DomainError } from '../errors.js';
import { noSuchAccount } from './list-users.js';

interface AccountSessionsNeeds extends NoteNeeds {
  authTokenStore: Pick<AuthTokenStore, 'endSession' | 'endOtherSessions'>;
  apiKeyStore: Pick<ApiKeyStore, 'removeAll'>;
  userStore: Pick<UserStore, 'findById'>;
}

interface AccountSessionsInput {
  caller: Caller;
  userId: string;
  origin: Origin;
}

/** The living sessions of an account, the last used first. Refuses with `not_found`. */
export async function listAccountSessions(
  needs: { authTokenStore: Pick<AuthTokenStore, 'sessions'>; userStore: Pick<UserStore, 'findById'> },
  userId: string,
): Promise<Session[]> {
  if ((await needs.userStore.findById(userId)) === null) throw noSuchAccount();
  return needs.authTokenStore.sessions(userId);
}

/**
 * Signs an account out everywhere, at once; with `includesKeys` its API keys are removed as well. Refuses with
 * `admin_required`, `session_required` or `not_found`.
 */
export async function endAccountSessions(
  needs: AccountSessionsNeeds,
  input: AccountSessionsInput & { includesKeys: boolean },
): Promise<void> {
  requireAdmin(input.caller);
  requireSession(input.caller);
  const { userId } = input;
  if ((await needs.userStore.findById(userId)) === null) throw noSuchAccount();
  await needs.authTokenStore.endOtherSessions(userId, null);
  await noteByAdmin(needs, 'sessions_ended', input);
  if (!input.includesKeys) return;
  // After the sessions, which could create further keys.
  await needs.apiKeyStore.removeAll(userId);
  await noteByAdmin(needs, 'keys_removed', input);
}

/** Ends one session of an account. Refuses with `admin_required`, `session_required` or `not_found`. */
export async function endAccountSession(
  needs: AccountSessionsNeeds,
  input: AccountSessionsInput & { sessionId: string },
): Promise<void> {
  requireAdmin(input.caller);
  requireSession(input.caller);
  const { userId, sessionId } = input;
  if (!(await needs.authTokenStore.endSession(userId, sessionId))) {
    throw new DomainError('not_found', 'There is no such session.');
  }
  await noteByAdmin(needs, 'session_ended', { ...input, subjectId: sessionId });
}
