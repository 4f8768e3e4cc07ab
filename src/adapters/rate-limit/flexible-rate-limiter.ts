import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Count, RateLimiter, Take } from '../../ports/rate-limiter.js';

/**
 * How long before its end a window takes nothing back any more. The clocks of servers may differ by as much, and what
 * is given back too late would be missing from the next window.
 */
const lastMomentMs = 500;

/** What a limiter is made with: its maximum and window are not used, since every take brings its own. */
export const perTakeOptions = { points: 1, duration: 1, keyPrefix: '' };

/** Counts with one of the limiters of rate-limiter-flexible; `giveBack` and refusals undo what was counted. */
export function flexibleRateLimiter(limiter: Pick<RateLimiterAbstract, 'penalty' | 'reward'>): RateLimiter {
  return {
    take: async ({ key, max, windowMs }: Count): Promise<Take> => {
      const window = { customDuration: windowMs / 1000 };
      // `consume` knows one maximum for all keys; `penalty` counts the same and leaves the verdict to us.
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, 1, window);
      const lastMomentAt = performance.now() + msBeforeNext - lastMomentMs;
      const undo = async () => {
        if (performance.now() < lastMomentAt) await limiter.reward(key, 1, window);
      };
      const allowed = consumedPoints <= max;
      if (!allowed) await undo();
      let counts = allowed;
      return {
        allowed,
        remaining: Math.max(0, max - consumedPoints),
        resetsInMs: msBeforeNext,
        giveBack: async () => {
          if (!counts) return;
          counts = false;
          await undo();
        },
      };
    },
  };
}
