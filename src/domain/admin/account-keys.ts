import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import type { ApiKey } from '../auth/api-key.js';
import { requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';

interface AccountKeysInput {
  caller: AdminCaller;
  userId: string;
  origin: Origin;
}

/** Returns the API keys of an account, without their secrets, newest first. Rejects with `admin_required` or `not_found`. */
export async function listAccountKeys(
  deps: { apiKeyStore: Pick<ApiKeyStore, 'keys'>; userStore: Pick<UserStore, 'findById'> },
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<ApiKey[]> {
  requireAdmin(caller, 'read');
  if ((await deps.userStore.findById(userId)) === null) throw notFound('account');
  return deps.apiKeyStore.keys(userId);
}

/** Removes one API key of an account; it stops working at once. Rejects with `admin_required`, `session_required` or `not_found`. */
export async function removeAccountKey(
  deps: RecordAuditDeps & { apiKeyStore: Pick<ApiKeyStore, 'remove'> },
  input: AccountKeysInput & { keyId: string },
): Promise<void> {
  requireAdminSession(input.caller);
  if (!(await deps.apiKeyStore.remove(input.userId, input.keyId))) {
    throw notFound('API key');
  }
  await recordAuditByAdmin(deps, 'key_removed', { ...input, subjectId: input.keyId });
}

/** Removes every API key of an account; they stop working at once. Rejects with `admin_required`, `session_required` or `not_found`. */
export async function removeAccountKeys(
  deps: RecordAuditDeps & {
    apiKeyStore: Pick<ApiKeyStore, 'removeAll'>;
    userStore: Pick<UserStore, 'findById'>;
  },
  input: AccountKeysInput,
): Promise<void> {
  requireAdminSession(input.caller);
  if ((await deps.userStore.findById(input.userId)) === null) throw notFound('account');
  await deps.apiKeyStore.removeAll(input.userId);
  await recordAuditByAdmin(deps, 'keys_removed', input);
}
