import { expect, test } from 'vitest';
import { formatRate } from '../../../src/config/values/durations.js';
import { formatDuration } from '../../../src/domain/duration.js';
import { formatBytes } from '../../../src/config/values/numbers.js';

test.each([
  [1000, '1s'],
  [90_000, '90s'],
  [600_000, '10m'],
  [3_600_000, '1h'],
  [86_400_000, '24h'],
  [2_592_000_000, '30d'],
])('%i milliseconds are written as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('a limit is written as a rate', () => {
  expect(formatRate({ max: 60, windowMs: 60_000 })).toBe('60/1m');
});

test.each([
  [1000, '1000'],
  [1024, '1KiB'],
  [4_194_304, '4MiB'],
])('%i bytes are written as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
