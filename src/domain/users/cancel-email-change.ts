import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { toAnotherPerson, type Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { invalidAuthToken, parseAuthToken } from '../auth/auth-token.js';
import { takenError } from './create-user.js';
import { notifyOwner, type NotifyDeps } from './notify-owner.js';

export interface CancelEmailChangeDeps extends RecordAuditDeps, NotifyDeps {
  emailChangeStore: Pick<EmailChangeStore, 'cancel'>;
  secrets: Secrets;
}

/**
 * Cancels a change of an email by the secret that was sent to the former address. If the change has taken effect, it is undone,
 * every session of the account ends, and the replaced address gets a mail. The caller does not have to be signed in. Rejects
 * with `invalid_auth_token`, or with `email_taken` if another account has confirmed the former address in the meantime.
 */
export async function cancelEmailChange(
  deps: CancelEmailChangeDeps,
  input: { cancellationSecret: string; origin: Origin },
): Promise<void> {
  const presented = parseAuthToken(deps.secrets, ['email_cancellation'], input.cancellationSecret);
  if (presented === null) throw invalidAuthToken();
  const cancelled = await deps.emailChangeStore.cancel(presented);
  if (cancelled.outcome === 'invalid') throw invalidAuthToken();
  if (cancelled.outcome === 'email_taken') throw takenError('email_taken');
  const { userId } = presented;
  const { origin } = input;
  const isRestored = cancelled.outcome === 'restored';
  await recordAudit(deps, isRestored ? 'email_restored' : 'email_change_cancelled', { userId, origin });
  if (!isRestored || cancelled.replacedEmail === cancelled.email) return;
  const replaced = { id: userId, username: cancelled.username, email: cancelled.replacedEmail };
  await notifyOwner(deps, replaced, toAnotherPerson(origin), (mails) => mails.emailRestored());
}
