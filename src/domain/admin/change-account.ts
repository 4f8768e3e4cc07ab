import type { UserStore } from '../../ports/user-store.js';
import { changesOf, type AuditDetails } from '../audit/audit-details.js';
import { toAnotherPerson, type AuditAction, type Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdminSession, type AdminCaller } from '../auth/caller.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
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
import { emptyEmailToNull, type Role, type User, type UserStatus } from '../users/user.js';

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
  /** Undefined leaves it as it is. `disabled` ends every session; API keys work again once the account is active. */
  status: UserStatus | undefined;
  origin: Origin;
}

/**
 * Changes an account on behalf of an administrator. Another email takes effect once it is confirmed through the mail that is
 * sent to it. The current email gets a notice, but no link that cancels the change. Once the change has taken effect, earlier
 * changes cannot be cancelled either. Rejects with `admin_required`, `session_required`, `invalid_input`, `not_found`,
 * `username_taken`, `email_taken`, or `last_admin` if no active administrator would remain.
 */
export async function changeAccount(deps: ChangeAccountDeps, input: ChangeAccountInput): Promise<User> {
  requireAdminSession(input.caller);
  const { userId, username, role, status } = input;
  const email = emptyEmailToNull(input.email);
  throwIfInvalid(validateNames({ username, email }));
  const changed = await deps.userStore.changeAccount({
    userId,
    ...prepareUsernameChange(username),
    ...prepareEmailChange(deps, userId, email).emailChange,
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
  });
  switch (changed.outcome) {
    case 'missing':
    case 'stale':
      throw notFound('account');
    case 'last_admin':
      throw new DomainError(
        'last_admin',
        'The last active administrator cannot be disabled or become a user.',
      );
    case 'username_taken':
    case 'email_taken':
      throw takenError(changed.outcome);
    case 'changed':
      for (const [action, details] of actionsOf(changed))
        await recordAuditByAdmin(deps, action, { ...input, details });
      if (email !== undefined) await notifyOfEmailChange(deps, input, { ...changed, email });
      return changed.user;
  }
}

/** Records a change of the email in the audit log and sends its mails. */
async function notifyOfEmailChange(
  deps: ChangeAccountDeps,
  input: ChangeAccountInput,
  { before, user, email }: Change & { email: string | null },
): Promise<void> {
  const origin = toAnotherPerson(input.origin);
  // Without the addresses: an old one is kept only for as long as the change can be cancelled.
  if (user.email !== before.email) await recordAuditByAdmin(deps, 'email_changed', input);
  if (emailKeyOrNull(email) === emailKeyOrNull(before.email)) return;
  if (email !== null) await recordAuditByAdmin(deps, 'email_change_requested', input);
  const former = { ...user, email: before.email };
  await notifyOwner(deps, former, origin, (mails) => mails.emailChangedByAdmin(email));
  if (email !== null) await sendConfirmation(deps, { userId: user.id, origin });
}

interface Change {
  before: User;
  user: User;
}

function actionsOf({ before, user }: Change): [AuditAction, AuditDetails | null][] {
  const actions = {
    role: user.role === 'admin' ? 'administrator_appointed' : 'administrator_dismissed',
    status: user.status === 'active' ? 'account_enabled' : 'account_disabled',
    username: 'username_changed',
  } as const;
  return (['role', 'status', 'username'] as const)
    .filter((field) => user[field] !== before[field])
    .map((field) => [actions[field], changesOf({ [field]: before[field] }, { [field]: user[field] })]);
}
