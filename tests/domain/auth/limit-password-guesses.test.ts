import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { limitPasswordGuesses, type Guess } from '../../../src/domain/auth/limit-password-guesses.js';
import { DomainError, type ErrorCode } from '../../../src/domain/errors.js';
import { noLimits } from '../../../src/domain/limits/rate-limits.js';
import type { LimitDeps } from '../../../src/domain/limits/consume-limits.js';

const windowMs = 15 * 60_000;
const limits = {
  ...noLimits,
  guessesByNameAndAddress: { max: 10, windowMs },
  guessesByAddress: { max: 50, windowMs },
  guessesByName: { max: 100, windowMs },
};

let deps: LimitDeps;
let comparisons: number;

beforeEach(() => {
  comparisons = 0;
  deps = {
    rateLimiter: memoryRateLimiter(),
    secrets: { digest: (text) => createHash('sha256').update(text).digest('hex') },
    policy: { limits },
  };
});

/** A guess from where the account's owner is not known, unless it says otherwise. */
type TestGuess = Omit<Guess, 'isKnownHere'> & { isKnownHere?: boolean };

function guarded<Result>({ isKnownHere = false, ...guess }: TestGuess, check: () => Promise<Result>) {
  return limitPasswordGuesses(deps, { ...guess, isKnownHere: () => Promise.resolve(isKnownHere) }, check);
}

async function wrong(code: ErrorCode): Promise<never> {
  comparisons += 1;
  await Promise.resolve();
  throw new DomainError(code, 'Wrong.');
}

/** The code of what comes of a wrong guess. */
function guessWrongly(guess: TestGuess, code: ErrorCode = 'invalid_credentials'): Promise<ErrorCode | null> {
  return codeOf(guarded(guess, () => wrong(code)));
}

/** The code of what comes of the right password: null. */
function guessRightly(guess: TestGuess): Promise<ErrorCode | null> {
  return codeOf(
    guarded(guess, () => {
      comparisons += 1;
      return Promise.resolve();
    }),
  );
}

async function codeOf(response: Promise<unknown>): Promise<ErrorCode | null> {
  try {
    await response;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

async function failTimes(times: number, guessOf: (index: number) => TestGuess): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    expect(await guessWrongly(guessOf(index)), `number ${index}`).toBe('invalid_credentials');
  }
}

/** An address of another network for each number. */
const addressOf = (index: number) => `10.0.${Math.floor(index / 250)}.${index % 250}`;
const jane = { name: 'jane_doe', address: '192.0.2.1' };
const signedIn = (who: string) => ({ userId: `id of ${who}`, sessionId: `session of ${who}` });

describe('guesses for one name from one address', () => {
  test('after ten wrong ones, not even the right password is compared', async () => {
    await failTimes(10, () => jane);
    expect(await guessRightly(jane)).toBe('rate_limited');
    expect(await guessWrongly(jane)).toBe('rate_limited');
    expect(comparisons).toBe(10);
  });

  test('the error has the time to wait and the state of the limit', async () => {
    await failTimes(10, () => jane);
    const refusal: unknown = await guarded(jane, () => wrong('invalid_credentials')).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: 'rate_limited', details: { limit: { max: 10, remaining: 0 } } });
    const { retryAfterSeconds = 0 } = (refusal as DomainError).details;
    expect(retryAfterSeconds).toBeGreaterThan(890);
    expect(retryAfterSeconds).toBeLessThanOrEqual(900);
  });

  test('the error of a wrong guess has how many are left', async () => {
    await failTimes(3, () => jane);
    await expect(guarded(jane, () => wrong('invalid_credentials'))).rejects.toMatchObject({
      code: 'invalid_credentials',
      message: 'Wrong.',
      details: { limit: { max: 10, remaining: 6 } },
    });
  });

  test('right guesses do not count, in any number or order', async () => {
    for (let index = 0; index < 30; index += 1) expect(await guessRightly(jane)).toBeNull();
    await failTimes(9, () => jane);
    for (let index = 0; index < 30; index += 1) expect(await guessRightly(jane)).toBeNull();
    await failTimes(1, () => jane);
    expect(await guessRightly(jane)).toBe('rate_limited');
  });

  test('a right guess returns the result of the check, and how many wrong ones are left', async () => {
    await failTimes(4, () => jane);
    const response = await guarded(jane, () => Promise.resolve('jane'));
    expect(response).toMatchObject({ result: 'jane', limit: { max: 10, remaining: 6 } });
  });

  test('a check that fails for another reason does not count', async () => {
    for (let index = 0; index < 20; index += 1) {
      expect(await guessWrongly(jane, 'unavailable')).toBe('unavailable');
      await expect(guarded(jane, () => Promise.reject(new TypeError('A bug.')))).rejects.toBeInstanceOf(
        TypeError,
      );
    }
    await failTimes(10, () => jane);
  });

  test('wrong passwords of signed-in users count in the same way', async () => {
    for (let index = 0; index < 5; index += 1) {
      expect(await guessWrongly(jane, 'wrong_password')).toBe('wrong_password');
    }
    await failTimes(5, () => jane);
    expect(await guessWrongly(jane, 'wrong_password')).toBe('rate_limited');
  });

  test('a signed-in user gets no more guesses under another name', async () => {
    for (let index = 0; index < 10; index += 1) {
      const renamed = { ...jane, name: `jane_${index}`, signedIn: signedIn('jane') };
      expect(await guessWrongly(renamed, 'wrong_password')).toBe('wrong_password');
    }
    expect(await guessRightly({ ...jane, name: 'jane_new', signedIn: signedIn('jane') })).toBe(
      'rate_limited',
    );
    expect(await guessRightly({ ...jane, name: 'jane_new', signedIn: signedIn('john') })).toBeNull();
  });

  test('fifty parallel wrong guesses lead to ten comparisons', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => guessWrongly(jane)));
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(40);
    expect(comparisons).toBe(10);
  });

  test('the case of a name does not matter, nor how its accents are encoded', async () => {
    await failTimes(5, () => ({ ...jane, name: 'Jos\u00e9@Example.com' }));
    await failTimes(5, () => ({ ...jane, name: 'jose\u0301@example.COM' }));
    expect(await guessRightly({ ...jane, name: 'jos\u00e9@example.com' })).toBe('rate_limited');
  });

  test('all unknown addresses count as one', async () => {
    await failTimes(10, () => ({ name: 'jane_doe', address: null }));
    expect(await guessRightly({ name: 'jane_doe', address: null })).toBe('rate_limited');
    expect(await guessRightly(jane)).toBeNull();
  });

  test('addresses of one IPv6 network count as one', async () => {
    await failTimes(10, (index) => ({ name: 'jane_doe', address: `2001:db8::${index + 1}:1` }));
    expect(await guessRightly({ name: 'jane_doe', address: '2001:db8::ffff' })).toBe('rate_limited');
    expect(await guessRightly({ name: 'jane_doe', address: '2001:db8:0:1::1' })).toBeNull();
  });
});

