import type { Mailer } from '../../ports/mailer.js';
import type { Origin } from '../audit/audit-event.js';
import { isDomainError } from '../errors.js';
import { consumeLimits, type LimitDeps } from '../limits/consume-limits.js';
import type { MailText, MailTexts } from '../mails/mail-texts.js';
import { postMail } from '../mails/post-mail.js';
import type { Policy } from '../policy.js';
import { emailKey, type User } from './user.js';

export interface NotifyDeps extends LimitDeps {
  mailer: Pick<Mailer, 'post'>;
  policy: LimitDeps['policy'] & Pick<Policy, 'publicUrl'>;
}

/**
 * Sends a mail about an account to its current email, confirmed or not, in the language of the request; does nothing without an
 * email. One address gets at most `noticesByEmail` such mails, since an account can have been registered with another person's
 * address. Never throws.
 */
export async function notifyOwner(
  deps: NotifyDeps,
  user: Pick<User, 'id' | 'username' | 'email'>,
  origin: Origin,
  textOf: (mails: MailTexts) => MailText,
): Promise<void> {
  const { id: userId, username, email } = user;
  if (email === null || (await isLimited(deps, email))) return;
  postMail(deps, { userId, username, email }, origin, textOf);
}

async function isLimited(deps: LimitDeps, email: string): Promise<boolean> {
  try {
    await consumeLimits(deps, [{ limit: 'noticesByEmail', subject: emailKey(email) }]);
    return false;
  } catch (error) {
    // If the rate limiter fails, the mail is sent: it is about the security of the account.
    return isDomainError(error) && error.code === 'rate_limited';
  }
}

/** Returns the URL of the page on which a password reset is requested. */
export function forgotPasswordLink({ policy }: { policy: Pick<Policy, 'publicUrl'> }): string {
  return `${policy.publicUrl}/#/forgotten`;
}

/** Returns the URL of the administration. */
export function administrationLink({ policy }: { policy: Pick<Policy, 'publicUrl'> }): string {
  return `${policy.publicUrl}/admin/`;
}

/** Returns the URL of the account page. */
export function accountLink({ policy }: { policy: Pick<Policy, 'publicUrl'> }): string {
  return `${policy.publicUrl}/#/account`;
}
