import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { getPathNoStrict } from 'hono/utils/url';
import { DomainError } from '../../domain/errors.js';
import type { Log } from '../../ports/log.js';
import { basePathOf, pathFinder } from './kit/base-path.js';
import type { HttpApp, HttpDeps, HttpEnvironment } from './kit/context.js';
import { checkRequest, commonHeaders, requestLog, withRequestHook } from './kit/middleware.js';
import { problemOf } from './kit/problem.js';
import { registerRoutes } from './kit/register-routes.js';
import { reportProblem } from './kit/report-problem.js';
import { sendNotFound, sendProblem } from './kit/send-problem.js';
import { serveApiDocs } from './operations/api-docs.js';
import { serveMailPages } from './pages/mail-pages.js';
import { serveDemoPage } from './payments/demo-page.js';
import { serveNotFoundPage } from './pages/not-found-page.js';
import { servePages } from './pages/serve-pages.js';
import { apiRoutes } from './routes.js';

/** Headers that the clients of OpenAI's and Anthropic's APIs add to their requests, in browsers too. */
const clientHeaders = [
  'Arch',
  'Helper-Method',
  'Lang',
  'OS',
  'Package-Version',
  'Retry-Count',
  'Runtime',
  'Runtime-Version',
  'Timeout',
].map((name) => `X-Stainless-${name}`);

/** Headers of Anthropic's API. */
const anthropicHeaders = [
  'X-Api-Key',
  'Anthropic-Version',
  'Anthropic-Beta',
  'Anthropic-Dangerous-Direct-Browser-Access',
];

/** Returns the API and its pages as an app that any server for `fetch` handlers can mount. */
export function httpApp(deps: HttpDeps): HttpApp {
  const basePath = basePathOf(deps);
  const app = bareApp(deps, pathFinder(basePath));
  if (deps.corsOrigins !== null) {
    app.use(
      cors({
        origin: [...deps.corsOrigins],
        allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
        allowHeaders: [
          'Authorization',
          'Content-Type',
          'Idempotency-Key',
          'X-Request-Id',
          ...clientHeaders,
          ...anthropicHeaders,
        ],
        exposeHeaders: [
          'X-Request-Id',
          'Request-Id',
          'Idempotent-Replayed',
          'Retry-After',
          'RateLimit-Limit',
          'RateLimit-Remaining',
          'RateLimit-Reset',
          'X-Remaining-Tokens',
          'X-Should-Retry',
        ],
        maxAge: 600,
      }),
    );
  }
  app.use(checkRequest(apiRoutes, deps));
  if (deps.identify === null) serveMailPages(app);
  if (deps.demoCheckout !== null) serveDemoPage(app);
  if (deps.pages !== null) {
    servePages(app, deps.pages, basePath);
    serveNotFoundPage(app, basePath);
  }
  registerRoutes(app, apiRoutes, deps);
  serveApiDocs(app);
  return app;
}

/** Returns the app that is served while the database starts: it is live but not ready, and everything else is 503. */
export function startingApp(
  log: Log,
  newRequestId: () => string,
  { requestHook = null, onResponse = [] }: Partial<Pick<HttpDeps, 'requestHook' | 'onResponse'>> = {},
): HttpApp {
  const app = bareApp({ log, newRequestId, requestHook, onResponse });
  app.get('/health/live', (c) => c.json({ status: 'live' }));
  app.get('/health/ready', (c) => c.json({ status: 'starting' }, 503, { 'Retry-After': '1' }));
  app.notFound((c) => sendProblem(c, problemOf(starting())));
  return app;
}

function starting(): DomainError {
  return new DomainError('unavailable', 'The server is starting.', { retryAfterSeconds: 1 });
}

/** Returns an app whose responses have a request id, a log line and security headers, and whose errors are problem documents. */
function bareApp(
  {
    log,
    newRequestId,
    requestHook,
    onResponse,
  }: Pick<HttpDeps, 'log' | 'newRequestId' | 'requestHook' | 'onResponse'>,
  getPath: (request: Request) => string = getPathNoStrict,
): HttpApp {
  // The default router falls back to a slower one for all requests if this one does not support a path. Here such a path fails at the start.
  const app = new Hono<HttpEnvironment>({ getPath, router: new RegExpRouter() });
  app.use(commonHeaders(newRequestId));
  app.use(withRequestHook(requestHook, [...onResponse, requestLog(log)]));
  app.notFound(sendNotFound);
  app.onError((error, c) => {
    const problem = reportProblem(log, error, c.get('requestId'));
    return problem === null ? c.body(null, 499 as 400) : sendProblem(c, problem);
  });
  return app;
}
