import { isDomainError, type ErrorCode } from '../errors.js';
import type { LimitState } from '../limits/rate-limits.js';
import { networkOf } from '../limits/network.js';
import { consumeLimits, type LimitedSubject, type LimitDeps } from '../limits/consume-limits.js';
import { loginNameKey } from '../users/login-name.js';

export type LimitPasswordGuessesDeps = LimitDeps;

/** An attempt to prove a password. */
export interface Guess {
  /** The username or email, as it was submitted. */
  name: string;
  /**
   * The account and session of a signed-in caller. Their guesses also count by account and by session, since the caller could
   * change the name or the address to get more guesses.
   */
  signedIn?: { userId: string; sessionId: string };
  address: string | null;
  /**
   * Returns true if the account's owner has signed in from this network before, so that wrong guesses from elsewhere do not
   * lock them out. Called only once the limit by name is used up.
   */
  isKnownHere: () => Promise<boolean>;
}

/** The error codes of a wrong password. */
const wrongGuesses: ReadonlySet<ErrorCode> = new Set(['invalid_credentials', 'wrong_password']);

/**
 * Calls `check`, which compares a password, within three limits on wrong guesses: by name and address, by address, and by
 * name. If one is used up, rejects with `rate_limited` without a call of `check`. The limit by name does not apply where the
 * owner is known.
 *
 * Only guesses that `check` rejects with `invalid_credentials` or `wrong_password` count, by the submitted name, whether or
 * not an account has it. A guess is counted before its comparison and given back afterwards, so that parallel guesses get no
 * more attempts than sequential ones.
 *
 * Returns the result of `check` and the state of the limit that is closest to its end; the error of a wrong guess has that
 * state in its details.
 */
export async function limitPasswordGuesses<Result>(
  deps: LimitPasswordGuessesDeps,
  guess: Guess,
  check: () => Promise<Result>,
): Promise<{ result: Result; limit: LimitState | null }> {
  const { signedIn, isKnownHere: isExempt } = guess;
  const name = { name: loginNameKey(guess.name) };
  const accounts = signedIn === undefined ? [name] : [name, { id: signedIn.userId }];
  const network = networkOf(guess.address);
  const session = signedIn === undefined ? null : JSON.stringify({ session: signedIn.sessionId });
  // The address comes first: once its guesses are used up, it must not use up those of accounts.
  const taken = await consumeLimits(deps, [
    { limit: 'guessesByAddress', subject: network },
    { limit: 'guessesByNameAndAddress', subject: session },
    ...accounts.flatMap((account): LimitedSubject[] => [
      { limit: 'guessesByNameAndAddress', subject: JSON.stringify([account, network]) },
      { limit: 'guessesByName', subject: JSON.stringify(account), isExempt },
    ]),
  ]);
  const result = await check().catch(async (error: unknown) => {
    if (isDomainError(error) && wrongGuesses.has(error.code)) {
      throw taken.state === null ? error : error.with({ limit: taken.state });
    }
    // The error of `check` matters more than a failure to give the guess back.
    await taken.giveBack().catch(() => undefined);
    throw error;
  });
  return { result, limit: await taken.giveBack() };
}
