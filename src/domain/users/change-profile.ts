import type { Ids } from '../../ports/ids.js';
import type { ProfileChange, UserStore, RequestedEmail } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { createAuthToken } from '../auth/auth-token.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmPassword, type ConfirmPasswordDeps } from '../auth/confirm-password.js';
import { DomainError, throwIfInvalid, type FieldErrors } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { consumeLimits } from '../limits/consume-limits.js';
import { emailChangeMail } from './account-mails.js';
import { takenError } from './create-user.js';
import { cancellableMs } from './email-change.js';
import { sendConfirmation, type SendConfirmationDeps } from './request-verification.js';
import { validateEmail, emailKey, validateUsername, usernameKey, type User } from './user.js';

export type ChangeProfileDeps = ConfirmPasswordDeps &
  RecordAuditDeps &
  SendConfirmationDeps & {
    userStore: Pick<UserStore, 'findById' | 'changeProfile'>;
    ids: Ids;
    secrets: SendConfirmationDeps['secrets'];
    policy: ConfirmPasswordDeps['policy'] & SendConfirmationDeps['policy'];
  };

/** The names that somebody wants an account to have. */
export interface NameChanges {
  /** Undefined leaves it as it is. */
  username: string | undefined;
  /** Undefined leaves it as it is; null removes it. */
  email: string | null | undefined;
}

export interface ChangeProfileInput extends NameChanges {
  caller: Caller;
  /** Needed for a change of email, which is what a forgotten password is sent to. */
  currentPassword: string | undefined;
  origin: Origin;
}

/**
 * Changes the caller's names. Another email takes effect once it is confirmed by the mail that is sent to it; until then
 * the one in force stays, and is sent a mail with a link that cancels the change. A removed email is gone at once, and gets
 * that mail too. The email that the account has already drops a change that is pending. Refuses with `session_required`,
 * `invalid_input`, `wrong_password`, `rate_limited`, `username_taken` or `email_taken`. Returns the account as it is then.
 */
export async function changeProfile(deps: ChangeProfileDeps, input: ChangeProfileInput): Promise<User> {
  requireSession(input.caller);
  const { username, email, caller } = input;
  const changesEmail = email !== undefined && emailKeyOrNull(email) !== emailKeyOrNull(caller.user.email);
  throwIfInvalid({
    ...validateNames({ username, email }),
    current_password: changesEmail && input.currentPassword === undefined ? ['Is required.'] : [],
  });
  const proof = changesEmail ? await confirmEmailChange(deps, input) : {};
  const { secret, wanted } = prepareEmailChange(deps, caller.user.id, email);
  const changed = await deps.userStore.changeProfile({
    userId: caller.user.id,
    ...proof,
    ...prepareUsernameChange(username),
    ...wanted,
  });
  switch (changed.outcome) {
    case 'missing':
      throw new DomainError('unauthenticated', 'This account is not active any more.');
    case 'stale':
      throw new DomainError('wrong_password', 'The password was replaced meanwhile.');
    case 'username_taken':
    case 'email_taken':
      throw takenError(changed.outcome);
    case 'changed':
      if (changed.user.username !== changed.before.username)
        await recordAuditByOwner(deps, 'username_changed', input);
      if (email !== undefined) await notifyOfEmailChange(deps, input, { ...changed, email, secret });
      return changed.user;
  }
}

/** Counts what a change of an email sends, so that no mailbox is filled; returns what proves the password. */
async function confirmEmailChange(
  deps: ChangeProfileDeps,
  input: ChangeProfileInput,
): Promise<{ passwordVersion: number }> {
  const { caller, email, origin } = input;
  const { passwordVersion } = await confirmPassword(deps, {
    ...{ caller, origin },
    password: input.currentPassword ?? '',
  });
  const addresses = [email, caller.user.email].filter((address) => typeof address === 'string');
  await consumeLimits(deps, [
    { limit: 'forgottenByAddress', subject: networkOf(origin.address) },
    ...addresses.map((address) => ({ limit: 'forgottenByEmail', subject: emailKey(address) }) as const),
  ]);
  return { passwordVersion };
}

/** Notes what a change of the email came to, and sends its mails. */
async function notifyOfEmailChange(
  deps: ChangeProfileDeps,
  input: ChangeProfileInput,
  { before, user, email, secret }: { before: User; user: User; email: string | null; secret: string },
): Promise<void> {
  if (emailKeyOrNull(email) === emailKeyOrNull(before.email)) {
    if (user.email !== before.email) await recordAuditByOwner(deps, 'email_changed', input);
    return;
  }
  await recordAuditByOwner(deps, email === null ? 'email_changed' : 'email_change_requested', input);
  const { id: userId, username } = user;
  if (before.email !== null) {
    const link = `${deps.policy.publicUrl}/cancel-email-change?token=${secret}`;
    const mail = emailChangeMail({ userId, username, email: before.email }, email, link);
    deps.mailer.post(mail, input.origin.requestId);
  }
  if (email !== null) await sendConfirmation(deps, { userId, origin: input.origin });
}

/** The email as it is stored, with the secret by which the former address can cancel the change. */
export function prepareEmailChange(
  deps: Pick<ChangeProfileDeps, 'secrets' | 'ids'>,
  userId: string,
  email: string | null | undefined,
): { secret: string; wanted: { email?: RequestedEmail } } {
  const { secret, reference } = createAuthToken(deps.secrets, 'email_cancellation', userId);
  if (email === undefined) return { secret, wanted: {} };
  const address = email === null ? null : { email, emailKey: emailKey(email) };
  const change = { changeId: deps.ids.next(), address, cancelDigest: reference.digest, cancellableMs };
  return { secret, wanted: { email: change } };
}

/** What is wrong with the names, by field. */
export function validateNames({ username, email }: NameChanges): FieldErrors {
  return {
    username: username === undefined ? [] : validateUsername(username),
    email: email === undefined || email === null ? [] : validateEmail(email),
  };
}

/** The username as it is stored, with what it is found by. */
export function prepareUsernameChange(username: string | undefined): Pick<ProfileChange, 'username'> {
  return username === undefined ? {} : { username: { username, usernameKey: usernameKey(username) } };
}

/** What an email is compared by; null for none. */
export function emailKeyOrNull(email: string | null): string | null {
  return email === null ? null : emailKey(email);
}
