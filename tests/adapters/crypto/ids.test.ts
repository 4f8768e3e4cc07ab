import { afterEach, expect, test, vi } from 'vitest';
import { uuidIds } from '../../../src/adapters/crypto/ids.js';

afterEach(() => {
  vi.useRealTimers();
});

test('ids are UUIDv7s, each unlike and above all before it, whoever of the process makes them', () => {
  const makers = [uuidIds(), uuidIds()];
  const made = Array.from({ length: 20_000 }, (_, index) => makers[index % 2]?.next() ?? '');
  expect(
    made.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toEqual([]);
  expect(new Set(made).size).toBe(made.length);
  expect([...made].sort()).toEqual(made);
});

test('ids rise while the clock is set back', () => {
  vi.useFakeTimers({ now: Date.now() + 1000 });
  const ids = uuidIds();
  const before = ids.next();
  vi.setSystemTime(Date.now() - 500);
  expect(ids.next() > before).toBe(true);
});

test('ids of one moment differ in at least 40 random bits', () => {
  vi.useFakeTimers({ now: Date.now() + 5000 });
  const ids = uuidIds();
  const ends = Array.from({ length: 1000 }, () => ids.next().slice(-10));
  expect(new Set(ends).size).toBe(ends.length);
});

test('an id of an earlier moment says when that was, and goes by its sequence', () => {
  const time = new Date('2021-02-03T04:05:06.789Z');
  const [first, second] = [uuidIds().at(time, 0), uuidIds().at(time, 1)];
  expect(parseInt(first.slice(0, 13).replace('-', ''), 16)).toBe(time.getTime());
  expect(first < second).toBe(true);
});
