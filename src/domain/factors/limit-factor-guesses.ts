import { isDomainError } from '../errors.js';
import { consumeLimits, type LimitDeps } from '../limits/consume-limits.js';

/**
 * Calls `check`, which looks at a code, within the limit on wrong codes of an account. If it is used up, rejects with
 * `rate_limited` without a call of `check`. Only a rejection with `wrong_code` counts. A guess is counted before it is looked at
 * and given back afterwards, so that parallel guesses get no more attempts than sequential ones.
 */
export async function limitFactorGuesses<Result>(
  deps: LimitDeps,
  userId: string,
  check: () => Promise<Result>,
): Promise<Result> {
  const taken = await consumeLimits(deps, [{ limit: 'wrongCodesByUser', subject: userId }]);
  try {
    const result = await check();
    await taken.giveBack();
    return result;
  } catch (error) {
    if (isDomainError(error) && error.code === 'wrong_code') {
      throw taken.state === null ? error : error.with({ limit: taken.state });
    }
    // The error of `check` matters more than a failure to give the guess back.
    await taken.giveBack().catch(() => undefined);
    throw error;
  }
}
