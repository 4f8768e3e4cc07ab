import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { RequestOutcome, RequestHook, IncomingRequest, OnResponse } from './request-hooks.js';
import type { HttpEnvironment, HttpMiddleware } from './context.js';

/** Returns middleware that handles each request within `requestHook`, and calls `onResponse` with its outcome. */
export function withRequestHook(
  requestHook: RequestHook | null,
  onResponse: readonly OnResponse[],
): HttpMiddleware {
  return async (c, next) => {
    const handle = async (): Promise<RequestOutcome> => {
      const startedAt = performance.now();
      await next();
      const outcome = requestOutcome(c, performance.now() - startedAt);
      for (const call of onResponse) call(outcome);
      return outcome;
    };
    if (requestHook === null) await handle();
    else await requestHook(incomingRequest(c), handle);
  };
}

function incomingRequest(c: Context<HttpEnvironment>): IncomingRequest {
  return { requestId: c.get('requestId'), method: c.req.method, header: (name) => c.req.header(name) };
}

function requestOutcome(c: Context<HttpEnvironment>, durationMs: number): RequestOutcome {
  const caller = c.get('caller') as { user: { id: string } } | undefined;
  return {
    requestId: c.get('requestId'),
    method: c.req.method,
    route: routeOf(c),
    path: c.req.path,
    status: c.res.status,
    durationMs,
    userId: caller?.user.id ?? null,
  };
}

/** Templates of paths, by Hono's patterns. */
const templates = new Map<string, string>();

/** Middleware matches too, with a pattern that ends with an asterisk. */
function routeOf(c: Context): string | null {
  const pattern = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path;
  if (pattern === undefined) return null;
  let template = templates.get(pattern);
  if (template === undefined) {
    template = pattern.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}');
    templates.set(pattern, template);
  }
  return template;
}
