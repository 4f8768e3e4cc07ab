import type { Context } from 'hono';
import type { LimitState } from '../../../domain/limits/limit.js';
import type { HttpEnvironment, HttpMiddleware } from './context.js';
import { limitHeaders } from './limit-headers.js';

/** Counts every POST before its body is read, and refuses those that are too many. */
export function limitPosts(
  count: (c: Context<HttpEnvironment>) => Promise<LimitState | null>,
): HttpMiddleware {
  return async (c, next) => {
    if (c.req.method === 'POST') setLimitHeaders(c, await count(c));
    await next();
  };
}

/** Says in the answer where a limit stands, if there is one. */
export function setLimitHeaders(c: Context, limit: LimitState | null): void {
  if (limit === null) return;
  for (const [name, value] of Object.entries(limitHeaders(limit))) c.header(name, value);
}
