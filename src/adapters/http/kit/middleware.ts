import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { accountOf, serviceKeyIdOf, type IdentifiedCaller } from '../../../domain/auth/caller.js';
import { unstorableReason } from '../../../domain/text.js';
import type { Log } from '../../../ports/log.js';
import { addressOfClient, clientAddress, nodeBindings } from './headers.js';
import type { HttpDeps, HttpEnvironment, HttpMiddleware } from './context.js';
import type { Route } from './define-route.js';
import { errorFormatOf } from './error-format.js';
import { bodyTooLarge, HttpProblem } from './problem.js';
import type { IncomingRequest, OnResponse, RequestHook, RequestOutcome } from './request-hooks.js';

/** Security headers (OWASP's list for REST). Pages set their own policy. */
const securityHeaders = Object.entries({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-XSS-Protection': '0',
});
const apiHeaders = [...securityHeaders, ['Cache-Control', 'no-store'] as const];

/**
 * Returns middleware that sets the security headers and `X-Request-Id` of every response, `Cache-Control: no-store` of those of
 * the API, and the name of `X-Request-Id` that clients of Anthropic's API read. A response that has one of these headers keeps
 * it. A valid `X-Request-Id` of the request is kept; otherwise a new one is created.
 *
 * On a Node server they are set on Node's response: through `Headers` a short request, such as the balance, takes 10 to 15 %
 * more CPU time, and a chat 6 %. So does Hono's middleware for request ids.
 */
export function commonHeaders(newRequestId: () => string): HttpMiddleware {
  return (c, next) => {
    const received = c.req.header('X-Request-Id');
    const requestId = received !== undefined && /^[\w\-=]{1,255}$/.test(received) ? received : newRequestId();
    c.set('requestId', requestId);
    const { path } = c.req;
    const fixed = path.startsWith('/api/') || path.startsWith('/v1/') ? apiHeaders : securityHeaders;
    const own: [string, string][] = [['X-Request-Id', requestId]];
    if (path.startsWith('/v1') && errorFormatOf(c) === 'anthropic') own.push(['Request-Id', requestId]);
    const outgoing = nodeBindings(c)?.outgoing;
    if (outgoing === undefined)
      return next().then(() => {
        addHeaders(c.res, [...fixed, ...own]);
      });
    for (const [name, value] of fixed) outgoing.setHeader(name, value);
    for (const [name, value] of own) outgoing.setHeader(name, value);
    return next();
  };
}

function addHeaders(response: Response, headers: readonly (readonly [string, string])[]): void {
  for (const [name, value] of headers) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
}

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
  const caller = c.get('caller') as IdentifiedCaller | undefined;
  return {
    requestId: c.get('requestId'),
    method: c.req.method,
    route: routeOf(c),
    path: c.req.path,
    status: c.res.status,
    durationMs,
    userId: caller === undefined ? null : (accountOf(caller)?.id ?? null),
    serviceKeyId: caller === undefined ? null : serviceKeyIdOf(caller),
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

/**
 * Returns a function that writes one line for each request, without its query, headers and body. Health checks and scrapes of
 * metrics are logged at debug, unless they fail.
 */
export function requestLog(log: Log): OnResponse {
  return (outcome) => {
    const facts = { ...outcome, durationMs: Math.round(outcome.durationMs * 10) / 10 };
    if (isRoutine(outcome)) log.debug(facts, 'request');
    else log.info(facts, 'request');
  };
}

/** Health checks and scrapes of metrics. */
function isRoutine({ route, status }: RequestOutcome): boolean {
  return status < 400 && route !== null && /^\/(health\/|metrics\b)/.test(route);
}

/** The limit of a body that is not declared as large. */
const maxBodyBytes = 1024 * 1024;

/**
 * Returns middleware that sets the client's address and the body limit of a request's path. It rejects with 413 a body whose
 * announced length exceeds the limit, and closes the connection, so that the rest of the body need not be read; and with 400
 * a path or query that is not percent-encoded UTF-8, or contains characters that the databases cannot store.
 */
export function checkRequest(
  routes: readonly Route[],
  { maxChatBodyBytes, trustedProxies }: Pick<HttpDeps, 'maxChatBodyBytes' | 'trustedProxies'>,
): HttpMiddleware {
  const largeRoutes = routes.filter(({ body }) => body?.isLarge === true);
  const largePaths = new Set(largeRoutes.map(({ path }) => path.replace(/\/$/, '')));
  const addressOf = clientAddress(trustedProxies);
  return (c, next) => {
    const maxBytes = largePaths.has(c.req.path) ? maxChatBodyBytes : maxBodyBytes;
    if (Number(c.req.header('Content-Length')) > maxBytes) throw bodyTooLarge(maxBytes);
    if (c.req.url.includes('%') && !isStorable(c.req.url)) throw malformedUrl();
    c.set('maxBodyBytes', maxBytes);
    c.set('clientAddress', addressOfClient(c, addressOf));
    return next();
  };
}

function isStorable(target: string): boolean {
  try {
    return unstorableReason(decodeURIComponent(target)) === null;
  } catch {
    return false;
  }
}

function malformedUrl(): HttpProblem {
  const detail = 'The path or query is not valid percent-encoded UTF-8.';
  return new HttpProblem({ status: 400, code: 'malformed_url', detail });
}
