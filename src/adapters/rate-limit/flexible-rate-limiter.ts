import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Count, RateLimiter, Take } from '../../ports/rate-limiter.js';

/**
 * How long before the end of a window nothing is given back any more. The clocks of servers may differ by this, and an
 * attempt that is given back too late would be missing in the next window.
 */
const lastMomentMs = 500;

/** Options of a limiter. Its maximum and window are not used, because each `take` has its own. */
export const perTakeOptions = { points: 1, duration: 1, keyPrefix: '' };

/** A rate limiter over one of rate-limiter-flexible. Rejected attempts are not counted. */
export function flexibleRateLimiter(limiter: Pick<RateLimiterAbstract, 'penalty' | 'reward'>): RateLimiter {
  return {
    take: async ({ key, max, windowMs }: Count): Promise<Take> => {
      const window = { customDuration: windowMs / 1000 };
      // `consume` has one maximum for all keys, while `penalty` only counts.
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, 1, window);
      const lastMomentAt = performance.now() + msBeforeNext - lastMomentMs;
      const undo = async () => {
        if (performance.now() < lastMomentAt) await limiter.reward(key, 1, window);
      };
      const allowed = consumedPoints <= max;
      if (!allowed) await undo();
      let isCounted = allowed;
      return {
        allowed,
        remaining: Math.max(0, max - consumedPoints),
        resetsInMs: msBeforeNext,
        giveBack: async () => {
          if (!isCounted) return;
          isCounted = false;
          await undo();
        },
      };
    },
  };
}
