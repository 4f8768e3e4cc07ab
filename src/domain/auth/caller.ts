import { DomainError } from '../errors.js';
import type { User } from '../users/user.js';

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

/** An account that calls: a person with a session, or a program with an API key. */
export interface Caller {
  user: User;
  by: { kind: 'session'; sessionId: string } | ApiKeyCaller;
}

/** The operator of the service, who has no account: the command line, the start of the server, or a host program. */
export interface OperatorCaller {
  by: { kind: 'operator' };
}

/** A caller of a use case of the administration. */
export type AdminCaller = Caller | OperatorCaller;

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

/**
 * Returns the caller's session. Rejects an API key with `session_required`: a key cannot change the account, its password,
 * email, sessions or keys.
 */
export function requireSession(caller: Caller): string {
  if (caller.by.kind === 'session') return caller.by.sessionId;
  throw new DomainError('session_required', 'An API key cannot do this; sign in.');
}

/** Returns the API key by which an account calls; null for a session. */
export function apiKeyOf({ by }: Caller): ApiKeyCaller | null {
  return by.kind === 'api_key' ? by : null;
}

/** Rejects an account that is not an administrator with `admin_required`. */
export function requireAdmin(caller: AdminCaller): void {
  if (!isAccount(caller) || caller.user.role === 'admin') return;
  throw new DomainError('admin_required', 'Only an administrator can do this.');
}

/**
 * Returns the session of an administrator; null for the operator, who has none. Rejects others with `admin_required`, the
 * API key of an administrator with `session_required`.
 */
export function requireAdminSession(caller: AdminCaller): string | null {
  requireAdmin(caller);
  return isAccount(caller) ? requireSession(caller) : null;
}

/** Rejects every account with `admin_required`, administrators too: only the operator can do this. */
export function requireOperator(caller: AdminCaller): void {
  if (isAccount(caller)) throw new DomainError('admin_required', 'Only the operator can do this.');
}

/** Returns the id of the account that calls; null for the operator. */
export function accountIdOf(caller: AdminCaller): string | null {
  return isAccount(caller) ? caller.user.id : null;
}

function isAccount(caller: AdminCaller): caller is Caller {
  return caller.by.kind !== 'operator';
}
