import type { CommonPasswords } from '../../ports/common-passwords.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { throwIfInvalid } from '../errors.js';
import { networkOf } from '../limits/network.js';
import type { Policy } from '../policy.js';
import { forgotPasswordLink, notifyOwner, type NotifyDeps } from '../users/notify-owner.js';
import { invalidAuthToken, parseAuthToken } from './auth-token.js';
import { rememberNetwork, type KnownNetworkDeps } from './known-networks.js';
import { requirePasswordSignIn } from './password-sign-in.js';
import { canonicalPassword, validatePassword } from './password.js';

export interface ResetPasswordDeps extends RecordAuditDeps, NotifyDeps, KnownNetworkDeps {
  oneTimeTokenStore: Pick<OneTimeTokenStore, 'findResetOwner' | 'resetPassword'>;
  passwordHasher: Pick<PasswordHasher, 'hash'>;
  commonPasswords: CommonPasswords;
  secrets: Secrets;
  policy: NotifyDeps['policy'] & Pick<Policy, 'passwordSignIn'>;
}

export interface ResetPasswordInput {
  resetSecret: string;
  newPassword: string;
  origin: Origin;
}

/**
 * Replaces a forgotten password, confirms the email that the link was sent to, ends every session and removes every API key.
 * Rejects with `password_sign_in_off`, `invalid_auth_token`, or with `invalid_input` and every problem of the password; the secret can then be used
 * again.
 */
export async function resetPassword(deps: ResetPasswordDeps, input: ResetPasswordInput): Promise<void> {
  requirePasswordSignIn(deps);
  const presented = parseAuthToken(deps.secrets, ['password_reset'], input.resetSecret);
  // Checked before the password is hashed, so that only a caller with a valid secret can cause that work.
  const owner = presented === null ? null : await deps.oneTimeTokenStore.findResetOwner(presented);
  if (presented === null || owner === null) throw invalidAuthToken();
  const isCommon = (lowerCased: string) => deps.commonPasswords.has(lowerCased);
  throwIfInvalid({ new_password: validatePassword(input.newPassword, owner, isCommon) });
  const passwordHash = await deps.passwordHasher.hash(
    canonicalPassword(input.newPassword),
    networkOf(input.origin.address),
  );
  const reset = await deps.oneTimeTokenStore.resetPassword(presented, passwordHash);
  if (reset === null) throw invalidAuthToken();
  const about = { userId: presented.userId, origin: input.origin };
  await rememberNetwork(deps, { userId: presented.userId, address: input.origin.address });
  await recordAudit(deps, 'password_reset', about);
  if (reset.removedKeys > 0) await recordAudit(deps, 'keys_removed', about);
  await notifyOwner(deps, { id: presented.userId, ...owner }, input.origin, (mails) =>
    mails.passwordChanged({ by: 'reset', ...reset }, forgotPasswordLink(deps)),
  );
}
