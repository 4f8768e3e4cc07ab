import type { RateLimiter, Take } from '../../ports/rate-limiter.js';

/** For so long a refusal stands, even if one is given back on another server meanwhile. */
const rememberMs = 1000;

interface Refusal {
  max: number;
  standsUntil: number;
  resetsAt: number;
}

/**
 * Says of what it refused a moment ago that it is refused, without asking `limiter` again, so that a flood of attempts
 * costs the counts next to nothing. One that is given back here, or a higher maximum, has it ask.
 */
export function rememberRefusals(limiter: RateLimiter): RateLimiter {
  // All stand equally long: those first in line are the first to go.
  const refusals = new Map<string, Refusal>();

  function note(key: string, max: number, resetsInMs: number): void {
    const now = performance.now();
    for (const [old, { standsUntil }] of refusals) {
      if (now < standsUntil) break;
      refusals.delete(old);
    }
    refusals.delete(key);
    refusals.set(key, {
      max,
      standsUntil: now + Math.min(rememberMs, resetsInMs),
      resetsAt: now + resetsInMs,
    });
  }

  return {
    async take(count) {
      const refusal = refusals.get(count.key);
      const now = performance.now();
      if (refusal !== undefined && count.max <= refusal.max && now < refusal.standsUntil)
        return refused(refusal.resetsAt - now);
      const take = await limiter.take(count);
      if (!take.allowed) note(count.key, count.max, take.resetsInMs);
      return {
        ...take,
        giveBack: async () => {
          await take.giveBack();
          if (take.allowed) refusals.delete(count.key);
        },
      };
    },
  };
}

function refused(resetsInMs: number): Take {
  return { allowed: false, remaining: 0, resetsInMs, giveBack: () => Promise.resolve() };
}
