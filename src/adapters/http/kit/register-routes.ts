import type { Context, Handler } from 'hono';
import {
  requireAccount,
  requireAdmin,
  serviceKeyIdOf,
  type IdentifiedCaller,
} from '../../../domain/auth/caller.js';
import { DomainError, isDomainError } from '../../../domain/errors.js';
import type { HttpApp, HttpDeps, HttpEnvironment, IdentifyUser } from './context.js';
import { scopeOf, type Route, type RouteRequest } from './define-route.js';
import { setLimitHeaders } from './headers.js';
import { honoPath, parameterNames, readParameters } from './path-parameters.js';
import { HttpProblem, problemOf } from './problem.js';
import { readBody, readJson } from './read-body.js';
import { readQuery } from './read-query.js';
import { isFromOtherSite } from './same-origin.js';
import { servePath } from './serve-path.js';
import { sessionCookie } from './session-cookies.js';

/** Serves each route, and responds with 405 to other methods of their paths. */
export function registerRoutes(app: HttpApp, routes: readonly Route[], deps: HttpDeps): void {
  const served = routes.filter((route) => (route.isServed?.(deps) ?? true) && !isOfHost(route, deps));
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

/** Returns whether the host program does in its own way what a route is for: to register, to sign in, or to confirm an email. */
export function isOfHost({ access, tag, id }: Route, { identify }: Pick<HttpDeps, 'identify'>): boolean {
  const isSignIn = access === 'anyone' && (signInTags.has(tag) || id === 'createFirstAdmin');
  return identify !== null && isSignIn;
}

const signInTags = new Set<Route['tag']>([
  'Accounts',
  'Sessions and keys',
  'Second factors',
  'Passwords and emails',
]);

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
  if (parse === undefined) return readJson(c, schema);
  const { value, json } = await readBody(c);
  return parse(value, json);
}

/**
 * Returns the caller that a request authenticates by `Authorization: Token …` or `Authorization: Bearer …` (RFC 6750), or,
 * if the route is for programs only, by `x-api-key`, as Anthropic's clients do, or else by the cookie of a page of this server.
 *
 * @throws HttpProblem with 401 `unauthenticated`.
 */
async function identifyCaller(
  c: Context<HttpEnvironment>,
  deps: HttpDeps,
  access: 'account' | 'program' | 'admin',
): Promise<IdentifiedCaller> {
  if (deps.identify !== null) return identifyByHost(c, deps, deps.identify);
  const secret =
    secretOfHeader(c) ??
    (access === 'program' ? c.req.header('x-api-key') : sessionCookie(c, 'access', deps));
  if (secret === undefined) throw unauthenticated('Authentication is required.', 'Bearer');
  try {
    const caller = await deps.core.auth.identify(secret);
    c.set('caller', caller);
    return caller;
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'unauthenticated') throw error;
    throw unauthenticated(error.message, 'Bearer error="invalid_token"');
  }
}

/**
 * Returns the caller that the host program identifies. Its cookies also come with requests of other sites, which are therefore
 * refused unless their origin is allowed.
 */
async function identifyByHost(
  c: Context<HttpEnvironment>,
  deps: HttpDeps,
  identify: IdentifyUser,
): Promise<IdentifiedCaller> {
  const user = isFromOtherSite(c, deps) ? null : await identify(c.req.raw);
  if (user === null) throw unauthenticated('Authentication is required.', 'Bearer');
  const caller = await deps.core.auth.callerOfHost(user);
  c.set('caller', caller);
  return caller;
}

function secretOfHeader(c: Context): string | undefined {
  const header = c.req.header('Authorization');
  if (header === undefined) return undefined;
  const secret = /^(?:token|bearer) +(\S+) *$/i.exec(header)?.[1];
  if (secret === undefined)
    throw unauthenticated('The Authorization header is malformed.', 'Bearer error="invalid_token"');
  return secret;
}

function unauthenticated(detail: string, challenge: string): HttpProblem {
  const problem = problemOf(new DomainError('unauthenticated', detail));
  return new HttpProblem({ ...problem, headers: { 'WWW-Authenticate': challenge } });
}
