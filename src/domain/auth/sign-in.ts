import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserCredentials, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { note, type NoteNeeds } from '../audit/note.js';
import { DomainError, isDomainError } from '../errors.js';
import type { LimitState } from '../limits/limit.js';
import { networkOf } from '../limits/network.js';
import type { User } from '../users/user.js';
import { findNamed } from '../users/user-name.js';
import { guardGuesses, type GuardGuessesNeeds } from './guard-guesses.js';
import { isKnownNetwork, rememberNetwork, type KnownNetworkNeeds } from './known-networks.js';
import { openSession } from './open-session.js';
import type { OpenedSession } from './session.js';
import type { SessionNeeds } from './mint-pair.js';
import { renewHash, type RenewHashNeeds } from './renew-hash.js';

export interface SignInNeeds extends CheckPasswordNeeds, GuardGuessesNeeds, SessionNeeds, KnownNetworkNeeds {
  policy: GuardGuessesNeeds['policy'] & SessionNeeds['policy'];
  secrets: SessionNeeds['secrets'];
}

interface CheckPasswordNeeds extends NoteNeeds {
  userStore: Pick<UserStore, 'findByName'> & RenewHashNeeds['userStore'];
  passwordHasher: PasswordHasher;
}

export interface SignInInput {
  /** A username or an email. */
  name: string;
  password: string;
  origin: Origin;
}

/**
 * Opens a session for a name and its password. Refuses with the one error `invalid_credentials` whether the name is
 * unknown, the password wrong or the account disabled, after exactly one password comparison each; and with
 * `rate_limited` as `guardGuesses` does, or `unavailable`, before any. Answers where the limits stand, null when there are none.
 */
export async function signIn(
  needs: SignInNeeds,
  input: SignInInput,
): Promise<{ user: User; session: OpenedSession; limit: LimitState | null }> {
  // What cannot be compared anyway costs no statement: a flood of it must not keep the database from others.
  needs.passwordHasher.refuseIfBusy(networkOf(input.origin.address));
  const { address } = input.origin;
  const guess = { name: input.name, address, isKnownHere: () => isKnownHere(needs, input) };
  const { result, limit } = await guardGuesses(needs, guess, () => checkPassword(needs, input));
  const { user, passwordVersion } = result;
  const session = await openSession(needs, {
    userId: user.id,
    passwordVersion,
    userAgent: input.origin.userAgent,
  }).catch((error: unknown) => {
    throw isDomainError(error) && error.code === 'unauthenticated' ? refusal() : error;
  });
  await rememberNetwork(needs, { userId: user.id, address });
  await note(needs, 'signed_in', { userId: user.id, subjectId: session.sessionId, origin: input.origin });
  return { user, session, limit };
}

/** As much work whether or not there is such an account. */
async function isKnownHere(needs: SignInNeeds, { name, origin }: SignInInput): Promise<boolean> {
  const found = await findNamed(needs, name);
  const userId = found?.user.id ?? needs.ids.next();
  return isKnownNetwork(needs, { userId, address: origin.address });
}

async function checkPassword(needs: CheckPasswordNeeds, input: SignInInput): Promise<UserCredentials> {
  const found = await findNamed(needs, input.name);
  const network = networkOf(input.origin.address);
  const matches = await needs.passwordHasher.verify(input.password, found?.passwordHash ?? null, network);
  if (found !== null && matches && found.user.status === 'active') {
    await renewHash(needs, { ...found, password: input.password, network });
    return found;
  }
  await note(needs, 'sign_in_failed', { userId: found?.user.id ?? null, origin: input.origin });
  throw refusal();
}

function refusal(): DomainError {
  return new DomainError('invalid_credentials', 'No active account has this name and password.');
}
