import { describe, expect, test } from 'vitest';
import { clampUsage, mergeReport, nothingReported } from '../../../src/domain/metering/usage.js';

describe('of several reports', () => {
  const first = { input: 100, cachedInput: 60, cacheWrite: 20, output: 30, reasoning: 10 };

  test('the last plausible one counts, class by class', () => {
    const known = mergeReport(nothingReported, first);
    expect(known).toEqual(first);
    expect(mergeReport(known, { output: 31, reasoning: 11 })).toEqual({
      ...first,
      output: 31,
      reasoning: 11,
    });
    expect(mergeReport(known, { input: 90, cachedInput: 50 })).toEqual({
      ...first,
      input: 90,
      cachedInput: 50,
    });
  });

  test.each([0, -1, Number.NaN, Infinity, null, undefined, '5', {}])(
    '%o replaces no earlier count',
    (count) => {
      const report = { input: count, cachedInput: count, cacheWrite: count, output: count, reasoning: count };
      expect(mergeReport(first, report as never)).toEqual(first);
    },
  );

  test('a first 0 of a part is a report, and of a whole is none', () => {
    const zeros = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0, reasoning: 0 };
    expect(mergeReport(nothingReported, zeros)).toEqual({ ...zeros, input: null, output: null });
  });

  test('fractions are rounded, and no count exceeds 2^53 − 1', () => {
    expect(mergeReport(nothingReported, { input: 1.5, output: 1e300, cachedInput: 0.4 })).toMatchObject({
      ...{ input: 2, output: Number.MAX_SAFE_INTEGER, cachedInput: 0 },
    });
    expect(Object.is(mergeReport(nothingReported, { cachedInput: -0 }).cachedInput, 0)).toBe(true);
  });
});

describe('a usage', () => {
  const limits = { contextTokens: 100, outputTokens: 10 };

  test('that is possible stays as it is', () => {
    const usage = { input: 100, cachedInput: 60, cacheWrite: 40, output: 10, reasoning: 10 };
    expect(clampUsage(usage, limits)).toEqual({ usage, clamped: [] });
  });

  test('has no more cached and written input together than input', () => {
    const usage = { input: 100, cachedInput: 60, cacheWrite: 41, output: 1, reasoning: 0 };
    expect(clampUsage(usage, limits)).toEqual({
      usage: { ...usage, cacheWrite: 40 },
      clamped: [{ usageClass: 'cacheWrite', reported: 41, limit: 40 }],
    });
  });
});
