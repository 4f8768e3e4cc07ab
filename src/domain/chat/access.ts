import { accountOf, requireAdmin, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';

/**
 * The account that a use case reads or changes, and who calls it.
 *
 * @example
 * ```ts
 * const request: AccountRequest = { caller: operatorCaller, userId };
 * const { balance } = await core.ledger.balance(request);
 * ```
 */
export interface AccountRequest {
  caller: AdminCaller;
  userId: string;
}

/**
 * Decides who may read the chats, the balance and the ledger of an account: the account itself, also by its API keys,
 * administrators, service keys with the scope `read`, and the operator.
 *
 * @throws DomainError `not_found` for another account, as if this one did not exist; `insufficient_scope` for other service
 * keys.
 */
export function requireReader({ caller, userId }: AccountRequest): void {
  const account = accountOf(caller);
  if (account?.id === userId) return;
  if (account !== null && account.role !== 'admin') throw notFound('account');
  requireAdmin(caller, 'read');
}

/**
 * Decides who may change the chats of an account: the account itself, also by its API keys, and the operator.
 *
 * @throws DomainError `not_found` for another account, administrators too, because the audit log would not show the change;
 * `insufficient_scope` for service keys.
 */
export function requireOwner({ caller, userId }: AccountRequest): void {
  const account = accountOf(caller);
  if (account === null) requireAdmin(caller, null);
  else if (account.id !== userId) throw notFound('account');
}
