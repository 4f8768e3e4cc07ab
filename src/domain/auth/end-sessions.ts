import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { notFound } from '../errors.js';
import { requireSession, type Caller } from './caller.js';

interface EndSessionsDeps extends RecordAuditDeps {
  authTokenStore: Pick<AuthTokenStore, 'endSession' | 'endOtherSessions'>;
}

interface EndSessionsInput {
  caller: Caller;
  origin: Origin;
}

/** Ends the caller's session at once. Does nothing if it has ended already. Rejects with `session_required`. */
export async function signOut(deps: EndSessionsDeps, input: EndSessionsInput): Promise<void> {
  const sessionId = requireSession(input.caller);
  await deps.authTokenStore.endSession(input.caller.user.id, sessionId);
  await recordAuditByOwner(deps, 'signed_out', { ...input, subjectId: sessionId });
}

/** Ends one of the caller's sessions at once. Rejects with `session_required` or `not_found`. */
export async function endSession(
  deps: EndSessionsDeps,
  input: EndSessionsInput & { sessionId: string },
): Promise<void> {
  const { caller, sessionId } = input;
  requireSession(caller);
  if (!(await deps.authTokenStore.endSession(caller.user.id, sessionId))) {
    throw notFound('session');
  }
  await recordAuditByOwner(deps, 'session_ended', { ...input, subjectId: sessionId });
}

/**
 * Ends the caller's other sessions; with `includesKeys` also removes their API keys. Rejects with `session_required`.
 */
export async function endOtherSessions(
  deps: EndSessionsDeps & { apiKeyStore: Pick<ApiKeyStore, 'removeAll'> },
  input: EndSessionsInput & { includesKeys: boolean },
): Promise<void> {
  const keptSessionId = requireSession(input.caller);
  const { id } = input.caller.user;
  await deps.authTokenStore.endOtherSessions(id, keptSessionId);
  await recordAuditByOwner(deps, 'other_sessions_ended', input);
  if (!input.includesKeys) return;
  // Keys after sessions: a session could create another key in between.
  await deps.apiKeyStore.removeAll(id);
  await recordAuditByOwner(deps, 'keys_removed', input);
}
