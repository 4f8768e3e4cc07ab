import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { notFound } from '../errors.js';
import type { Caller } from './caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from './confirm-identity.js';

/**
 * Removes one of the caller's API keys, which stops working at once. Rejects with `session_required`, `proof_required` or
 * `not_found`.
 */
export async function removeKey(
  deps: RecordAuditDeps & ConfirmIdentityDeps & { apiKeyStore: Pick<ApiKeyStore, 'remove'> },
  input: { caller: Caller; keyId: string; origin: Origin },
): Promise<void> {
  const { caller, keyId } = input;
  await confirmIdentity(deps, { ...input, currentPassword: undefined });
  if (!(await deps.apiKeyStore.remove(caller.user.id, keyId))) {
    throw notFound('API key');
  }
  await recordAuditByOwner(deps, 'key_removed', { ...input, subjectId: keyId });
}