describe('rejected with rate_limited', () => {
  test('is no guess from another address', async () => {
    await failTimes(10, () => jane);
    expect(await guessRightly({ ...jane, address: '192.0.2.2' })).toBeNull();
  });

  test('is no guess for another name', async () => {
    await failTimes(10, () => jane);
    expect(await guessRightly({ ...jane, name: 'john_doe' })).toBeNull();
  });

  test('is an address, after fifty wrong guesses for any names', async () => {
    await failTimes(50, (index) => ({ ...jane, name: `user_${index}` }));
    expect(await guessRightly({ ...jane, name: 'other_user' })).toBe('rate_limited');
    expect(await guessRightly({ name: 'other_user', address: '192.0.2.2' })).toBeNull();
    expect(comparisons).toBe(51);
  });

  test('is an account from every address, after a hundred wrong guesses for it', async () => {
    await failTimes(100, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    expect(await guessRightly({ name: 'jane_doe', address: addressOf(200) })).toBe('rate_limited');
    expect(await guessRightly({ name: 'john_doe', address: addressOf(200) })).toBeNull();
  });

  test('is not the owner in a known network, after any number of guesses from elsewhere', async () => {
    await failTimes(100, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    const known = { ...jane, isKnownHere: true };
    expect(await guessRightly(jane)).toBe('rate_limited');
    for (let index = 0; index < 20; index += 1) expect(await guessRightly(known)).toBeNull();
    await failTimes(10, () => known);
    expect(await guessRightly(known)).toBe('rate_limited');
    expect(comparisons).toBe(130);
  });

  test('is a signed-in user only after ten wrong guesses by their session', async () => {
    await failTimes(100, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    const inSession = (index: number) => ({
      name: 'jane_doe',
      address: addressOf(200 + index),
      signedIn: signedIn('jane'),
      isKnownHere: true,
    });
    await failTimes(10, inSession);
    expect(await guessRightly(inSession(11))).toBe('rate_limited');
    const another = { ...inSession(12), signedIn: { ...signedIn('jane'), sessionId: 'another' } };
    expect(await guessRightly(another)).toBeNull();
  });

  test('the known networks are checked only once the limit by name is used up', async () => {
    const asked: number[] = [];
    for (let index = 0; index < 101; index += 1) {
      const guess = {
        name: 'jane_doe',
        address: addressOf(index),
        isKnownHere: () => {
          asked.push(index);
          return Promise.resolve(false);
        },
      };
      await codeOf(limitPasswordGuesses(deps, guess, () => wrong('invalid_credentials')));
    }
    expect(asked).toEqual([100]);
  });

  test('is no account because of guesses from an address that is itself over its limit', async () => {
    await failTimes(10, () => jane);
    for (let index = 0; index < 200; index += 1) expect(await guessWrongly(jane)).toBe('rate_limited');
    await failTimes(40, (index) => ({ ...jane, name: `user_${index}` }));
    for (let index = 0; index < 200; index += 1) expect(await guessWrongly(jane)).toBe('rate_limited');
    await failTimes(90, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    expect(await guessWrongly({ name: 'jane_doe', address: addressOf(200) })).toBe('rate_limited');
  });
});

test('the key of a count does not reveal its subject', async () => {
  const keys: string[] = [];
  const { rateLimiter } = deps;
  deps.rateLimiter = {
    take: (count) => {
      keys.push(count.key);
      return rateLimiter.take(count);
    },
  };
  await failTimes(1, () => ({ ...jane, signedIn: signedIn('jane') }));
  expect(keys).toHaveLength(6);
  for (const key of keys) expect(key).toMatch(/^guesses\w+:[0-9a-f]{64}$/);
});

test('without limits nothing is counted', async () => {
  deps.policy = { limits: noLimits };
  deps.rateLimiter = { take: () => Promise.reject(new TypeError('Nothing may be counted.')) };
  await failTimes(120, () => jane);
  const response = await guarded(jane, () => Promise.resolve('jane'));
  expect(response).toEqual({ result: 'jane', limit: null });
});
