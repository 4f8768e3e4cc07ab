import { expect, test } from 'vitest';
import { policyOf } from '../../../src/config/policy.js';
import { problems, valid } from '../read.js';

test('default caps are one for each window, and none by default', () => {
  expect(valid({}).DEFAULT_CAPS).toBeNull();
  expect(policyOf(valid({}), '').defaultCaps).toEqual([]);
  expect(valid({ DEFAULT_CAPS: '500/day, 5000/month,0/total' }).DEFAULT_CAPS).toEqual([
    { window: 'day', limit: 500 },
    { window: 'month', limit: 5000 },
    { window: 'total', limit: 0 },
  ]);
});

test.each([
  '500',
  '500/',
  '/day',
  '-1/day',
  '1.5/day',
  '1e3/day',
  '500/year',
  '500/day,',
  '500/Day',
  '5 00/day',
])('DEFAULT_CAPS=%s is rejected with an example', (text) => {
  expect(problems({ DEFAULT_CAPS: text })).toEqual([
    'DEFAULT_CAPS must be caps such as 500/day,5000/month: whole numbers, each for hour, day, week, month, total',
  ]);
});

test('two caps for one window, and a number that is not exact, are rejected', () => {
  expect(problems({ DEFAULT_CAPS: '1/day,2/day' })).toEqual([
    'DEFAULT_CAPS is invalid: there are two caps for day',
  ]);
  expect(problems({ DEFAULT_CAPS: '9007199254740993/day' })).toEqual([
    'DEFAULT_CAPS is invalid: the limit for day is not a whole number from 0 to 9007199254740991',
  ]);
});
