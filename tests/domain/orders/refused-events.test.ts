import { expect, test } from 'vitest';
import { refusedEvents } from '../../../src/domain/orders/refused-events.js';
import { entryIds } from '../../../src/testing/accounts.js';

/** A store whose writes end when the test says so. */
function scene() {
  const writes: { count: number; end: () => void; fail: () => void }[] = [];
  const counter = refusedEvents({
    ids: entryIds,
    orderStore: {
      recordRefusedEvents: ({ count }) =>
        new Promise((resolve, reject) => {
          writes.push({
            count,
            end: resolve,
            fail: () => {
              reject(new Error('The database is away.'));
            },
          });
        }),
    },
  });
  return { counter, writes };
}

test('events that are refused during a write are counted together by the next one', async () => {
  const { counter, writes } = scene();
  const first = counter.add();
  await Promise.resolve();
  const others = Array.from({ length: 99 }, () => counter.add());
  expect(writes.map(({ count }) => count)).toEqual([1]);
  writes[0]?.end();
  await first;
  await expect.poll(() => writes.length).toBe(2);
  writes[1]?.end();
  await Promise.all(others);
  expect(writes.map(({ count }) => count)).toEqual([1, 99]);
});

test('a write that fails rejects what it counted, and the next one follows', async () => {
  const { counter, writes } = scene();
  const first = counter.add();
  await Promise.resolve();
  const second = counter.add();
  writes[0]?.fail();
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => writes.length).toBe(2);
  writes[1]?.end();
  await second;
});
