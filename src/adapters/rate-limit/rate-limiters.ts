import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Count, RateLimiter, Take } from '../../ports/rate-limiter.js';

/** Counts in the memory of this process, for a single server. Deletes a count when its window ends. */
export function memoryRateLimiter(): RateLimiter {
  return flexibleRateLimiter(new RateLimiterMemory(perTakeOptions));
}

/** One SQL statement. The same name always has the same text. */
export interface RateLimitStatement {
  name?: string;
  text: string;
  values: readonly (string | number | null)[];
}

/**
 * Counts in the table `rate_limits` of a PostgreSQL, which all servers share. Rejections are cached for a second. Deletes
 * counts about an hour after the end of their window.
 */
export function postgresRateLimiter(
  query: (statement: RateLimitStatement) => Promise<object[]>,
): RateLimiter {
  const client = {
    query: async ({ name, ...statement }: RateLimitStatement) => {
      // Deleting expired counts is rare and can be slow, so the statement has no name.
      const isHot = name !== undefined && !name.endsWith('clear-expired');
      return { rows: await query(isHot ? { name, ...statement } : statement) };
    },
  };
  const limiter = new RateLimiterPostgres({
    ...perTakeOptions,
    storeClient: client,
    storeType: 'client',
    tableName: 'rate_limits',
    // A migration creates the table.
    tableCreated: true,
  });
  return cacheRejections(flexibleRateLimiter(limiter));
}

/**
 * How long before the end of a window nothing is given back any more. The clocks of servers may differ by this, and an
 * attempt that is given back too late would be missing in the next window.
 */
const lastMomentMs = 500;

/** Options of a limiter. Its maximum and window are not used, because each `take` has its own. */
const perTakeOptions = { points: 1, duration: 1, keyPrefix: '' };

/** A rate limiter over one of rate-limiter-flexible. Rejected attempts are not counted. */
function flexibleRateLimiter(limiter: Pick<RateLimiterAbstract, 'penalty' | 'reward'>): RateLimiter {
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
