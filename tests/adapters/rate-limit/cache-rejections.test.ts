import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/memory-rate-limiter.js';
import { cacheRejections } from '../../../src/adapters/rate-limit/cache-rejections.js';
import type { Count, RateLimiter } from '../../../src/ports/rate-limiter.js';

const count: Count = { key: 'test', max: 3, windowMs: 60_000 };

let asked: number;
let limiter: RateLimiter;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  const counting = memoryRateLimiter();
  limiter = cacheRejections({
    take: (taken) => {
      asked += 1;
      return counting.take(taken);
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

async function takeTimes(times: number, taken = count): Promise<boolean[]> {
  const verdicts: boolean[] = [];
  for (let index = 0; index < times; index += 1) verdicts.push((await limiter.take(taken)).allowed);
  return verdicts;
}

describe('a limiter that remembers what it refused', () => {
  test('asks once about a flood of what is refused', async () => {
    expect(await takeTimes(1000)).toEqual([true, true, true, ...new Array<boolean>(997).fill(false)]);
    expect(asked).toBe(4);
  });

  test('says of what it remembers when its window ends', async () => {
    await takeTimes(4);
    vi.advanceTimersByTime(600);
    expect((await limiter.take(count)).resetsInMs).toBeCloseTo(59_400, -1);
    expect(asked).toBe(4);
  });

  test('asks again after a second', async () => {
    await takeTimes(4);
    vi.advanceTimersByTime(999);
    await limiter.take(count);
    expect(asked).toBe(4);
    vi.advanceTimersByTime(1);
    await limiter.take(count);
    expect(asked).toBe(5);
  });

  test('asks again once the window has ended', async () => {
    const short = { ...count, windowMs: 1000 };
    await takeTimes(3, short);
    vi.advanceTimersByTime(700);
    expect(await takeTimes(2, short)).toEqual([false, false]);
    vi.advanceTimersByTime(300);
    expect(await takeTimes(1, short)).toEqual([true]);
  });

  test('asks again once one was given back, but not because a refused one was', async () => {
    const first = await limiter.take(count);
    await takeTimes(2);
    await (await limiter.take(count)).giveBack();
    await (await limiter.take(count)).giveBack();
    expect(asked).toBe(4);
    await first.giveBack();
    expect(await takeTimes(1)).toEqual([true]);
  });

  test('asks for a higher maximum, and for every other key', async () => {
    await takeTimes(4);
    expect(await takeTimes(1, { ...count, max: 4 })).toEqual([true]);
    expect(await takeTimes(1, { ...count, key: 'other' })).toEqual([true]);
    expect(await takeTimes(1, { ...count, max: 2 })).toEqual([false]);
    expect(asked).toBe(6);
  });
});
