import type { Origin } from '../audit/audit-event.js';
import { noteByAdmin, type NoteNeeds } from '../audit/note.js';
import { requireAdmin, requireSession, type Caller } from '../auth/caller.js';
import {
  createUser,
  type CreateUserInput,
  type CreateUserNeeds,
  type GivenRights,
} from '../users/create-user.js';
import { sendConfirmation, type SendConfirmationNeeds } from '../users/request-verification.js';
import type { User } from '../users/user.js';

export type CreateAccountNeeds = CreateUserNeeds & NoteNeeds & SendConfirmationNeeds;

export type CreateAccountInput = CreateUserInput & GivenRights & { caller: Caller; origin: Origin };

/**
 * Creates an account on behalf of an administrator, opens no session, and sends the mail that confirms its email. Refuses
 * with `admin_required`, `session_required`, and as `createUser` does.
 */
export async function createAccount(needs: CreateAccountNeeds, input: CreateAccountInput): Promise<User> {
  const { caller, origin, role } = input;
  requireAdmin(caller);
  requireSession(caller);
  const user = await createUser(needs, input);
  const action = role === 'admin' ? 'administrator_created' : 'account_created';
  await noteByAdmin(needs, action, { caller, origin, userId: user.id });
  if (user.email !== null) await sendConfirmation(needs, { userId: user.id, origin });
  return user;
}
