import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { RequestOutcome, RequestHook, IncomingRequest, OnResponse } from './request-hooks.js';
import type { HttpEnvironment, HttpMiddleware } from './context.js';

/** Answers each request within `around`, and there tells everybody of `whenAnswered` of it. */
export function withRequestHook(
  requestHook: RequestHook | null,
  onResponse: readonly OnResponse[],
): HttpMiddleware {
  return async (c, next) => {
    const response = async (): Promise<RequestOutcome> => {
      const startedAt = performance.now();
      await next();
      const answered = answeredRequest(c, performance.now() - startedAt);
      for (const tell of onResponse) tell(answered);
      return answered;
    };
    if (requestHook === null) await response();
    else await requestHook(arrivedRequest(c), response);
  };
}

function arrivedRequest(c: Context<HttpEnvironment>): IncomingRequest {
  return { requestId: c.get('requestId'), method: c.req.method, header: (name) => c.req.header(name) };
}

function answeredRequest(c: Context<HttpEnvironment>, durationMs: number): RequestOutcome {
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

/** Every template of ours, by the pattern that it is served under. */
const templates = new Map<string, string>();

/** What matched last; middleware, which matches everything, has the pattern of everything. */
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
