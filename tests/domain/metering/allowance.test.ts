import { expect, test } from 'vitest';
import { allowanceName, allowancePeriodAt, parseAllowance } from '../../../src/domain/metering/allowance.js';

test('an allowance is an amount for each day, week or month', () => {
  expect(parseAllowance('4000/month')).toEqual({ amount: 4000, every: 'month' });
  expect(allowanceName({ amount: 4000, every: 'month' })).toBe('4000/month');
  expect(parseAllowance('0/day')).toEqual({ amount: 0, every: 'day' });
  expect(parseAllowance('9007199254740991/week')).toEqual({ amount: Number.MAX_SAFE_INTEGER, every: 'week' });
});

for (const text of [
  '',
  '4000',
  '4000/',
  '/month',
  '4000/year',
  '4000/hour',
  '-1/day',
  '1.5/day',
  '1e3/day',
  ' 1/day',
  '1/day ',
  '9007199254740992/day',
  '4000/month/day',
]) {
  test(`${JSON.stringify(text)} is no allowance`, () => {
    expect(parseAllowance(text)).toBeNull();
  });
}

test('a period is named by its length and its first day in the time zone', () => {
  const now = new Date('2026-11-30T23:30:00Z');
  const nameOf = (every: 'day' | 'week' | 'month', timeZone: string) =>
    allowancePeriodAt({ every }, now, timeZone).name;
  expect(nameOf('day', 'UTC')).toBe('day 2026-11-30');
  expect(nameOf('day', 'Europe/Berlin')).toBe('day 2026-12-01');
  expect(nameOf('week', 'UTC')).toBe('week 2026-11-30');
  expect(nameOf('month', 'UTC')).toBe('month 2026-11-01');
  expect(nameOf('month', 'Europe/Berlin')).toBe('month 2026-12-01');
});
