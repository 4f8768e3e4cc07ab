import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, highestCost, priceProblems, type Price } from '../../../src/domain/metering/price.js';
import type { Usage } from '../../../src/domain/metering/usage.js';

const most = Number.MAX_SAFE_INTEGER;
const usage: Usage = { input: 1000, cachedInput: 300, cacheWrite: 200, output: 100, reasoning: 40 };

describe('a cost', () => {
  test('of seven tokens at 150,000 a million is 2: 1.05, rounded up', () => {
    const seven = { input: 7, cachedInput: 0, cacheWrite: 0, output: 0, reasoning: 0 };
    expect(costOf({ per1mInput: 150_000 }, seven)).toBe(2);
  });

  test.each<[string, Price, number]>([
    ['flat', { perMessage: 5 }, 5],
    ['of each request alone', { perRequest: 5 }, 5],
    ['of input, of which all parts cost as input', { per1mInput: 1_000_000 }, 1000],
    ['of cached input alone', { per1mCachedInput: 1_000_000 }, 300],
    ['of written input alone', { per1mCacheWrite: 1_000_000 }, 200],
    ['of free cached input', { per1mInput: 1_000_000, per1mCachedInput: 0 }, 700],
    ['of output, of which reasoning costs as output', { per1mOutput: 1_000_000 }, 100],
    ['of reasoning at its own rate', { per1mOutput: 1_000_000, per1mReasoning: 2_000_000 }, 140],
    ['of thousands', { per1kInput: 1000, per1kOutput: 2000 }, 1200],
    ['of thousands with a part in millions', { per1kInput: 1000, per1mCachedInput: 100_000 }, 730],
    ['of the smallest fractions of all classes, rounded up once', { per1mInput: 1, per1mOutput: 1 }, 1],
  ])('%s', (_, price, credits) => {
    expect(costOf(price, usage)).toBe(credits);
  });

  test('equals exact arithmetic, rounded up once, up to 2^53 − 1', () => {
    const count = fc.nat(most);
    fc.assert(
      fc.property(count, count, count, count, count, count, (input, cached, output, rate, other, each) => {
        const cachedInput = Math.min(cached, input);
        const price = { per1mInput: rate, per1mCachedInput: other, per1mOutput: each, perRequest: 3 };
        const cost = costOf(price, { input, cachedInput, cacheWrite: 0, output, reasoning: 0 });
        const millionths =
          3_000_000n +
          BigInt(input - cachedInput) * BigInt(rate) +
          BigInt(cachedInput) * BigInt(other) +
          BigInt(output) * BigInt(each);
        const exact = millionths / 1_000_000n + (millionths % 1_000_000n === 0n ? 0n : 1n);
        expect(cost).toBe(exact > BigInt(most) ? most : Number(exact));
      }),
    );
  });

  test('is never more than the highest cost of the same input and output', () => {
    const rate = fc.option(fc.nat(1e9), { nil: undefined });
    const rates = fc.record({
      ...{ per1mInput: fc.nat(1e9), per1mCachedInput: rate, per1mCacheWrite: rate },
      ...{ per1mOutput: rate, per1mReasoning: rate, perRequest: rate },
    });
    fc.assert(
      fc.property(rates, fc.nat(1e6), fc.nat(1e6), fc.nat(100), fc.nat(100), (given, input, output, a, b) => {
        const cachedInput = Math.floor((input * a) / 100);
        const cacheWrite = Math.floor(((input - cachedInput) * b) / 100);
        const reasoning = Math.floor((output * a) / 100);
        const price = Object.fromEntries(
          Object.entries(given).filter(([, one]) => one !== undefined),
        ) as unknown as Price;
        const cost = costOf(price, { input, cachedInput, cacheWrite, output, reasoning });
        expect(cost).toBeLessThanOrEqual(highestCost(price, { input, output }));
      }),
    );
  });
});

describe('the problems of a price', () => {
  test.each<[unknown, string[]]>([
    [{ perMessage: 0 }, []],
    [{ per1mInput: 0 }, []],
    [{ per1kInput: 1, per1kOutput: most }, []],
    [{ per1kInput: 1, per1mOutput: 1, per1mCachedInput: 0 }, []],
    [{}, ['must have perMessage or at least one rate']],
    [{ perMessage: -1 }, [`perMessage must be a whole number from 0 to ${most}`]],
    [{ per1mInput: 0.5 }, [`per1mInput must be a whole number from 0 to ${most}`]],
    [{ per1kInput: 1, per1mInput: 1 }, ['must have only one of per1kInput and per1mInput']],
    [{ per1kOutput: 1, per1mOutput: 1 }, ['must have only one of per1kOutput and per1mOutput']],
  ])('%o: %j', (price, problems) => {
    expect(priceProblems(price as Price)).toEqual(problems);
  });
});
