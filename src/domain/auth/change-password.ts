import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { forgotPasswordLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { requireSession, type Caller } from './caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from './confirm-identity.js';
import { canonicalPassword, validatePassword } from './password.js';

export interface ChangePasswordDeps extends ConfirmIdentityDeps, RecordAuditDeps, NotifyDeps {
  policy: ConfirmIdentityDeps['policy'] & NotifyDeps['policy'];
  userStore: Pick<UserStore, 'findById' | 'changePassword'>;
  passwordHasher: PasswordHasher;
  commonPasswords: CommonPasswords;
}

export interface ChangePasswordInput {
  caller: Caller;
  /** Undefined if the identity was proved within the last 10 minutes. */
  currentPassword?: string | undefined;
  newPassword: string;
  /** True keeps the account's API keys; otherwise they are removed with the old password. */
  keepsKeys: boolean;
  origin: Origin;
}

/**
 * Replaces the caller's password, ends their other sessions, removes their API keys unless `keepsKeys`, and mails them that
 * the password was changed. Rejects with `session_required`, `proof_required`, with `wrong_password`, also if the password has
 * changed in the meantime, or with `invalid_input` and every problem of the new password.
 */
export async function changePassword(deps: ChangePasswordDeps, input: ChangePasswordInput): Promise<void> {
  const keptSessionId = requireSession(input.caller);
  const { currentPassword } = input;
  const { user, passwordVersion } = await confirmIdentity(deps, { ...input, currentPassword });
  const isCommon = (lowerCased: string) => deps.commonPasswords.has(lowerCased);
  throwIfInvalid({ new_password: validatePassword(input.newPassword, user, isCommon) });
  const passwordHash = await deps.passwordHasher.hash(
    canonicalPassword(input.newPassword),
    networkOf(input.origin.address),
  );
  const { keepsKeys, origin } = input;
  const change = { userId: user.id, passwordVersion, passwordHash, keptSessionId, keepsKeys };
  const changed = await deps.userStore.changePassword(change);
  if (changed === null) throw new DomainError('wrong_password', 'The password has changed in the meantime.');
  await recordAuditByOwner(deps, 'password_changed', input);
  if (changed.removedKeys > 0) await recordAuditByOwner(deps, 'keys_removed', input);
  await notifyOwner(deps, user, origin, (mails) =>
    mails.passwordChanged({ by: 'owner', ...changed }, forgotPasswordLink(deps)),
  );
}
