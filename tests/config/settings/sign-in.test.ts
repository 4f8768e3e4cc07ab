import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

test('SIGN_IN_QUEUE is a duration that a timer can wait', () => {
  expect(valid({ SIGN_IN_QUEUE: '1m' })).toMatchObject({ SIGN_IN_QUEUE: 60_000 });
  for (const queue of ['0s', '10', 'off', '25d']) {
    expect(problems({ SIGN_IN_QUEUE: queue }), queue).toEqual([
      expect.stringMatching(/^SIGN_IN_QUEUE must be a duration/) as string,
    ]);
  }
});
