import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { noteOwn, type NoteNeeds } from '../audit/note.js';
import { refuseFaults } from '../errors.js';
import { requireSession, type Caller } from './caller.js';
import { confirmPassword, type ConfirmPasswordNeeds } from './confirm-password.js';
import { canonicalPassword, passwordFaults } from './password.js';

export interface ChangePasswordNeeds extends ConfirmPasswordNeeds, NoteNeeds {
  userStore: Pick<UserStore, 'findById' | 'changePassword'>;
  passwordHasher: PasswordHasher;
  commonPasswords: CommonPasswords;
}

export interface ChangePasswordInput {
  caller: Caller;
  currentPassword: string;
  newPassword: string;
  origin: Origin;
}

/**
 * Replaces the caller's password and ends all their other sessions. Refuses with `session_required`,
 * `wrong_password`, or `invalid_input` with every reason against the new one.
 */
export async function changePassword(needs: ChangePasswordNeeds, input: ChangePasswordInput): Promise<void> {
  const keptSessionId = requireSession(input.caller);
  const { user } = await confirmPassword(needs, { ...input, password: input.currentPassword });
  const isCommon = (lowerCased: string) => needs.commonPasswords.has(lowerCased);
  refuseFaults({ new_password: passwordFaults(input.newPassword, user, isCommon) });
  const passwordHash = await needs.passwordHasher.hash(canonicalPassword(input.newPassword));
  await needs.userStore.changePassword({ userId: user.id, passwordHash, keptSessionId });
  await noteOwn(needs, 'password_changed', input);
}
