import type { HttpMiddleware } from './context.js';
import { nodeBindings } from '../server/node-bindings.js';

/** What keeps browsers out of trouble (OWASP's list for REST); pages bring a policy of their own. */
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

/**
 * Gives every answer its security headers and its request's id, and forbids to store what the API answers; an answer that
 * brings one of these headers keeps its own. A sane `X-Request-Id` that comes in is kept, for others one is made.
 *
 * On a Node server they go straight to Node's answer: through `Headers` they would cost a quarter of a short request.
 */
export function commonHeaders(newRequestId: () => string): HttpMiddleware {
  return (c, next) => {
    const asked = c.req.header('X-Request-Id');
    const requestId = asked !== undefined && /^[\w\-=]{1,255}$/.test(asked) ? asked : newRequestId();
    c.set('requestId', requestId);
    const own = [['X-Request-Id', requestId] as const];
    const storing = /^\/(api|v1)\//.test(c.req.path) ? [['Cache-Control', 'no-store'] as const] : [];
    const headers = [...securityHeaders, ...own, ...storing];
    const outgoing = nodeBindings(c)?.outgoing;
    if (outgoing === undefined)
      return next().then(() => {
        addHeaders(c.res, headers);
      });
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    return next();
  };
}

function addHeaders(response: Response, headers: readonly (readonly [string, string])[]): void {
  for (const [name, value] of headers) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
}
