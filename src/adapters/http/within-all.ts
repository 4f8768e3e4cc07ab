import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AnsweredRequest, AroundRequest, ArrivedRequest } from './around-request.js';
import type { HttpEnvironment, HttpMiddleware } from './context.js';

/** Answers each request within all of `around`, the first one outermost, and there tells `note` of it. */
export function withinAll(
  around: readonly AroundRequest[],
  note: (answered: AnsweredRequest) => void,
): HttpMiddleware {
  return async (c, next) => {
    const arrived: ArrivedRequest = {
      requestId: c.get('requestId'),
      method: c.req.method,
      header: (name) => c.req.header(name),
    };
    const answer = async (): Promise<AnsweredRequest> => {
      const startedAt = performance.now();
      await next();
      const answered = answeredRequest(c, performance.now() - startedAt);
      note(answered);
      return answered;
    };
    await around.reduceRight<typeof answer>((work, surround) => () => surround(arrived, work), answer)();
  };
}

function answeredRequest(c: Context<HttpEnvironment>, durationMs: number): AnsweredRequest {
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
