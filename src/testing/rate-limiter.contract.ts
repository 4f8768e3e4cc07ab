import { randomUUID } from 'node:crypto';
import { expect } from 'expect';
import type { Count, RateLimiter, Take } from '../ports/rate-limiter.js';
import { awaitUntil } from './await-until.js';
import { openedHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/** Rate limiters that share their counts, one for each server. */
export interface RateLimiterHarness {
  limiters: readonly [RateLimiter, ...RateLimiter[]];
  /** Closes what was opened, and deletes its data. */
  close(): Promise<void>;
}

/**
 * Runs the contract of `RateLimiter` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param open Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { nodeAdapters } from 'metered-chat/node';
 * import { rateLimiterContract } from 'metered-chat/testing';
 *
 * rateLimiterContract({ afterAll, beforeAll, describe, test }, 'in memory', async () => ({
 *   limiters: [nodeAdapters().rateLimiter],
 *   close: async () => undefined,
 * }));
 * ```
 */
export function rateLimiterContract(
  runner: TestRunner,
  name: string,
  open: () => Promise<RateLimiterHarness>,
): void {
  const { describe, test } = runner;
  describe(`a rate limiter: ${name}`, () => {
    const harness = openedHarness(runner, open);

    const fresh = (over: Partial<Count> = {}): Count => ({
      key: `test:${randomUUID()}`,
      max: 3,
      windowMs: 60_000,
      ...over,
    });
    const take = (count: Count, index = 0): Promise<Take> => {
      const { limiters } = harness();
      return (limiters[index % limiters.length] ?? limiters[0]).take(count);
    };
    const takeTimes = async (times: number, count: Count): Promise<Take[]> => {
      const takes: Take[] = [];
      for (let index = 0; index < times; index += 1) takes.push(await take(count, index));
      return takes;
    };
    const verdicts = (takes: Take[]) => takes.map(({ allowed, remaining }) => [allowed, remaining]);

    test('allows as many uses as the maximum, returns how many remain, and rejects the rest', async () => {
      expect(verdicts(await takeTimes(5, fresh()))).toEqual([
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
        [false, 0],
      ]);
    });

    test('returns when the window ends, which later uses do not extend', async () => {
      const takes = await takeTimes(5, fresh());
      const resets = takes.map(({ resetsInMs }) => resetsInMs);
      for (const resetsInMs of resets) {
        expect(resetsInMs).toBeGreaterThan(50_000);
        expect(resetsInMs).toBeLessThanOrEqual(60_000);
      }
      expect(resets).toEqual([...resets].sort((left, right) => right - left));
    });

    test('allows as many uses again after the end of the window', async () => {
      const count = fresh({ windowMs: 1000 });
      expect(verdicts(await takeTimes(4, count)).at(-1)).toEqual([false, 0]);
      const first = await awaitUntil('the next window', 5000, async () => {
        const next = await take(count);
        return next.allowed ? next : null;
      });
      expect(first.remaining).toBe(2);
      expect(first.resetsInMs).toBeGreaterThan(900);
    });

    for (const index of [0, 1, 2]) {
      test(`a use that is given back does not count (number ${index} of three)`, async () => {
        const count = fresh();
        const takes = await takeTimes(3, count);
        await takes[index]?.giveBack();
        expect(verdicts(await takeTimes(2, count))).toEqual([
          [true, 0],
          [false, 0],
        ]);
      });
    }

    test('giving a use back twice gives back one', async () => {
      const count = fresh();
      const [first] = await takeTimes(3, count);
      await Promise.all([first?.giveBack(), first?.giveBack()]);
      await first?.giveBack();
      expect(verdicts(await takeTimes(2, count)).map(([allowed]) => allowed)).toEqual([true, false]);
    });

    test('a rejected use does not count, given back or not', async () => {
      const count = fresh();
      const takes = await takeTimes(8, count);
      for (const refused of takes.slice(3)) await refused.giveBack();
      await takes[0]?.giveBack();
      expect(verdicts(await takeTimes(2, count)).map(([allowed]) => allowed)).toEqual([true, false]);
    });

    test('a use that is given back after the end of its window does not change the next window', async () => {
      const count = fresh({ windowMs: 1000 });
      const takes = await takeTimes(3, count);
      const next = await awaitUntil('the next window', 5000, async () => {
        const taken = await take(count);
        return taken.allowed ? taken : null;
      });
      expect(next.remaining).toBe(2);
      for (const old of takes) await old.giveBack();
      expect(verdicts(await takeTimes(3, count)).map(([allowed]) => allowed)).toEqual([true, true, false]);
    });

    test('keys are counted separately, and one key is counted with any maximum', async () => {
      const count = fresh();
      await takeTimes(3, count);
      expect((await take(fresh())).allowed).toBe(true);
      expect((await take({ ...count, max: 5 })).remaining).toBe(1);
      expect((await take({ ...count, max: 2 })).allowed).toBe(false);
    });

    test('of fifty parallel uses with a maximum of ten, ten are allowed', async () => {
      for (let round = 0; round < 5; round += 1) {
        const count = fresh({ max: 10 });
        const takes = await Promise.all(Array.from({ length: 50 }, (_, index) => take(count, index)));
        const allowed = takes.filter((taken) => taken.allowed);
        expect(allowed).toHaveLength(10);
        expect(allowed.map(({ remaining }) => remaining).sort((left, right) => left - right)).toEqual([
          0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        ]);
        expect((await take(count)).allowed).toBe(false);
      }
    });

    test('if many take uses and give them back in parallel, the uses that are kept never exceed the maximum', async () => {
      const count = fresh({ max: 10 });
      let kept = 0;
      let mostKept = 0;
      const worker = async (index: number) => {
        for (let round = 0; round < 10; round += 1) {
          const taken = await take(count, index);
          if (!taken.allowed) continue;
          kept += 1;
          mostKept = Math.max(mostKept, kept);
          if ((index + round) % 3 === 0) continue;
          kept -= 1;
          await taken.giveBack();
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, index) => worker(index)));
      expect(mostKept).toBeLessThanOrEqual(10);
      await awaitUntil('all that was given back', 5000, async () => {
        if ((await take(count)).allowed) kept += 1;
        return kept === 10 ? kept : null;
      });
      expect(verdicts(await takeTimes(2, count)).map(([allowed]) => allowed)).toEqual([false, false]);
    });
  });
}
