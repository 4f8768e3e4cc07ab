import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { createUser, type CreateUserInput, type CreateUserDeps } from '../users/create-user.js';
import { unknownOrigin } from '../audit/audit-event.js';
import { requireOperator, type OperatorCaller } from '../auth/caller.js';
import type { User } from '../users/user.js';

/** Creates the account of an administrator on behalf of the operator. Rejects with `admin_required`, and as `createUser` does. */
export async function createAdmin(
  deps: CreateUserDeps & RecordAuditDeps,
  input: CreateUserInput & { caller: OperatorCaller },
): Promise<User> {
  requireOperator(input.caller);
  const user = await createUser(deps, { ...input, role: 'admin', origin: unknownOrigin });
  await recordAudit(deps, 'administrator_created', { userId: user.id, origin: unknownOrigin });
  return user;
}
