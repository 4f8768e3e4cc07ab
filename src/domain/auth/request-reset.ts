import type { Mailer } from '../../ports/mailer.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { throwIfInvalid } from '../errors.js';
import type { Addressee } from '../mails/compose-mail.js';
import { postMail } from '../mails/post-mail.js';
import type { Policy } from '../policy.js';
import { requirePasswordSignIn } from './password-sign-in.js';
import { emailKeysOf } from '../users/login-name.js';
import { isPossibleName } from '../users/user.js';
import { createOneTimeToken } from './auth-token.js';

/** How long the link of a reset mail works. */
const resetTtlMs = 60 * 60 * 1000;

export interface RequestResetDeps extends RecordAuditDeps {
  oneTimeTokenStore: Pick<OneTimeTokenStore, 'issueReset'>;
  mailer: Mailer;
  secrets: Secrets;
  policy: Pick<Policy, 'publicUrl' | 'passwordSignIn'>;
}

/**
 * Mails a link that resets a forgotten password, if an active account has this email; earlier links stop working. The caller
 * cannot find out whether there is an account: the work is the same, and the mail is sent in the background. Rejects with
 * `invalid_input` if no account can have this email, or with `password_sign_in_off`.
 */
export async function requestReset(
  deps: RequestResetDeps,
  input: { email: string; origin: Origin },
): Promise<void> {
  requirePasswordSignIn(deps);
  throwIfInvalid({ email: isPossibleName(input.email) ? [] : ['Must be an email address.'] });
  const { digest, secretFor } = createOneTimeToken(deps.secrets, 'password_reset');
  const addressee = await issueReset(deps, input.email, digest);
  await recordAudit(deps, 'password_reset_requested', {
    userId: addressee?.userId ?? null,
    origin: input.origin,
  });
  if (addressee === null) return;
  const link = `${deps.policy.publicUrl}/reset-password?token=${secretFor(addressee.userId)}`;
  postMail(deps, addressee, input.origin, (mails) => mails.reset(link));
}

/** Makes one query; two for an email whose domain is not in ASCII: see `emailKeysOf`. */
async function issueReset(
  { oneTimeTokenStore }: Pick<RequestResetDeps, 'oneTimeTokenStore'>,
  email: string,
  digest: string,
): Promise<Addressee | null> {
  for (const key of emailKeysOf(email)) {
    const addressee = await oneTimeTokenStore.issueReset({ emailKey: key, digest, ttlMs: resetTtlMs });
    if (addressee !== null) return addressee;
  }
  return null;
}
