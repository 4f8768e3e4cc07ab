import { isDomainError, type ErrorCode } from '../errors.js';
import type { LimitState } from '../limits/limit.js';
import { networkOf } from '../limits/network.js';
import { consumeLimits, type LimitedSubject, type LimitDeps } from '../limits/consume-limits.js';
import { loginNameKey } from '../users/login-name.js';

export type LimitPasswordGuessesDeps = LimitDeps;

/** Whose password is tried, and from where. */
export interface Guess {
  /** The username or email, as it was submitted. */
  name: string;
  /**
   * The account and session of a caller who is signed in. Their guesses count by both as well: they can change the name and
   * the address, and would have as many guesses again.
   */
  signedIn?: { userId: string; sessionId: string };
  address: string | null;
  /**
   * Returns true if the account's owner is known here, so that wrong guesses from elsewhere do not keep them out. Called
   * only once the limit for the account from anywhere is used up.
   */
  isKnownHere: () => Promise<boolean>;
}

/** What says that a password was wrong. */
const wrongGuesses: ReadonlySet<ErrorCode> = new Set(['invalid_credentials', 'wrong_password']);

/**
 * Lets `check` compare a password, unless too many for this name from this address, from this address, or for this name
 * from anywhere were wrong: then refuses with `rate_limited` and calls nothing. Where the owner is known, guesses from
 * anywhere do not count against them. Wrong is what `check` refuses with
 * `invalid_credentials` or `wrong_password`; that alone counts, by the name as it was submitted, whether or not somebody
 * has it. A guess counts from before its comparison, so that any number at once are no more than as many in turn.
 *
 * Answers what `check` answers and where the limits stand; where they stand is also in the details of a wrong guess.
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
  // The address first: one that has used up its guesses must not use up those of accounts.
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
    // What went wrong matters more than that one guess too many stays counted.
    await taken.giveBack().catch(() => undefined);
    throw error;
  });
  return { result, limit: await taken.giveBack() };
}
