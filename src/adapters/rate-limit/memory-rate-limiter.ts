import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import { flexibleRateLimiter, perTakeOptions } from './flexible-rate-limiter.js';

/** Counts in this process's memory, for a server that is the only one; forgets a count when its window ends. */
export function memoryRateLimiter(): RateLimiter {
  return flexibleRateLimiter(new RateLimiterMemory(perTakeOptions));
}
