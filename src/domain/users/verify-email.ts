import type { OneTimeTokenStore } from '../../ports/one-time-token-store.js';
import type { Secrets } from '../../ports/secrets.js';
import type { Origin } from '../audit/audit-event.js';
import { note, type NoteNeeds } from '../audit/note.js';
import { invalidAuthToken, readAuthToken } from '../auth/auth-token.js';

/**
 * Verifies the email that a confirmation was sent to, by whoever has it: nobody need be signed in. Refuses with
 * `invalid_auth_token`.
 */
export async function verifyEmail(
  needs: NoteNeeds & { oneTimeTokenStore: Pick<OneTimeTokenStore, 'confirmEmail'>; secrets: Secrets },
  input: { confirmationSecret: string; origin: Origin },
): Promise<void> {
  const presented = readAuthToken(needs.secrets, ['email_confirmation'], input.confirmationSecret);
  if (presented === null || !(await needs.oneTimeTokenStore.confirmEmail(presented)))
    throw invalidAuthToken();
  await note(needs, 'email_verified', { userId: presented.userId, origin: input.origin });
}
