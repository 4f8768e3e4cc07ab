import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/memory-rate-limiter.js';
import { limitPasswordGuesses, type Guess } from '../../../src/domain/auth/limit-password-guesses.js';
import { DomainError, type ErrorCode } from '../../../src/domain/errors.js';
import { noLimits } from '../../../src/domain/limits/limit.js';
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

  test('the refusal says how long to wait and where the limit stands', async () => {
    await failTimes(10, () => jane);
    const refusal: unknown = await guarded(jane, () => wrong('invalid_credentials')).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: 'rate_limited', details: { limit: { max: 10, remaining: 0 } } });
    const { retryAfterSeconds = 0 } = (refusal as DomainError).details;
    expect(retryAfterSeconds).toBeGreaterThan(890);
    expect(retryAfterSeconds).toBeLessThanOrEqual(900);
  });

  test('a wrong guess says how many are left', async () => {
    await failTimes(3, () => jane);
    await expect(guarded(jane, () => wrong('invalid_credentials'))).rejects.toMatchObject({
      code: 'invalid_credentials',
      message: 'Wrong.',
      details: { limit: { max: 10, remaining: 6 } },
    });
  });

  test('right ones do not count, however many and in between', async () => {
    for (let index = 0; index < 30; index += 1) expect(await guessRightly(jane)).toBeNull();
    await failTimes(9, () => jane);
    for (let index = 0; index < 30; index += 1) expect(await guessRightly(jane)).toBeNull();
    await failTimes(1, () => jane);
    expect(await guessRightly(jane)).toBe('rate_limited');
  });

  test('a right one answers what was checked, and how many wrong ones are left', async () => {
    await failTimes(4, () => jane);
    const response = await guarded(jane, () => Promise.resolve('jane'));
    expect(response).toMatchObject({ result: 'jane', limit: { max: 10, remaining: 6 } });
  });

  test('what fails without a verdict does not count', async () => {
    for (let index = 0; index < 20; index += 1) {
      expect(await guessWrongly(jane, 'unavailable')).toBe('unavailable');
      await expect(guarded(jane, () => Promise.reject(new TypeError('A bug.')))).rejects.toBeInstanceOf(
        TypeError,
      );
    }
    await failTimes(10, () => jane);
  });

  test('wrong passwords of people who are signed in count alike', async () => {
    for (let index = 0; index < 5; index += 1) {
      expect(await guessWrongly(jane, 'wrong_password')).toBe('wrong_password');
    }
    await failTimes(5, () => jane);
    expect(await guessWrongly(jane, 'wrong_password')).toBe('rate_limited');
  });

  test('somebody signed in has no more guesses under another name', async () => {
    for (let index = 0; index < 10; index += 1) {
      const renamed = { ...jane, name: `jane_${index}`, signedIn: signedIn('jane') };
      expect(await guessWrongly(renamed, 'wrong_password')).toBe('wrong_password');
    }
    expect(await guessRightly({ ...jane, name: 'jane_new', signedIn: signedIn('jane') })).toBe(
      'rate_limited',
    );
    expect(await guessRightly({ ...jane, name: 'jane_new', signedIn: signedIn('john') })).toBeNull();
  });

  test('fifty wrong ones at once are ten comparisons', async () => {
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

  test('an unknown address counts as one', async () => {
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

describe('who is locked out', () => {
  test('nobody at another address', async () => {
    await failTimes(10, () => jane);
    expect(await guessRightly({ ...jane, address: '192.0.2.2' })).toBeNull();
  });

  test('nobody of another name', async () => {
    await failTimes(10, () => jane);
    expect(await guessRightly({ ...jane, name: 'john_doe' })).toBeNull();
  });

  test('an address, after fifty wrong guesses at whatever names', async () => {
    await failTimes(50, (index) => ({ ...jane, name: `user_${index}` }));
    expect(await guessRightly({ ...jane, name: 'somebody_else' })).toBe('rate_limited');
    expect(await guessRightly({ name: 'somebody_else', address: '192.0.2.2' })).toBeNull();
    expect(comparisons).toBe(51);
  });

  test('an account from anywhere, after a hundred wrong guesses at it', async () => {
    await failTimes(100, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    expect(await guessRightly({ name: 'jane_doe', address: addressOf(200) })).toBe('rate_limited');
    expect(await guessRightly({ name: 'john_doe', address: addressOf(200) })).toBeNull();
  });

  test('no owner of an account from where they are known, however many guesses came from elsewhere', async () => {
    await failTimes(100, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    const known = { ...jane, isKnownHere: true };
    expect(await guessRightly(jane)).toBe('rate_limited');
    for (let index = 0; index < 20; index += 1) expect(await guessRightly(known)).toBeNull();
    await failTimes(10, () => known);
    expect(await guessRightly(known)).toBe('rate_limited');
    expect(comparisons).toBe(130);
  });

  test('nobody who is signed in, but for ten wrong ones by their session from anywhere', async () => {
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

  test('whether the owner is known is asked only once the guesses from anywhere are used up', async () => {
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

  test('no account by an address that is locked out itself', async () => {
    await failTimes(10, () => jane);
    for (let index = 0; index < 200; index += 1) expect(await guessWrongly(jane)).toBe('rate_limited');
    await failTimes(40, (index) => ({ ...jane, name: `user_${index}` }));
    for (let index = 0; index < 200; index += 1) expect(await guessWrongly(jane)).toBe('rate_limited');
    await failTimes(90, (index) => ({ name: 'jane_doe', address: addressOf(index) }));
    expect(await guessWrongly({ name: 'jane_doe', address: addressOf(200) })).toBe('rate_limited');
  });
});

test('no count says whose it is', async () => {
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
  deps.rateLimiter = { take: () => Promise.reject(new TypeError('Nobody should count.')) };
  await failTimes(120, () => jane);
  const response = await guarded(jane, () => Promise.resolve('jane'));
  expect(response).toEqual({ result: 'jane', limit: null });
});
