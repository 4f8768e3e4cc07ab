import { toAnotherPerson, type Origin } from '../audit/audit-event.js';
import { recordAuditByAdmin, type RecordAuditDeps } from '../audit/record-audit.js';
import { requireAdminSession, type AdminCaller } from '../auth/caller.js';
import {
  createUser,
  type CreateUserInput,
  type CreateUserDeps,
  type InitialRights,
} from '../users/create-user.js';
import { sendConfirmation, type SendConfirmationDeps } from '../users/request-verification.js';
import type { User } from '../users/user.js';

export type CreateAccountDeps = CreateUserDeps & RecordAuditDeps & SendConfirmationDeps;

export type CreateAccountInput = CreateUserInput & InitialRights & { caller: AdminCaller; origin: Origin };

/**
 * Creates an account on behalf of an administrator, without a session, and sends the mail that confirms its email. Rejects
 * with `admin_required`, `session_required`, and as `createUser` does.
 */
export async function createAccount(deps: CreateAccountDeps, input: CreateAccountInput): Promise<User> {
  const { caller, origin, role } = input;
  requireAdminSession(caller);
  const user = await createUser(deps, input);
  const action = role === 'admin' ? 'administrator_created' : 'account_created';
  await recordAuditByAdmin(deps, action, { caller, origin, userId: user.id });
  if (user.email !== null) await sendConfirmation(deps, { userId: user.id, origin: toAnotherPerson(origin) });
  return user;
}
