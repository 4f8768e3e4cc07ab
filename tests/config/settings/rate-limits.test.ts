import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

test.each([
  '60',
  '60/m',
  '0/1m',
  '60/0m',
  '60/1w',
  '-1/1m',
  '1.5/1m',
  '60 / 1m',
  '60/25d',
  '1000000/1m',
  'off',
])('the rate "%s" is rejected', (rate) => {
  expect(problems({ RATE_LIMIT_CHAT: rate })).toEqual([
    'RATE_LIMIT_CHAT must be a rate such as 60/1m or 20/1h, in a window of at most 24d',
  ]);
});

test('RATE_LIMIT is on or off', () => {
  expect(valid({ RATE_LIMIT: 'off' }).RATE_LIMIT).toBe('off');
  expect(problems({ RATE_LIMIT: 'false' })).toEqual(['RATE_LIMIT must be on or off']);
});
