import { DomainError } from '../errors.js';
import type { User } from '../users/user.js';
import type { ServiceScope } from './service-key.js';

/**
 * The API key of an account, by which a program calls.
 *
 * @example
 * ```ts
 * declare const secret: string;
 * const { by, user } = await core.auth.authenticate(secret);
 * const apiKey = by.kind === 'api_key' ? by : null;
 * await core.chat.send({ userId: user.id, message: 'Hello', apiKey });
 * ```
 */
export interface ApiKeyCaller {
  kind: 'api_key';
  keyId: string;
  /** The names of the models that it may use; null for all of them. */
  models: readonly string[] | null;
}

/** An account that calls: a person with a session, a program with an API key, or a user that the host program has signed in. */
export interface Caller {
  user: User;
  by: { kind: 'session'; sessionId: string } | ApiKeyCaller | { kind: 'host' };
}

/** A program that calls with a service key. It has no account, and may do what the scopes of the key cover. */
export interface ServiceCaller {
  by: { kind: 'service_key'; keyId: string; scopes: readonly ServiceScope[] };
}

/** The operator of the service, who has no account: the command line, the start of the server, or a host program. */
export interface OperatorCaller {
  by: { kind: 'operator' };
}

/** A caller that presented a secret: an account, or a program with a service key. */
export type IdentifiedCaller = Caller | ServiceCaller;

/** A caller of a use case of the administration. */
export type AdminCaller = IdentifiedCaller | OperatorCaller;

/**
 * The caller to pass when the operator acts, not an account. It may call every use case of the administration: never
 * pass it on behalf of a request.
 *
 * @example
 * ```ts
 * import { operatorCaller } from 'metered-chat';
 *
 * await core.ledger.grant({ caller: operatorCaller, userId, amount: 500, reason: 'Order 1234' });
 * ```
 */
export const operatorCaller: OperatorCaller = { by: { kind: 'operator' } };

/** Rejects a service key with `insufficient_scope`: it belongs to no account. */
export function requireAccount(caller: IdentifiedCaller): asserts caller is Caller {
  if (!isAccount(caller)) {
    throw new DomainError('insufficient_scope', 'A service key belongs to no account and cannot do this.');
  }
}

/**
 * Returns the caller's session. Rejects an API key with `session_required`: a key cannot change the account, its password,
 * email, sessions or keys.
 */
export function requireSession(caller: Caller): string {
  requireOwner(caller);
  if (caller.by.kind === 'session') return caller.by.sessionId;
  throw new DomainError('session_required', 'The program that signed you in does this, not this API.');
}

/** Rejects an API key with `session_required`: only the owner of the account can do this. */
export function requireOwner(caller: Caller): void {
  if (caller.by.kind !== 'api_key') return;
  throw new DomainError('session_required', 'An API key cannot do this; sign in.');
}

/** Returns the API key by which an account calls; null for a session. */
export function apiKeyOf({ by }: Caller): ApiKeyCaller | null {
  return by.kind === 'api_key' ? by : null;
}

/**
 * Rejects an account that is not an administrator with `admin_required`, and a service key without the scope with
 * `insufficient_scope`.
 *
 * @param scope The scope that covers the use case; null if no service key may call it.
 */
export function requireAdmin(caller: AdminCaller, scope: ServiceScope | null): void {
  if (isService(caller)) requireScope(caller, scope);
  else if (isAccount(caller) && caller.user.role !== 'admin') {
    throw new DomainError('admin_required', 'Only an administrator can do this.');
  }
}

/**
 * Returns the session of an administrator; null for the operator, and for one that the host program has signed in. Rejects others with `admin_required`, the
 * API key of an administrator with `session_required`, a service key with `insufficient_scope`.
 */
export function requireAdminSession(caller: AdminCaller): string | null {
  requireAdmin(caller, null);
  return isAccount(caller) && caller.by.kind !== 'host' ? requireSession(caller) : null;
}

/** Rejects every other caller with `admin_required`, administrators too: only the operator can do this. */
export function requireOperator(caller: AdminCaller): void {
  if (caller.by.kind !== 'operator') {
    throw new DomainError('admin_required', 'Only the operator can do this.');
  }
}

/** Returns the account that calls; null for the operator and a service key. */
export function accountOf(caller: AdminCaller): User | null {
  return isAccount(caller) ? caller.user : null;
}

/** Returns the id of the service key that calls; null for other callers. */
export function serviceKeyIdOf(caller: AdminCaller): string | null {
  return isService(caller) ? caller.by.keyId : null;
}

function isAccount(caller: AdminCaller): caller is Caller {
  return caller.by.kind === 'session' || caller.by.kind === 'api_key' || caller.by.kind === 'host';
}

function isService(caller: AdminCaller): caller is ServiceCaller {
  return caller.by.kind === 'service_key';
}

function requireScope(caller: ServiceCaller, scope: ServiceScope | null): void {
  if (scope === null) throw new DomainError('insufficient_scope', 'A service key cannot do this.');
  if (caller.by.scopes.includes(scope)) return;
  throw new DomainError(
    'insufficient_scope',
    `This service key does not have the scope "${scope}". Create one that has it.`,
  );
}
