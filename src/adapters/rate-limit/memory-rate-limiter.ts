import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimiter } from '../../ports/rate-limiter.js';
import { flexibleRateLimiter, perTakeOptions } from './flexible-rate-limiter.js';

/** Counts in the memory of this process, for a single server. Deletes a count when its window ends. */
export function memoryRateLimiter(): RateLimiter {
  return flexibleRateLimiter(new RateLimiterMemory(perTakeOptions));
}
