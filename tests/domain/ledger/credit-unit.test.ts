import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCore, type Core } from '../../../src/domain/core.js';
import {
  creditFormat,
  decimalOf,
  maxCreditDecimals,
  parseCredits,
  type CreditUnit,
} from '../../../src/domain/ledger/credit-unit.js';
import type { CorePorts } from '../../../src/domain/ports.js';
import type { Policy } from '../../../src/domain/policy.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';

const model = echoModel();
const max = Number.MAX_SAFE_INTEGER;
const usd: CreditUnit = { name: 'USD', decimals: 6 };
const tokens: CreditUnit = { name: 'tokens', decimals: 0 };
const decimals = fc.integer({ min: 0, max: maxCreditDecimals });
const locales = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'pt');

test.each([
  [1_234_567, '1.234567'],
  [1, '0.000001'],
  [0, '0.000000'],
  [-0, '0.000000'],
  [-2, '-0.000002'],
  [max, '9007199254.740991'],
  [-max, '-9007199254.740991'],
])('%i millionths are exactly %s', (credits, decimal) => {
  expect(decimalOf(credits, usd)).toBe(decimal);
});

test('every amount up to 2^53−1 has the same digits as its decimal, at any number of decimals', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), decimals, (credits, count) => {
      const decimal = decimalOf(credits, { name: 'USD', decimals: count });
      expect(BigInt(decimal.replace('.', ''))).toBe(BigInt(credits));
      expect(decimal.split('.')[1]?.length ?? 0).toBe(count);
    }),
    { numRuns: 2000 },
  );
});

test('what is shown is read as the same amount, in each language', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), decimals, locales, (credits, count, locale) => {
      const unit = { name: 'USD', decimals: count };
      const format = creditFormat(unit, locale);
      for (const shown of [format.number(credits), format.aligned(credits)])
        expect(parseCredits(shown, unit, locale), shown).toEqual({ outcome: 'valid', credits });
    }),
    { numRuns: 2000 },
  );
});

test('people see cents, and no other zeros at the end', () => {
  const { number, aligned, signed, amount } = creditFormat(usd, 'en');
  expect([1_500_000, 1_234_567, 150_000, 1, 0, 2_000_000_000].map(number)).toEqual([
    ...['1.50', '1.234567', '0.15', '0.000001', '0.00', '2,000.00'],
  ]);
  expect(aligned(1_500_000)).toBe('1.500000');
  expect([1_500_000, -2, 0].map(signed)).toEqual(['+1.500000', '-0.000002', '0.000000']);
  expect([amount(1_000_000), amount(max)]).toEqual(['1.00 USD', '9,007,199,254.740991 USD']);
  expect(creditFormat(usd, 'de').amount(1_234_500_000)).toBe('1.234,50 USD');
});

test('one of a unit is in the singular', () => {
  const amounts = (unit: CreditUnit, ...credits: number[]) => credits.map(creditFormat(unit, 'en').amount);
  expect(amounts(tokens, 1, -1, 0, 4000)).toEqual(['1 token', '-1 token', '0 tokens', '4,000 tokens']);
  expect(amounts({ name: 'USD', decimals: 0 }, 1)).toEqual(['1 USD']);
  expect(amounts({ name: 'kr', decimals: 2 }, 100)).toEqual(['1.00 kr']);
});

test.each([
  ['1.5', 'en', 1_500_000],
  [' 1,234.5 ', 'en', 1_234_500_000],
  ['.25', 'en', 250_000],
  ['1.234,5', 'de', 1_234_500_000],
  ['1.500', 'de', 1_500_000_000],
  ["1'000.5", 'de-CH', 1_000_500_000],
  ['9007199254.740991', 'en', max],
])('%j in %s is an amount', (typed, locale, credits) => {
  expect(parseCredits(typed, usd, locale)).toEqual({ outcome: 'valid', credits });
});

test.each([
  ...[
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '1.',
    '.',
    '1.2.3',
    '1.234.567',
    '1,5',
    '1,23,456',
    'NaN',
    '1 USD',
    '1.5,000',
  ],
])('%j is no amount', (typed) => {
  expect(parseCredits(typed, usd, 'en')).toEqual({ outcome: 'invalid' });
});

test('more decimals than there are, and more than a balance can be, are rejected', () => {
  expect(parseCredits('0.0000001', usd, 'en')).toEqual({ outcome: 'too_many_decimals' });
  expect(parseCredits('1.0000000', usd, 'en')).toEqual({ outcome: 'too_many_decimals' });
  for (const typed of ['9007199254.740992', '9007199254.740993', '9'.repeat(400)])
    expect(parseCredits(typed, usd, 'en')).toEqual({ outcome: 'too_large' });
  expect(parseCredits('1.5', tokens, 'en')).toEqual({ outcome: 'invalid' });
  for (const typed of ['1,500', '1.500', '1 500', '1’500', '1_500'])
    expect(parseCredits(typed, tokens, 'en')).toEqual({ outcome: 'valid', credits: 1500 });
});

test('a core rejects a unit that cannot be shown', () => {
  const coreWith = (policy: Partial<Policy>): Core =>
    createCore({ models: [{ name: 'echo', model }], policy } as unknown as CorePorts);
  expect(coreWith({ creditUnit: 'USD', creditDecimals: 6 }).unit).toEqual(usd);
  expect(coreWith({}).unit).toEqual(tokens);
  expect(() => coreWith({ creditUnit: '=1' })).toThrow(/^policy.creditUnit must be 1 to 20 letters/);
  for (const creditDecimals of [-1, 1.5, 13, NaN])
    expect(() => coreWith({ creditDecimals })).toThrow(
      /^policy.creditDecimals must be a whole number from 0/,
    );
});
