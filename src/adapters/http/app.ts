import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { getPathNoStrict } from 'hono/utils/url';
import { DomainError } from '../../domain/errors.js';
import type { Log } from '../../ports/log.js';
import { serveApiDocs } from './operations/api-docs.js';
import { basePathOf, pathFinder } from './kit/base-path.js';
import { checkTarget } from './kit/check-target.js';
import { addressOfClient, clientAddress } from './kit/client-address.js';
import type { HttpApp, HttpEnvironment, HttpDeps } from './kit/context.js';
import { commonHeaders } from './kit/common-headers.js';
import { limitBody } from './kit/limit-body.js';
import { serveMailPages } from './pages/mail-pages.js';
import { serveNotFoundPage } from './pages/not-found-page.js';
import { servePages } from './pages/serve-pages.js';
import { sendProblem, sendNotFound } from './kit/send-problem.js';
import { problemOf } from './kit/problem.js';
import { registerRoutes } from './kit/register-routes.js';
import { reportProblem } from './kit/report-problem.js';
import { apiRoutes } from './routes.js';
import { requestLog } from './kit/request-log.js';
import { withRequestHook } from './kit/run-request-hooks.js';

/** What OpenAI's own client adds to its requests, in a browser too. */
const openAiClientHeaders = [
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

/** The whole API as an app that any fetch-style server can mount. */
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
          ...openAiClientHeaders,
        ],
        exposeHeaders: [
          'X-Request-Id',
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
  const addressOf = clientAddress(deps.trustedProxies);
  app.use((c, next) => {
    limitBody(c, deps);
    checkTarget(c);
    c.set('clientAddress', addressOfClient(c, addressOf));
    return next();
  });
  serveMailPages(app);
  if (deps.pages !== null) {
    servePages(app, deps.pages, basePath);
    serveNotFoundPage(app, basePath);
  }
  registerRoutes(app, apiRoutes, deps);
  serveApiDocs(app);
  return app;
}

/** What answers while the database is not there yet: alive, not ready, and everything else in a moment. */
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

/** What every answer has: a request id, a line in the log, security headers, and problem documents for errors. */
function bareApp(
  {
    log,
    newRequestId,
    requestHook,
    onResponse,
  }: Pick<HttpDeps, 'log' | 'newRequestId' | 'requestHook' | 'onResponse'>,
  getPath: (request: Request) => string = getPathNoStrict,
): HttpApp {
  const app = new Hono<HttpEnvironment>({ getPath });
  app.use(commonHeaders(newRequestId));
  app.use(withRequestHook(requestHook, [...onResponse, requestLog(log)]));
  app.notFound(sendNotFound);
  app.onError((error, c) => {
    const problem = reportProblem(log, error, c.get('requestId'));
    return problem === null ? c.body(null, 499 as 400) : sendProblem(c, problem);
  });
  return app;
}
