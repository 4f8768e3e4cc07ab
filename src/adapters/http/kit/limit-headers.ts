import type { LimitState } from '../../../domain/limits/limit.js';

/** Where a limit stands, in the headers that clients read; seconds are rounded up. */
export function limitHeaders({ max, remaining, resetsInMs }: LimitState): Record<string, string> {
  return {
    'RateLimit-Limit': String(max),
    'RateLimit-Remaining': String(remaining),
    'RateLimit-Reset': String(Math.ceil(resetsInMs / 1000)),
  };
}
