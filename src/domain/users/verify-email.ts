import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { invalidAuthToken, parseAuthToken } from '../auth/auth-token.js';
import { takenError } from './create-user.js';
import { cancellableMs } from './email-change.js';

/**
 * Confirms the email that the link was sent to; a pending email takes effect. The caller does not have to be signed in. Rejects
 * with `invalid_auth_token`, or with `email_taken` if another account has the email by then.
 */
export async function verifyEmail(
  deps: RecordAuditDeps & { oneTimeTokenStore: Pick<OneTimeTokenStore, 'confirmEmail'>; secrets: Secrets },
  input: { confirmationSecret: string; origin: Origin },
): Promise<void> {
  const presented = parseAuthToken(deps.secrets, ['email_confirmation'], input.confirmationSecret);
  if (presented === null) throw invalidAuthToken();
  const outcome = await deps.oneTimeTokenStore.confirmEmail(presented, { cancellableMs });
  if (outcome === 'invalid') throw invalidAuthToken();
  if (outcome === 'email_taken') throw takenError('email_taken');
  const about = { userId: presented.userId, origin: input.origin };
  if (outcome === 'changed') await recordAudit(deps, 'email_changed', about);
  await recordAudit(deps, 'email_verified', about);
}
