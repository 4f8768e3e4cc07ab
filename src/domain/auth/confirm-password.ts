import type { PasswordHasher } from '../../ports/password-hasher.js';
import type { UserCredentials, UserStore } from '../../ports/user-store.js';
import type { Origin } from '../audit/audit-event.js';
import { DomainError } from '../errors.js';
import { networkOf } from '../limits/network.js';
import { requireSession, type Caller } from './caller.js';
import { limitPasswordGuesses, type LimitPasswordGuessesDeps } from './limit-password-guesses.js';

export interface ConfirmPasswordDeps extends LimitPasswordGuessesDeps {
  userStore: Pick<UserStore, 'findById'>;
  passwordHasher: Pick<PasswordHasher, 'verify'>;
}

/**
 * Checks the password of a signed-in caller before a sensitive change. Returns the account as it is now. Rejects with
 * `session_required`, `wrong_password`, `unauthenticated` if the account no longer exists, or `rate_limited` as
 * `limitPasswordGuesses` does.
 */
export async function confirmPassword(
  deps: ConfirmPasswordDeps,
  input: { caller: Caller; password: string; origin: Origin },
): Promise<UserCredentials> {
  const { id, username } = input.caller.user;
  const { address } = input.origin;
  const guess = {
    name: username,
    signedIn: { userId: id, sessionId: requireSession(input.caller) },
    address,
    // The session proves that they signed in before, and has a limit of its own.
    isKnownHere: () => Promise.resolve(true),
  };
  const attempt = { userId: id, password: input.password, network: networkOf(address) };
  const { result } = await limitPasswordGuesses(deps, guess, () => checkPassword(deps, attempt));
  return result;
}

async function checkPassword(
  deps: ConfirmPasswordDeps,
  { userId, password, network }: { userId: string; password: string; network: string | null },
): Promise<UserCredentials> {
  const found = await deps.userStore.findById(userId);
  if (found === null) throw new DomainError('unauthenticated', 'This account is no longer active.');
  const matches = await deps.passwordHasher.verify(password, found.passwordHash, network);
  if (!matches) throw new DomainError('wrong_password', 'The current password is wrong.');
  return found;
}
