import type { FirstAdminStore } from '../../ports/first-admin-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { invalidAuthToken } from '../auth/auth-token.js';
import { rememberNetwork, type KnownNetworkDeps } from '../auth/known-networks.js';
import type { SessionDeps } from '../auth/create-auth-token-pair.js';
import { openSession } from '../auth/open-session.js';
import type { OpenedSession } from '../auth/session.js';
import { prepareUser, takenError, type CreateUserInput, type PrepareUserDeps } from '../users/create-user.js';
import { sendConfirmation, type SendConfirmationDeps } from '../users/request-verification.js';
import { firstPasswordVersion, type User } from '../users/user.js';

export type CreateFirstAdminDeps = PrepareUserDeps &
  SessionDeps &
  RecordAuditDeps &
  SendConfirmationDeps &
  KnownNetworkDeps & {
    firstAdminStore: Pick<FirstAdminStore, 'isUsable' | 'create'>;
    policy: PrepareUserDeps['policy'] & SessionDeps['policy'] & SendConfirmationDeps['policy'];
  };

/**
 * Creates the first administrator for a caller who has the secret of the link, and opens their session. Rejects with
 * `invalid_auth_token` if the secret is unknown, used or expired, or if there is an active administrator. Otherwise rejects
 * as `createUser` does; the secret can then be used again.
 */
export async function createFirstAdmin(
  deps: CreateFirstAdminDeps,
  input: CreateUserInput & { setupSecret: string; origin: Origin },
): Promise<{ user: User; session: OpenedSession }> {
  const { setupSecret, origin } = input;
  const isWellFormed = /^mcs_[A-Za-z0-9_-]{43}$/.test(setupSecret);
  const digest = deps.secrets.digest(setupSecret);
  // Checked before the password is hashed, so that only a caller with a valid secret can cause that work.
  if (!isWellFormed || !(await deps.firstAdminStore.isUsable(digest))) throw invalidAuthToken();
  const created = await deps.firstAdminStore.create(
    digest,
    await prepareUser(deps, { ...input, role: 'admin' }),
  );
  if (created.outcome === 'invalid') throw invalidAuthToken();
  if (created.outcome !== 'created') throw takenError(created.outcome);
  const { user } = created;
  await recordAudit(deps, 'administrator_created', { userId: user.id, origin });
  if (user.email !== null) await sendConfirmation(deps, { userId: user.id, origin });
  const session = await openSession(deps, {
    userId: user.id,
    passwordVersion: firstPasswordVersion,
    isProof: true,
    userAgent: origin.userAgent,
  });
  await rememberNetwork(deps, { userId: user.id, address: origin.address });
  return { user, session };
}
