import type { Ids } from '../../ports/ids.js';
import type { ProfileChange, UserStore, RequestedEmail } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { changesOf } from '../audit/audit-details.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { createAuthToken } from '../auth/auth-token.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { confirmIdentity, type ConfirmIdentityDeps } from '../auth/confirm-identity.js';
import { DomainError, throwIfInvalid, type FieldErrors } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { consumeLimits } from '../limits/consume-limits.js';
import { postMail } from '../mails/post-mail.js';
import { takenError } from './create-user.js';
import { cancellableMs } from './email-change.js';
import { sendConfirmation, type SendConfirmationDeps } from './request-verification.js';
import {
  emailKey,
  emptyEmailToNull,
  validateEmail,
  validateUsername,
  usernameKey,
  type User,
} from './user.js';

export type ChangeProfileDeps = ConfirmIdentityDeps &
  RecordAuditDeps &
  SendConfirmationDeps & {
    userStore: Pick<UserStore, 'findById' | 'changeProfile'>;
    ids: Ids;
    secrets: SendConfirmationDeps['secrets'];
    policy: ConfirmIdentityDeps['policy'] & SendConfirmationDeps['policy'];
  };

/** Changes of the names of an account. */
export interface NameChanges {
  /** Undefined leaves it as it is. */
  username: string | undefined;
  /** Undefined leaves it as it is; null or empty removes it. */
  email: string | null | undefined;
}

export interface ChangeProfileInput extends NameChanges {
  caller: Caller;
  /**
   * For a change of the email, through which a password can be reset; undefined if the identity was proved within the last 10
   * minutes.
   */
  currentPassword: string | undefined;
  origin: Origin;
}

/**
 * Changes the caller's names and returns the account. Another email takes effect once it is confirmed through the mail that is
 * sent to it; until then the current one stays, and gets a mail with a link that cancels the change. A removed email is removed
 * at once, and gets that mail too. The current email as input drops a pending change. Rejects with `session_required`,
 * `invalid_input`, `proof_required`, `wrong_password`, `rate_limited`, `username_taken` or `email_taken`.
 */
export async function changeProfile(
  deps: ChangeProfileDeps,
  { email: submittedEmail, ...others }: ChangeProfileInput,
): Promise<User> {
  const email = emptyEmailToNull(submittedEmail);
  const input = { ...others, email };
  requireSession(input.caller);
  const { username, caller } = input;
  const changesEmail = email !== undefined && emailKeyOrNull(email) !== emailKeyOrNull(caller.user.email);
  throwIfInvalid(validateNames({ username, email }));
  const proof = changesEmail ? await confirmEmailChange(deps, input) : {};
  const { secret, emailChange } = prepareEmailChange(deps, caller.user.id, email);
  const changed = await deps.userStore.changeProfile({
    userId: caller.user.id,
    ...proof,
    ...prepareUsernameChange(username),
    ...emailChange,
  });
  switch (changed.outcome) {
    case 'missing':
      throw new DomainError('unauthenticated', 'This account is no longer active.');
    case 'stale':
      throw new DomainError('wrong_password', 'The password has changed in the meantime.');
    case 'username_taken':
    case 'email_taken':
      throw takenError(changed.outcome);
    case 'changed':
      if (changed.user.username !== changed.before.username) {
        const details = changesOf({ username: changed.before.username }, { username: changed.user.username });
        await recordAuditByOwner(deps, 'username_changed', { ...input, details });
      }
      if (email !== undefined) await notifyOfEmailChange(deps, input, { ...changed, email, secret });
      return changed.user;
  }
}

/** Requires a proof of identity, and limits how many mails changes of an email can send. */
async function confirmEmailChange(
  deps: ChangeProfileDeps,
  input: ChangeProfileInput,
): Promise<{ passwordVersion: number }> {
  const { caller, email, origin } = input;
  const { passwordVersion } = await confirmIdentity(deps, {
    ...{ caller, origin },
    currentPassword: input.currentPassword,
  });
  const addresses = [email, caller.user.email].filter((address) => typeof address === 'string');
  await consumeLimits(deps, [
    { limit: 'forgottenByAddress', subject: networkOf(origin.address) },
    ...addresses.map((address) => ({ limit: 'forgottenByEmail', subject: emailKey(address) }) as const),
  ]);
  return { passwordVersion };
}

/** Records a change of the email in the audit log and sends its mails. */
async function notifyOfEmailChange(
  deps: ChangeProfileDeps,
  input: ChangeProfileInput,
  { before, user, email, secret }: { before: User; user: User; email: string | null; secret: string },
): Promise<void> {
  // Without the addresses: an old one is kept only for as long as the change can be cancelled.
  if (emailKeyOrNull(email) === emailKeyOrNull(before.email)) {
    if (user.email !== before.email) await recordAuditByOwner(deps, 'email_changed', input);
    return;
  }
  await recordAuditByOwner(deps, email === null ? 'email_changed' : 'email_change_requested', input);
  const { id: userId, username } = user;
  if (before.email !== null) {
    const link = `${deps.policy.publicUrl}/cancel-email-change?token=${secret}`;
    const to = { userId, username, email: before.email };
    postMail(deps, to, input.origin, (mails) => mails.emailChange(email, link));
  }
  if (email !== null) await sendConfirmation(deps, { userId, origin: input.origin });
}

/** Returns the email as it is stored, and the secret by which the former address can cancel the change. */
export function prepareEmailChange(
  deps: Pick<ChangeProfileDeps, 'secrets' | 'ids'>,
  userId: string,
  email: string | null | undefined,
): { secret: string; emailChange: { email?: RequestedEmail } } {
  const { secret, reference } = createAuthToken(deps.secrets, 'email_cancellation', userId);
  if (email === undefined) return { secret, emailChange: {} };
  const address = email === null ? null : { email, emailKey: emailKey(email) };
  const change = { changeId: deps.ids.next(), address, cancelDigest: reference.digest, cancellableMs };
  return { secret, emailChange: { email: change } };
}

/** Returns the problems of the names, by field. */
export function validateNames({ username, email }: NameChanges): FieldErrors {
  return {
    username: username === undefined ? [] : validateUsername(username),
    email: email === undefined || email === null ? [] : validateEmail(email),
  };
}

/** Returns the username as it is stored, with its key. */
export function prepareUsernameChange(username: string | undefined): Pick<ProfileChange, 'username'> {
  return username === undefined ? {} : { username: { username, usernameKey: usernameKey(username) } };
}

/** Returns the key of an email; null for none. */
export function emailKeyOrNull(email: string | null): string | null {
  return email === null ? null : emailKey(email);
}
