import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import type { Session } from '../auth/session.js';
import { notFound } from '../errors.js';

interface AccountSessionsDeps extends RecordAuditDeps {
  authTokenStore: Pick<AuthTokenStore, 'endSession' | 'endOtherSessions'>;
  apiKeyStore: Pick<ApiKeyStore, 'removeAll'>;
  userStore: Pick<UserStore, 'findById'>;
}

interface AccountSessionsInput {
  caller: AdminCaller;
  userId: string;
  origin: Origin;
}

/** Returns the open sessions of an account, the last used first. Rejects with `admin_required` or `not_found`. */
export async function listAccountSessions(
  deps: { authTokenStore: Pick<AuthTokenStore, 'sessions'>; userStore: Pick<UserStore, 'findById'> },
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<Session[]> {
  requireAdmin(caller, 'read');
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  return deps.authTokenStore.sessions(userId);
}

/**
 * Ends every session of an account at once; with `includesKeys` also removes its API keys. Rejects with `admin_required`,
 * `session_required` or `not_found`.
 */
export async function endAccountSessions(
  deps: AccountSessionsDeps,
  input: AccountSessionsInput & { includesKeys: boolean },
): Promise<void> {
  requireAdminSession(input.caller);
  const { userId } = input;
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  await deps.authTokenStore.endOtherSessions(userId, null);
  await recordAuditByAdmin(deps, 'sessions_ended', input);
  if (!input.includesKeys) return;
  // Keys after sessions: a session could create another key in between.
  await deps.apiKeyStore.removeAll(userId);
  await recordAuditByAdmin(deps, 'keys_removed', input);
}

/** Ends one session of an account. Rejects with `admin_required`, `session_required` or `not_found`. */
export async function endAccountSession(
  deps: AccountSessionsDeps,
  input: AccountSessionsInput & { sessionId: string },
): Promise<void> {
  requireAdminSession(input.caller);
  const { userId, sessionId } = input;
  if (!(await deps.authTokenStore.endSession(userId, sessionId))) {
    throw notFound('session');
  }
  await recordAuditByAdmin(deps, 'session_ended', { ...input, subjectId: sessionId });
}
