import { expect, test } from 'vitest';
import fast from '../../vitest.config.js';
import long from '../../vitest.long.config.js';
import slow from '../../vitest.slow.config.js';

test.each([
  ['fast', fast],
  ['slow', slow],
  ['long', long],
])('the %s suite fails on an uncaught exception and on an unhandled rejection', (_, config) => {
  expect(config.test).toBeDefined();
  expect(config.test).not.toHaveProperty('dangerouslyIgnoreUnhandledErrors');
  expect(config.test).not.toHaveProperty('onUnhandledError');
});
