import type { Mail, Mailer } from '../../ports/mailer.js';
import type { Origin } from '../audit/audit-event.js';
import { isDomainError } from '../errors.js';
import { consumeLimits, type LimitDeps } from '../limits/consume-limits.js';
import type { Policy } from '../policy.js';
import type { Addressee } from './account-mails.js';
import { emailKey, type User } from './user.js';

/** Needed to tell the owner of an account what happened to it. */
export interface NotifyDeps extends LimitDeps {
  mailer: Pick<Mailer, 'post'>;
  policy: LimitDeps['policy'] & Pick<Policy, 'publicUrl'>;
}

/**
 * Posts a mail about an account to the email in force, confirmed or not; without an email, nothing. One address gets at
 * most `noticesByEmail` of them: what is beyond that is left out, since an account can have been registered with
 * another person's address. Never throws.
 */
export async function notifyOwner(
  deps: NotifyDeps,
  user: Pick<User, 'id' | 'username' | 'email'>,
  origin: Origin,
  mailFor: (to: Addressee) => Mail,
): Promise<void> {
  const { id: userId, username, email } = user;
  if (email === null || (await isLimited(deps, email))) return;
  deps.mailer.post(mailFor({ userId, username, email }), origin.requestId);
}

async function isLimited(deps: LimitDeps, email: string): Promise<boolean> {
  try {
    await consumeLimits(deps, [{ limit: 'noticesByEmail', subject: emailKey(email) }]);
    return false;
  } catch (error) {
    // A counter that cannot be reached must not keep a mail about security from its owner.
    return isDomainError(error) && error.code === 'rate_limited';
  }
}

/** The page that mails a link to choose a new password. */
export function forgotPasswordLink({ policy }: { policy: Pick<Policy, 'publicUrl'> }): string {
  return `${policy.publicUrl}/#/forgotten`;
}

/** The page of the account's own settings. */
export function accountLink({ policy }: { policy: Pick<Policy, 'publicUrl'> }): string {
  return `${policy.publicUrl}/#/account`;
}
