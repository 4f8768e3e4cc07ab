import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserCredentials, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { recordAudit, type RecordAuditDeps } from '../audit/record-audit.js';
import { DomainError, isDomainError } from '../errors.js';
import type { LimitState } from '../limits/rate-limits.js';
import { networkOf } from '../limits/network.js';
import type { User } from '../users/user.js';
import { findByLoginName } from '../users/login-name.js';
import { limitPasswordGuesses, type LimitPasswordGuessesDeps } from './limit-password-guesses.js';
import { completeSignIn, type CompleteSignInDeps } from './complete-sign-in.js';
import type { Policy } from '../policy.js';
import { requirePasswordSignIn } from './password-sign-in.js';
import { isKnownNetwork } from './known-networks.js';
import type { OpenedSession } from './session.js';
import { rehashPassword, type RehashPasswordDeps } from './rehash-password.js';

export interface SignInDeps extends CheckPasswordDeps, LimitPasswordGuessesDeps, CompleteSignInDeps {
  policy: LimitPasswordGuessesDeps['policy'] & CompleteSignInDeps['policy'] & Pick<Policy, 'passwordSignIn'>;
  secrets: CompleteSignInDeps['secrets'];
}

interface CheckPasswordDeps extends RecordAuditDeps {
  userStore: Pick<UserStore, 'findByName'> & RehashPasswordDeps['userStore'];
  passwordHasher: PasswordHasher;
}

export interface SignInInput {
  /** A username or an email. */
  name: string;
  password: string;
  origin: Origin;
}

/**
 * Opens a session for a username or email and its password. Rejects with `invalid_credentials` if the name is unknown, the
 * password wrong or the account disabled: the same error, after exactly one password comparison. Rejects before that
 * comparison with `password_sign_in_off`, `rate_limited`, as `limitPasswordGuesses` does, or `unavailable`. Also returns the state of the limits; null
 * if there are none.
 */
export async function signIn(
  deps: SignInDeps,
  input: SignInInput,
): Promise<{ user: User; session: OpenedSession; limit: LimitState | null }> {
  requirePasswordSignIn(deps);
  // Rejected before any query, so that a flood of sign-ins does not load the database.
  deps.passwordHasher.throwIfBusy(networkOf(input.origin.address));
  const { address } = input.origin;
  const guess = { name: input.name, address, isKnownHere: () => isKnownHere(deps, input) };
  const { result, limit } = await limitPasswordGuesses(deps, guess, () => checkPassword(deps, input));
  const { user, passwordVersion } = result;
  const proof = { user, passwordVersion, method: 'password', origin: input.origin } as const;
  const session = await completeSignIn(deps, proof).catch((error: unknown) => {
    throw isDomainError(error) && error.code === 'unauthenticated' ? invalidCredentials() : error;
  });
  return { user, session, limit };
}

/** Does the same work whether or not the account exists. */
async function isKnownHere(deps: SignInDeps, { name, origin }: SignInInput): Promise<boolean> {
  const found = await findByLoginName(deps, name);
  const userId = found?.user.id ?? deps.ids.next();
  return isKnownNetwork(deps, { userId, address: origin.address });
}

async function checkPassword(deps: CheckPasswordDeps, input: SignInInput): Promise<UserCredentials> {
  const found = await findByLoginName(deps, input.name);
  const network = networkOf(input.origin.address);
  const matches = await deps.passwordHasher.verify(input.password, found?.passwordHash ?? null, network);
  if (found !== null && matches && found.user.status === 'active') {
    await rehashPassword(deps, { ...found, password: input.password, network });
    return found;
  }
  await recordAudit(deps, 'sign_in_failed', { userId: found?.user.id ?? null, origin: input.origin });
  throw invalidCredentials();
}

function invalidCredentials(): DomainError {
  return new DomainError('invalid_credentials', 'No active account has this name and password.');
}
