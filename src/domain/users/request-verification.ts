import type { Mailer } from '../../ports/mailer.js';
import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAuditByOwner, type RecordAuditDeps } from '../audit/record-audit.js';
import { createOneTimeToken } from '../auth/auth-token.js';
import { requireSession, type Caller } from '../auth/caller.js';
import { postMail } from '../mails/post-mail.js';
import type { Policy } from '../policy.js';

/** How long the link of a confirmation mail works. */
const confirmationTtlMs = 24 * 60 * 60 * 1000;

export interface SendConfirmationDeps {
  oneTimeTokenStore: Pick<OneTimeTokenStore, 'issueConfirmation'>;
  mailer: Mailer;
  secrets: Secrets;
  policy: Pick<Policy, 'publicUrl'>;
}

/**
 * Mails a link that confirms an account's email, in the language of the request; earlier links stop working. Does nothing if no
 * email is unconfirmed.
 */
export async function sendConfirmation(
  deps: SendConfirmationDeps,
  { userId, origin }: { userId: string; origin: Origin },
): Promise<void> {
  const { digest, secretFor } = createOneTimeToken(deps.secrets, 'email_confirmation');
  const issue = { userId, digest, ttlMs: confirmationTtlMs };
  const addressee = await deps.oneTimeTokenStore.issueConfirmation(issue);
  if (addressee === null) return;
  const link = `${deps.policy.publicUrl}/verify-email?token=${secretFor(addressee.userId)}`;
  postMail(deps, addressee, origin, (mails) => mails.confirmation(link));
}

/**
 * Mails the caller a link that confirms their email. Does nothing if no email is unconfirmed. Rejects with `session_required`.
 */
export async function requestVerification(
  deps: SendConfirmationDeps & RecordAuditDeps,
  input: { caller: Caller; origin: Origin },
): Promise<void> {
  requireSession(input.caller);
  await recordAuditByOwner(deps, 'verification_requested', input);
  await sendConfirmation(deps, { userId: input.caller.user.id, origin: input.origin });
}
