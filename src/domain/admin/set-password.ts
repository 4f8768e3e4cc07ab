import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserStore } from '../../ports/user-store.js';
import { toAnotherPerson, type Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { accountOf, requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { canonicalPassword, validatePassword } from '../auth/password.js';
import { notFound, throwIfInvalid } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { forgotPasswordLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';

export interface SetPasswordDeps extends RecordAuditDeps, NotifyDeps {
  userStore: Pick<UserStore, 'findById' | 'changePassword'>;
  passwordHasher: Pick<PasswordHasher, 'hash'>;
  commonPasswords: CommonPasswords;
}

export interface SetPasswordInput {
  caller: AdminCaller;
  userId: string;
  newPassword: string;
  /** True keeps the account's API keys; otherwise they are removed with the old password. */
  keepsKeys: boolean;
  origin: Origin;
}

/**
 * Replaces an account's password on behalf of an administrator, ends its sessions, removes its API keys unless `keepsKeys`,
 * and mails the owner. Administrators who change their own password keep the session that they use. Rejects with
 * `admin_required`, `session_required`, `not_found`, or `invalid_input` with every problem of the password.
 */
export async function setPassword(deps: SetPasswordDeps, input: SetPasswordInput): Promise<void> {
  const { caller, userId, newPassword, keepsKeys } = input;
  const sessionId = requireAdminSession(caller);
  const found = await deps.userStore.findById(userId);
  if (found === null) throw notFound('account');
  const isCommon = (lowerCased: string) => deps.commonPasswords.has(lowerCased);
  throwIfInvalid({ new_password: validatePassword(newPassword, found.user, isCommon) });
  const passwordHash = await deps.passwordHasher.hash(
    canonicalPassword(newPassword),
    networkOf(input.origin.address),
  );
  const keptSessionId = userId === accountOf(caller)?.id ? sessionId : null;
  const change = { userId, passwordVersion: null, passwordHash, keptSessionId, keepsKeys };
  const changed = await deps.userStore.changePassword(change);
  if (changed === null) throw notFound('account');
  await recordAuditByAdmin(deps, 'password_set', input);
  if (changed.removedKeys > 0) await recordAuditByAdmin(deps, 'keys_removed', input);
  await notifyOwner(deps, found.user, toAnotherPerson(input.origin), (mails) =>
    mails.passwordChanged({ by: 'administrator', ...changed }, forgotPasswordLink(deps)),
  );
}
