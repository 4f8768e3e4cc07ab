import type { RateLimiter, Take } from '../../ports/rate-limiter.js';

/** For so long a refusal stands, even if one is given back on another server meanwhile. */
const cacheMs = 1000;

interface Rejection {
  max: number;
  cachedUntil: number;
  resetsAt: number;
}

/**
 * Says of what it refused a moment ago that it is refused, without asking `limiter` again, so that a flood of attempts
 * costs the counts next to nothing. One that is given back here, or a higher maximum, has it ask.
 */
export function cacheRejections(limiter: RateLimiter): RateLimiter {
  // All stand equally long: those first in line are the first to go.
  const rejections = new Map<string, Rejection>();

  function note(key: string, max: number, resetsInMs: number): void {
    const now = performance.now();
    for (const [old, { cachedUntil }] of rejections) {
      if (now < cachedUntil) break;
      rejections.delete(old);
    }
    rejections.delete(key);
    rejections.set(key, {
      max,
      cachedUntil: now + Math.min(cacheMs, resetsInMs),
      resetsAt: now + resetsInMs,
    });
  }

  return {
    async take(count) {
      const rejection = rejections.get(count.key);
      const now = performance.now();
      if (rejection !== undefined && count.max <= rejection.max && now < rejection.cachedUntil)
        return rejected(rejection.resetsAt - now);
      const take = await limiter.take(count);
      if (!take.allowed) note(count.key, count.max, take.resetsInMs);
      return {
        ...take,
        giveBack: async () => {
          await take.giveBack();
          if (take.allowed) rejections.delete(count.key);
        },
      };
    },
  };
}

function rejected(resetsInMs: number): Take {
  return { allowed: false, remaining: 0, resetsInMs, giveBack: () => Promise.resolve() };
}
