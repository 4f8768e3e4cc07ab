import type { ProfileChange, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { noteOwn, type NoteNeeds } from '../audit/note.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmPassword, type ConfirmPasswordNeeds } from '../auth/confirm-password.js';
import { DomainError, refuseFaults, type FieldFaults } from '../errors.js';
import { takenError } from './create-user.js';
import { sendConfirmation, type SendConfirmationNeeds } from './request-verification.js';
import { emailFaults, emailKey, usernameFaults, usernameKey, type User } from './user.js';

export type ChangeProfileNeeds = ConfirmPasswordNeeds &
  NoteNeeds &
  SendConfirmationNeeds & { userStore: Pick<UserStore, 'findById' | 'changeProfile'> };

/** The names that somebody wants an account to have. */
export interface WantedNames {
  /** Undefined leaves it as it is. */
  username: string | undefined;
  /** Undefined leaves it as it is; null removes it. */
  email: string | null | undefined;
}

export interface ChangeProfileInput extends WantedNames {
  caller: Caller;
  /** Needed for a change of email, which is what a forgotten password is sent to. */
  currentPassword: string | undefined;
  origin: Origin;
}

/**
 * Changes the caller's names; a new email is not verified, and is sent the mail that confirms it. Refuses with `session_required`, `invalid_input`,
 * `wrong_password`, `username_taken` or `email_taken`. Answers the account as it is then.
 */
export async function changeProfile(needs: ChangeProfileNeeds, input: ChangeProfileInput): Promise<User> {
  requireSession(input.caller);
  const { username, email, caller } = input;
  const changesEmail = email !== undefined && keyOf(email) !== keyOf(caller.user.email);
  refuseFaults({
    ...nameFaults({ username, email }),
    current_password: changesEmail && input.currentPassword === undefined ? ['Is required.'] : [],
  });
  if (changesEmail) await confirmPassword(needs, { ...input, password: input.currentPassword ?? '' });
  const changed = await needs.userStore.changeProfile({
    userId: caller.user.id,
    ...changedNames({ username, email }),
  });
  if (changed.outcome === 'missing') {
    throw new DomainError('unauthenticated', 'This account is not active any more.');
  }
  if (changed.outcome !== 'changed') throw takenError(changed.outcome);
  if (changed.user.username !== caller.user.username) await noteOwn(needs, 'username_changed', input);
  if (changed.user.email !== caller.user.email) await noteOwn(needs, 'email_changed', input);
  if (changesEmail) await sendConfirmation(needs, { userId: caller.user.id, origin: input.origin });
  return changed.user;
}

/** What is wrong with the names, by field. */
export function nameFaults({ username, email }: WantedNames): FieldFaults {
  return {
    username: username === undefined ? [] : usernameFaults(username),
    email: email === undefined || email === null ? [] : emailFaults(email),
  };
}

/** The names as they are stored, with what they are found by. */
export function changedNames({ username, email }: WantedNames): Pick<ProfileChange, 'username' | 'email'> {
  return {
    ...(username === undefined ? {} : { username: { username, usernameKey: usernameKey(username) } }),
    ...(email === undefined ? {} : { email: email === null ? null : { email, emailKey: emailKey(email) } }),
  };
}

function keyOf(email: string | null): string | null {
  return email === null ? null : emailKey(email);
}
