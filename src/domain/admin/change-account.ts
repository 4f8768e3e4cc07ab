import type { UserStore } from '../../ports/user-store.js';
import type { AuditAction, Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, requireSession, type Caller } from '../auth/caller.js';
import { DomainError, refuseFaults } from '../errors.js';
import { changedNames, nameFaults, type WantedNames } from '../users/change-profile.js';
import { takenError } from '../users/create-user.js';
import { sendConfirmation, type SendConfirmationNeeds } from '../users/request-verification.js';
import { emailKey, type Role, type User, type UserStatus } from '../users/user.js';
import { noSuchAccount } from './list-users.js';

export type ChangeAccountNeeds = NoteNeeds &
  SendConfirmationNeeds & { userStore: Pick<UserStore, 'changeAccount'> };

export interface ChangeAccountInput extends WantedNames {
  caller: Caller;
  userId: string;
  /** Undefined leaves it as it is. */
  role: Role | undefined;
  /** Undefined leaves it as it is. Who is disabled is signed out at once; their keys work again with the account. */
  status: UserStatus | undefined;
  origin: Origin;
}

/**
 * Changes an account on behalf of an administrator; another email than before is not verified, and is sent the mail that
 * confirms it. Refuses with `admin_required`, `session_required`, `invalid_input`, `not_found`, `username_taken`,
 * `email_taken`, or `last_admin` when nobody would be left to administer.
 */
export async function changeAccount(needs: ChangeAccountNeeds, input: ChangeAccountInput): Promise<User> {
  requireAdmin(input.caller);
  requireSession(input.caller);
  refuseFaults(nameFaults(input));
  const { userId, role, status } = input;
  const changed = await needs.userStore.changeAccount({
    userId,
    ...changedNames(input),
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
  });
  switch (changed.outcome) {
    case 'missing':
      throw noSuchAccount();
    case 'last_admin':
      throw new DomainError('last_admin', 'The last active administrator stays one, and active.');
    case 'username_taken':
    case 'email_taken':
      throw takenError(changed.outcome);
    case 'changed':
      for (const action of actionsOf(changed)) await noteByAdmin(needs, action, input);
      if (hasNewEmail(changed)) await sendConfirmation(needs, { userId, origin: input.origin });
      return changed.user;
  }
}

interface Change {
  before: User;
  user: User;
}

function actionsOf({ before, user }: Change): AuditAction[] {
  const actions: AuditAction[] = [];
  if (user.role !== before.role) {
    actions.push(user.role === 'admin' ? 'administrator_appointed' : 'administrator_dismissed');
  }
  if (user.status !== before.status) {
    actions.push(user.status === 'active' ? 'account_enabled' : 'account_disabled');
  }
  if (user.username !== before.username) actions.push('username_changed');
  if (user.email !== before.email) actions.push('email_changed');
  return actions;
}

function hasNewEmail({ before, user }: Change): boolean {
  if (user.email === null) return false;
  return before.email === null || emailKey(before.email) !== emailKey(user.email);
}
