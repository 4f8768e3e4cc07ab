import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, requireSession, type Caller } from '../auth/caller.js';
import { canonicalPassword, passwordFaults } from '../auth/password.js';
import { refuseFaults } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { passwordChangedMail } from '../users/account-mails.js';
import { forgottenLink, notifyOwner, type NotifyNeeds } from '../users/notify-owner.js';
import { noSuchAccount } from './list-users.js';

export interface SetPasswordNeeds extends NoteNeeds, NotifyNeeds {
  userStore: Pick<UserStore, 'findById' | 'changePassword'>;
  passwordHasher: Pick<PasswordHasher, 'hash'>;
  commonPasswords: CommonPasswords;
}

export interface SetPasswordInput {
  caller: Caller;
  userId: string;
  newPassword: string;
  /** True leaves the account's API keys; otherwise they are removed with the old password. */
  keepsKeys: boolean;
  origin: Origin;
}

/**
 * Replaces an account's password on behalf of an administrator, ends every session of it, removes its API keys unless
 * they are to stay, and mails the account. An administrator who sets their own stays signed in there. Refuses with `admin_required`, `session_required`, `not_found`, or
 * `invalid_input` with every reason against the password.
 */
export async function setPassword(needs: SetPasswordNeeds, input: SetPasswordInput): Promise<void> {
  const { caller, userId, newPassword, keepsKeys } = input;
  requireAdmin(caller);
  const sessionId = requireSession(caller);
  const found = await needs.userStore.findById(userId);
  if (found === null) throw noSuchAccount();
  const isCommon = (lowerCased: string) => needs.commonPasswords.has(lowerCased);
  refuseFaults({ new_password: passwordFaults(newPassword, found.user, isCommon) });
  const passwordHash = await needs.passwordHasher.hash(
    canonicalPassword(newPassword),
    networkOf(input.origin.address),
  );
  const keptSessionId = userId === caller.user.id ? sessionId : null;
  const change = { userId, passwordVersion: null, passwordHash, keptSessionId, keepsKeys };
  const changed = await needs.userStore.changePassword(change);
  if (changed === null) throw noSuchAccount();
  await noteByAdmin(needs, 'password_set', input);
  if (changed.removedKeys > 0) await noteByAdmin(needs, 'keys_removed', input);
  await notifyOwner(needs, found.user, input.origin, (to) =>
    passwordChangedMail(to, { by: 'administrator', ...changed }, forgottenLink(needs)),
  );
}
