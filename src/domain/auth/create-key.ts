import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { noteOwn, type NoteNeeds } from '../audit/note.js';
import { DomainError, refuseFaults } from '../errors.js';
import { keyNameFaults, maxApiKeys, type ApiKey } from './api-key.js';
import { mintAuthToken } from './auth-token.js';
import { requireSession, type Caller } from './caller.js';

export interface CreateKeyNeeds extends NoteNeeds {
  apiKeyStore: Pick<ApiKeyStore, 'create'>;
  secrets: Secrets;
  clock: Clock;
}

export interface CreateKeyInput {
  caller: Caller;
  name: string;
  /** Null for a key that lasts until it is removed. */
  expiresAt: Date | null;
  origin: Origin;
}

/**
 * Makes a key for a program of the caller's; its secret is answered once and never again. Refuses with
 * `session_required`, `invalid_input`, or `too_many_keys`.
 */
export async function createKey(
  needs: CreateKeyNeeds,
  input: CreateKeyInput,
): Promise<{ key: ApiKey; secret: string }> {
  requireSession(input.caller);
  const isPast = input.expiresAt !== null && input.expiresAt <= needs.clock.now();
  refuseFaults({ name: keyNameFaults(input.name), expires_at: isPast ? ['Must be in the future.'] : [] });
  const { secret, reference } = mintAuthToken(needs.secrets, 'api_key', input.caller.user.id);
  const key = await needs.apiKeyStore.create({
    id: needs.ids.next(),
    authToken: reference,
    name: input.name,
    lastCharacters: secret.slice(-4),
    expiresAt: input.expiresAt,
    maxKeys: maxApiKeys,
  });
  if (key === null) throw new DomainError('too_many_keys', `An account can have ${maxApiKeys} keys.`);
  await noteOwn(needs, 'key_created', { ...input, subjectId: key.id });
  return { key, secret };
}
