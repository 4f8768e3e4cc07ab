import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { memoryRateLimiter, cacheRejections } from '../../../src/adapters/rate-limit/rate-limiters.js';
import type { Count, RateLimiter } from '../../../src/ports/rate-limiter.js';

const count: Count = { key: 'test', max: 3, windowMs: 60_000 };

let calls: number;
let limiter: RateLimiter;

beforeEach(() => {
  vi.useFakeTimers();
  calls = 0;
  const inner = memoryRateLimiter();
  limiter = cacheRejections({
    take: (taken) => {
      calls += 1;
      return inner.take(taken);
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

async function takeTimes(times: number, taken = count): Promise<boolean[]> {
  const allowed: boolean[] = [];
  for (let index = 0; index < times; index += 1) allowed.push((await limiter.take(taken)).allowed);
  return allowed;
}

describe('a rate limiter that caches rejections', () => {
  test('calls the inner limiter once for many rejected attempts', async () => {
    expect(await takeTimes(1000)).toEqual([true, true, true, ...new Array<boolean>(997).fill(false)]);
    expect(calls).toBe(4);
  });

  test('returns when the window of a cached rejection ends', async () => {
    await takeTimes(4);
    vi.advanceTimersByTime(600);
    expect((await limiter.take(count)).resetsInMs).toBeCloseTo(59_400, -1);
    expect(calls).toBe(4);
  });

  test('calls the inner limiter again after a second', async () => {
    await takeTimes(4);
    vi.advanceTimersByTime(999);
    await limiter.take(count);
    expect(calls).toBe(4);
    vi.advanceTimersByTime(1);
    await limiter.take(count);
    expect(calls).toBe(5);
  });

  test('calls the inner limiter again after the window has ended', async () => {
    const short = { ...count, windowMs: 1000 };
    await takeTimes(3, short);
    vi.advanceTimersByTime(700);
    expect(await takeTimes(2, short)).toEqual([false, false]);
    vi.advanceTimersByTime(300);
    expect(await takeTimes(1, short)).toEqual([true]);
  });

  test('calls the inner limiter again after an allowed attempt is given back, but not after a rejected one', async () => {
    const first = await limiter.take(count);
    await takeTimes(2);
    await (await limiter.take(count)).giveBack();
    await (await limiter.take(count)).giveBack();
    expect(calls).toBe(4);
    await first.giveBack();
    expect(await takeTimes(1)).toEqual([true]);
  });

  test('calls the inner limiter for a higher maximum, and for other keys', async () => {
    await takeTimes(4);
    expect(await takeTimes(1, { ...count, max: 4 })).toEqual([true]);
    expect(await takeTimes(1, { ...count, key: 'other' })).toEqual([true]);
    expect(await takeTimes(1, { ...count, max: 2 })).toEqual([false]);
    expect(calls).toBe(6);
  });
});
