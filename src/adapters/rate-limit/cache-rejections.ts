import type { RateLimiter, Take } from '../../ports/rate-limiter.js';

/** How long a rejection is cached, even if an attempt is given back on another server meanwhile. */
const cacheMs = 1000;

interface Rejection {
  max: number;
  cachedUntil: number;
  resetsAt: number;
}

/**
 * Caches the rejections of `limiter`, so that a flood of attempts causes few calls. An attempt that is given back on this
 * server, or a higher maximum, ends the caching.
 */
export function cacheRejections(limiter: RateLimiter): RateLimiter {
  // Ordered by expiry, because all are cached for the same time.
  const rejections = new Map<string, Rejection>();

  function store(key: string, max: number, resetsInMs: number): void {
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
      if (!take.allowed) store(count.key, count.max, take.resetsInMs);
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
