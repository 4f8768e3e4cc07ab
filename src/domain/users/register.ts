import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { rememberNetwork, type KnownNetworkDeps } from '../auth/known-networks.js';
import { openSession } from '../auth/open-session.js';
import { requirePasswordSignIn } from '../auth/password-sign-in.js';
import { requiresFactor } from '../factors/factor.js';
import { signInChallenge } from '../factors/sign-in-challenge.js';
import type { OpenedSession } from '../auth/session.js';
import type { SessionDeps } from '../auth/create-auth-token-pair.js';
import type { Policy } from '../policy.js';
import { createUser, type CreateUserInput, type CreateUserDeps } from './create-user.js';
import { sendConfirmation, type SendConfirmationDeps } from './request-verification.js';
import type { ChallengeStore } from '../../ports/challenge-store.js';
import { firstPasswordVersion, type User } from './user.js';

export type RegisterDeps = CreateUserDeps &
  SessionDeps &
  RecordAuditDeps &
  SendConfirmationDeps &
  KnownNetworkDeps & {
    challengeStore: Pick<ChallengeStore, 'issue'>;
    policy: Pick<Policy, 'passwordSignIn' | 'requireTwoFactors'>;
  };

/**
 * Creates an account, opens its first session, and sends the mail that confirms its email. Rejects as `createUser` does,
 * or with `password_sign_in_off`. If every account must have a second factor, the account is created without a session, and the rejection is
 * `factor_setup_required`.
 */
export async function register(
  deps: RegisterDeps,
  input: CreateUserInput & { origin: Origin },
): Promise<{ user: User; session: OpenedSession }> {
  requirePasswordSignIn(deps);
  const user = await createUser(deps, { ...input, role: 'user' });
  await recordAudit(deps, 'registered', { userId: user.id, origin: input.origin });
  if (user.email !== null) await sendConfirmation(deps, { userId: user.id, origin: input.origin });
  if (requiresFactor(deps.policy.requireTwoFactors, user)) {
    const signIn = { userId: user.id, passwordVersion: firstPasswordVersion, methods: [] };
    throw await signInChallenge(deps, signIn);
  }
  const { userAgent } = input.origin;
  const session = await openSession(deps, {
    userId: user.id,
    passwordVersion: firstPasswordVersion,
    isProof: true,
    userAgent,
  });
  await rememberNetwork(deps, { userId: user.id, address: input.origin.address });
  return { user, session };
}
