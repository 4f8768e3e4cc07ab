import type { ApiKeyStore } from '../../ports/api-key-store.js';
import { DomainError } from '../errors.js';
import { requireSession, type Caller } from './caller.js';

/** Ends one of the caller's keys at once, everywhere. Refuses with `session_required` or `not_found`. */
export async function removeKey(
  needs: { apiKeyStore: Pick<ApiKeyStore, 'remove'> },
  caller: Caller,
  keyId: string,
): Promise<void> {
  requireSession(caller);
  if (!(await needs.apiKeyStore.remove(caller.user.id, keyId))) {
    throw new DomainError('not_found', 'There is no such key.');
  }
}
