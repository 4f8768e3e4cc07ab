import type { Log } from '../../ports/log.js';
import type { HttpMiddleware } from './context.js';

/** One line a request: what was asked (never its query, headers or body), the answer's status, and how long it took. */
export function requestLog(log: Log): HttpMiddleware {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const facts = {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    };
    log.info(facts, 'request');
  };
}
