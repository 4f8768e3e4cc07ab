import type { Clock } from '../../ports/clock.js';
import type { Secrets } from '../../ports/secrets.js';
import type { ServiceKeyStore } from '../../ports/service-key-store.js';
import { changesOf } from '../audit/audit-details.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { validateKeyName } from '../auth/api-key.js';
import { accountOf, requireAdmin, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import {
  maxServiceKeys,
  serviceScopes,
  validateScopes,
  type ServiceKey,
  type ServiceScope,
} from '../auth/service-key.js';
import { createServiceSecret } from '../auth/auth-token.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { notifyOwner, administrationLink, type NotifyDeps } from '../users/notify-owner.js';

export interface CreateServiceKeyDeps extends RecordAuditDeps, NotifyDeps {
  serviceKeyStore: Pick<ServiceKeyStore, 'create'>;
  secrets: Secrets;
  clock: Pick<Clock, 'now'>;
}

export interface CreateServiceKeyInput {
  caller: AdminCaller;
  name: string;
  scopes: readonly ServiceScope[];
  /** Null for a key that works until it is removed. */
  expiresAt: Date | null;
  origin: Origin;
}

/**
 * Creates a service key, and mails the administrator about it. Returns the key and its secret, which cannot be read again.
 * Rejects with `admin_required`, `session_required`, `insufficient_scope`, `invalid_input`, `too_many_keys`, or
 * `unauthenticated` if the caller's session has ended in the meantime.
 */
export async function createServiceKey(
  deps: CreateServiceKeyDeps,
  input: CreateServiceKeyInput,
): Promise<{ key: ServiceKey; secret: string }> {
  const sessionId = requireAdminSession(input.caller);
  const isPast = input.expiresAt !== null && input.expiresAt <= deps.clock.now();
  throwIfInvalid({
    name: validateKeyName(input.name),
    scopes: validateScopes(input.scopes),
    expires_at: isPast ? ['Must be in the future.'] : [],
  });
  const { secret, reference } = createServiceSecret(deps.secrets, deps.ids.next());
  const account = accountOf(input.caller);
  const created = await deps.serviceKeyStore.create({
    reference,
    name: input.name,
    scopes: serviceScopes.filter((scope) => input.scopes.includes(scope)),
    lastCharacters: secret.slice(-4),
    createdBy: account === null || sessionId === null ? null : { userId: account.id, sessionId },
    expiresAt: input.expiresAt,
    maxKeys: maxServiceKeys,
  });
  if (created.outcome === 'too_many') {
    throw new DomainError('too_many_keys', `There can be at most ${maxServiceKeys} service keys.`);
  }
  if (created.outcome === 'session_ended') {
    throw new DomainError('unauthenticated', 'This session has ended.');
  }
  const { key } = created;
  await recordAuditByAdmin(deps, 'service_key_created', {
    ...{ ...input, userId: null, subjectId: key.id },
    details: changesOf({}, { name: key.name, scopes: key.scopes.join(', ') }),
  });
  if (account !== null) {
    await notifyOwner(deps, account, input.origin, (mails) =>
      mails.newServiceKey(key, administrationLink(deps)),
    );
  }
  return { key, secret };
}

/** Returns all service keys, without their secrets, newest first. Rejects with `admin_required` or `insufficient_scope`. */
export async function listServiceKeys(
  deps: { serviceKeyStore: Pick<ServiceKeyStore, 'keys'> },
  { caller }: { caller: AdminCaller },
): Promise<ServiceKey[]> {
  requireAdmin(caller, 'read');
  return deps.serviceKeyStore.keys();
}

/**
 * Removes a service key; it stops working at once. Rejects with `admin_required`, `session_required`, `insufficient_scope`
 * or `not_found`.
 */
export async function removeServiceKey(
  deps: RecordAuditDeps & { serviceKeyStore: Pick<ServiceKeyStore, 'remove'> },
  input: { caller: AdminCaller; keyId: string; origin: Origin },
): Promise<void> {
  requireAdminSession(input.caller);
  if (!(await deps.serviceKeyStore.remove(input.keyId))) throw notFound('service key');
  await recordAuditByAdmin(deps, 'service_key_removed', { ...input, userId: null, subjectId: input.keyId });
}
