import type { UserStore } from '../../ports/user-store.js';
import type { AuditAction, Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { emailChangedByAdminMail } from '../users/account-mails.js';
import {
  prepareUsernameChange,
  emailKeyOrNull,
  validateNames,
  prepareEmailChange,
  type NameChanges,
} from '../users/change-profile.js';
import { takenError } from '../users/create-user.js';
import { sendConfirmation, type SendConfirmationDeps } from '../users/request-verification.js';
import { notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import type { Role, User, UserStatus } from '../users/user.js';

export type ChangeAccountDeps = RecordAuditDeps &
  NotifyDeps &
  SendConfirmationDeps & {
    userStore: Pick<UserStore, 'changeAccount'>;
    secrets: SendConfirmationDeps['secrets'];
  };

export interface ChangeAccountInput extends NameChanges {
  caller: AdminCaller;
  userId: string;
  /** Undefined leaves it as it is. */
  role: Role | undefined;
  /** Undefined leaves it as it is. Who is disabled is signed out at once; their keys work again with the account. */
  status: UserStatus | undefined;
  origin: Origin;
}

/**
 * Changes an account on behalf of an administrator. Another email takes effect once it is confirmed by the mail that is sent
 * to it; the one in force is told, but cannot cancel it, and cancels no earlier change once it has taken effect. Refuses with
 * `admin_required`, `session_required`, `invalid_input`, `not_found`, `username_taken`, `email_taken`, or `last_admin` when
 * nobody would be left to administer.
 */
export async function changeAccount(deps: ChangeAccountDeps, input: ChangeAccountInput): Promise<User> {
  requireAdminSession(input.caller);
  throwIfInvalid(validateNames(input));
  const { userId, email, role, status } = input;
  const changed = await deps.userStore.changeAccount({
    userId,
    ...prepareUsernameChange(input.username),
    ...prepareEmailChange(deps, userId, email).wanted,
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
  });
  switch (changed.outcome) {
    case 'missing':
    case 'stale':
      throw notFound('account');
    case 'last_admin':
      throw new DomainError('last_admin', 'The last active administrator stays one, and active.');
    case 'username_taken':
    case 'email_taken':
      throw takenError(changed.outcome);
    case 'changed':
      for (const action of actionsOf(changed)) await recordAuditByAdmin(deps, action, input);
      if (email !== undefined) await notifyOfEmailChange(deps, input, { ...changed, email });
      return changed.user;
  }
}

/** Notes what a change of the email came to, and sends its mails. */
async function notifyOfEmailChange(
  deps: ChangeAccountDeps,
  input: ChangeAccountInput,
  { before, user, email }: Change & { email: string | null },
): Promise<void> {
  const { origin } = input;
  if (user.email !== before.email) await recordAuditByAdmin(deps, 'email_changed', input);
  if (emailKeyOrNull(email) === emailKeyOrNull(before.email)) return;
  if (email !== null) await recordAuditByAdmin(deps, 'email_change_requested', input);
  const former = { ...user, email: before.email };
  await notifyOwner(deps, former, origin, (to) => emailChangedByAdminMail(to, email));
  if (email !== null) await sendConfirmation(deps, { userId: user.id, origin });
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
  return actions;
}
