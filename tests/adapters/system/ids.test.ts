import { afterEach, expect, test, vi } from 'vitest';
import { uuidIds } from '../../../src/adapters/system/system.js';

afterEach(() => {
  vi.useRealTimers();
});

test('ids of a process are UUIDv7s in ascending order', () => {
  const generators = [uuidIds(), uuidIds()];
  const generated = Array.from({ length: 20_000 }, (_, index) => generators[index % 2]?.next() ?? '');
  expect(
    generated.filter(
      (id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
    ),
  ).toEqual([]);
  expect(new Set(generated).size).toBe(generated.length);
  expect([...generated].sort()).toEqual(generated);
});

test('ids ascend even if the clock is set back', () => {
  vi.useFakeTimers({ now: Date.now() + 1000 });
  const ids = uuidIds();
  const before = ids.next();
  vi.setSystemTime(Date.now() - 500);
  expect(ids.next() > before).toBe(true);
});

test('ids of one millisecond differ in their last 40 bits', () => {
  vi.useFakeTimers({ now: Date.now() + 5000 });
  const ids = uuidIds();
  const ends = Array.from({ length: 1000 }, () => ids.next().slice(-10));
  expect(new Set(ends).size).toBe(ends.length);
});

test('an id for a given time contains the time, and is ordered by its sequence', () => {
  const time = new Date('2021-02-03T04:05:06.789Z');
  const [first, second] = [uuidIds().at(time, 0), uuidIds().at(time, 1)];
  expect(parseInt(first.slice(0, 13).replace('-', ''), 16)).toBe(time.getTime());
  expect(first < second).toBe(true);
});
