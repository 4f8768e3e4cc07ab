import type { Context } from 'hono';
import type { LimitState } from '../../../domain/limits/rate-limits.js';

/** Returns the state of a rate limit as headers. Seconds are rounded up. */
export function limitHeaders({ max, remaining, resetsInMs }: LimitState): Record<string, string> {
  return {
    'RateLimit-Limit': String(max),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(resetsInMs / 1000)),
  };
}

/** Sets the headers of a rate limit on the response, if there is a limit. */
export function setLimitHeaders(c: Context, limit: LimitState | null): void {
  if (limit === null) return;
  for (const [name, value] of Object.entries(limitHeaders(limit))) c.header(name, value);
}
