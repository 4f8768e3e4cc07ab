import type { Context, Handler } from 'hono';
import { requireAccount, requireAdmin, serviceKeyIdOf } from '../../../domain/auth/caller.js';
import { identifyCaller } from './authenticate.js';
import type { HttpApp, HttpDeps, HttpEnvironment } from './context.js';
import { scopeOf, type Route, type RouteRequest } from './define-route.js';
import { setLimitHeaders } from './headers.js';
import { honoPath, parameterNames, readParameters } from './path-parameters.js';
import { readBody, readJson } from './read-body.js';
import { readQuery } from './read-query.js';
import { servePath } from './serve-path.js';

/** Serves each route, and responds with 405 to other methods of their paths. */
export function registerRoutes(app: HttpApp, routes: readonly Route[], deps: HttpDeps): void {
  const served = routes.filter(({ isServed }) => isServed?.(deps) ?? true);
  for (const path of new Set(served.map((route) => route.path))) {
    const methods = served.filter((route) => route.path === path);
    const patterns = Object.assign({}, ...methods.map(({ pathPatterns }) => pathPatterns)) as Record<
      string,
      string
    >;
    const handlers = methods.map((route) => [route.method, handlerOf(route, deps)] as const);
    servePath(app, honoPath(path, patterns), Object.fromEntries(handlers));
  }
}

/** Identifies the caller, counts the request, and reads what the route takes, in this order; then calls its handler. */
function handlerOf(route: Route, deps: HttpDeps): Handler<HttpEnvironment> {
  const { access, rateLimit, query, body, handler } = route;
  const { core } = deps;
  const scope = scopeOf(route);
  const names = parameterNames(route.path);
  return async (c) => {
    const caller = access === 'anyone' ? undefined : await identifyCaller(c, deps, access);
    if (caller !== undefined && access === 'admin') requireAdmin(caller, scope);
    else if (caller !== undefined) requireAccount(caller);
    const keyId = caller === undefined ? null : serviceKeyIdOf(caller);
    if (keyId !== null) setLimitHeaders(c, await core.limits.service(keyId));
    if (typeof rateLimit === 'function') {
      setLimitHeaders(c, await rateLimit({ core, caller, address: c.get('clientAddress') }));
    }
    const request: RouteRequest = {
      c,
      core,
      deps,
      caller,
      query: query === undefined ? undefined : readQuery(c, query),
      body: body === undefined ? undefined : await parseBody(c, body),
      params: names.length === 0 ? {} : readParameters(c, names),
    };
    return handler(request);
  };
}

async function parseBody(
  c: Context<HttpEnvironment>,
  { schema, parse }: NonNullable<Route['body']>,
): Promise<unknown> {
  return parse === undefined ? readJson(c, schema) : parse(await readBody(c));
}
