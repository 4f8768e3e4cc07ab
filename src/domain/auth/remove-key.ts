import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { notFound } from '../errors.js';
import { requireSession, type Caller } from './caller.js';

/** Removes one of the caller's API keys, which stops working at once. Rejects with `session_required` or `not_found`. */
export async function removeKey(
  deps: RecordAuditDeps & { apiKeyStore: Pick<ApiKeyStore, 'remove'> },
  input: { caller: Caller; keyId: string; origin: Origin },
): Promise<void> {
  const { caller, keyId } = input;
  requireSession(caller);
  if (!(await deps.apiKeyStore.remove(caller.user.id, keyId))) {
    throw notFound('API key');
  }
  await recordAuditByOwner(deps, 'key_removed', { ...input, subjectId: keyId });
}
