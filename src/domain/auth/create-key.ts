import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../ports/secrets.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import type { ModelOffers } from '../chat/model-offer.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { accountLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { maxApiKeys, validateKeyModels, validateKeyName, type ApiKey } from './api-key.js';
import { createAuthToken } from './auth-token.js';
import { requireSession, type Caller } from './caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from './confirm-identity.js';

export interface CreateKeyDeps extends RecordAuditDeps, NotifyDeps, ConfirmIdentityDeps {
  policy: NotifyDeps['policy'] & ConfirmIdentityDeps['policy'];
  apiKeyStore: Pick<ApiKeyStore, 'create'>;
  secrets: Secrets;
  clock: Clock;
  models: ModelOffers;
}

export interface CreateKeyInput {
  caller: Caller;
  name: string;
  /** Null for a key that works until it is removed. */
  expiresAt: Date | null;
  /** The names of the models that it may use. Null or absent: all of them. */
  models?: readonly string[] | null;
  /** Null or absent if the identity was proved within the last 10 minutes. */
  currentPassword?: string | null | undefined;
  origin: Origin;
}

/**
 * Creates an API key and mails the owner about it. Returns the key and its secret, which cannot be read again. Rejects with
 * `session_required`, `proof_required`, `wrong_password`, `invalid_input`, `too_many_keys`, or `unauthenticated` if the
 * caller's session has ended in the meantime.
 */
export async function createKey(
  deps: CreateKeyDeps,
  input: CreateKeyInput,
): Promise<{ key: ApiKey; secret: string }> {
  const sessionId = requireSession(input.caller);
  const { models = null } = input;
  const isPast = input.expiresAt !== null && input.expiresAt <= deps.clock.now();
  throwIfInvalid({
    name: validateKeyName(input.name),
    expires_at: isPast ? ['Must be in the future.'] : [],
    models: validateKeyModels(
      models,
      deps.models.map(({ name }) => name),
    ),
  });
  await confirmIdentity(deps, { ...input, currentPassword: input.currentPassword });
  const { secret, reference } = createAuthToken(deps.secrets, 'api_key', input.caller.user.id);
  const created = await deps.apiKeyStore.create({
    id: deps.ids.next(),
    sessionId,
    authToken: reference,
    name: input.name,
    lastCharacters: secret.slice(-4),
    expiresAt: input.expiresAt,
    models,
    maxKeys: maxApiKeys,
  });
  if (created.outcome === 'too_many') {
    throw new DomainError('too_many_keys', `An account can have at most ${maxApiKeys} API keys.`);
  }
  if (created.outcome === 'session_ended') {
    throw new DomainError('unauthenticated', 'This session has ended.');
  }
  const { key } = created;
  await recordAuditByOwner(deps, 'key_created', {
    ...input,
    subjectId: key.id,
    details: changesOf({}, { name: key.name, models: key.models?.join(', ') ?? null }),
  });
  await notifyOwner(deps, input.caller.user, input.origin, (mails) => mails.newKey(key, accountLink(deps)));
  return { key, secret };
}
