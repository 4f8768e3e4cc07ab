import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { getPathNoStrict } from 'hono/utils/url';
import { DomainError } from '../../domain/errors.js';
import type { Log } from '../../ports/log.js';
import { accountRoutes } from './account-routes.js';
import { adminRoutes } from './admin-routes.js';
import { apiDocsRoutes } from './api-docs-routes.js';
import { basePathOf, pathFinder } from './base-path.js';
import { chatRoutes } from './chat-routes.js';
import { checkTarget } from './check-target.js';
import { addressOfClient, clientAddress } from './client-address.js';
import { completionRoutes } from './completion-routes.js';
import type { HttpApp, HttpEnvironment, HttpNeeds } from './context.js';
import { conversationRoutes } from './conversation-routes.js';
import { emailRoutes } from './email-routes.js';
import { headersOfAll } from './headers-of-all.js';
import { healthRoutes } from './health-routes.js';
import { keyRoutes } from './key-routes.js';
import { ledgerRoutes } from './ledger-routes.js';
import { limitBody } from './limit-body.js';
import { mailPageRoutes } from './mail-page-routes.js';
import { metricsRoutes } from './metrics-routes.js';
import { meRoutes } from './me-routes.js';
import { notFoundPage } from './not-found-page.js';
import { openApiRoutes } from './openapi-routes.js';
import { pageRoutes } from './page-routes.js';
import { passwordRoutes } from './password-routes.js';
import { answerProblem, nothingThere } from './answer-problem.js';
import { problemOf } from './problem.js';
import { reportProblem } from './report-problem.js';
import { requestLog } from './request-log.js';
import { sessionRoutes } from './session-routes.js';
import { answeredWithin } from './answered-within.js';

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
export function httpApp(needs: HttpNeeds): HttpApp {
  const basePath = basePathOf(needs);
  const app = bareApp(needs, pathFinder(basePath));
  if (needs.corsOrigins !== null) {
    app.use(
      cors({
        origin: [...needs.corsOrigins],
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
  const addressOf = clientAddress(needs.trustedProxies);
  app.use((c, next) => {
    limitBody(c, needs);
    checkTarget(c);
    c.set('clientAddress', addressOfClient(c, addressOf));
    return next();
  });
  healthRoutes(app, needs);
  if (needs.metrics !== null) metricsRoutes(app, needs.metrics, needs);
  accountRoutes(app, needs);
  meRoutes(app, needs);
  emailRoutes(app, needs);
  passwordRoutes(app, needs);
  mailPageRoutes(app);
  if (needs.pages !== null) {
    pageRoutes(app, needs.pages, basePath);
    notFoundPage(app, basePath);
  }
  sessionRoutes(app, needs);
  keyRoutes(app, needs);
  chatRoutes(app, needs);
  completionRoutes(app, needs);
  conversationRoutes(app, needs);
  ledgerRoutes(app, needs);
  adminRoutes(app, needs);
  openApiRoutes(app, basePath);
  apiDocsRoutes(app);
  return app;
}

/** What answers while the database is not there yet: alive, not ready, and everything else in a moment. */
export function startingApp(
  log: Log,
  newRequestId: () => string,
  { around = null, whenAnswered = [] }: Partial<Pick<HttpNeeds, 'around' | 'whenAnswered'>> = {},
): HttpApp {
  const app = bareApp({ log, newRequestId, around, whenAnswered });
  app.get('/health/live', (c) => c.json({ status: 'live' }));
  app.get('/health/ready', (c) => c.json({ status: 'starting' }, 503, { 'Retry-After': '1' }));
  app.notFound((c) => answerProblem(c, problemOf(starting())));
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
    around,
    whenAnswered,
  }: Pick<HttpNeeds, 'log' | 'newRequestId' | 'around' | 'whenAnswered'>,
  getPath: (request: Request) => string = getPathNoStrict,
): HttpApp {
  const app = new Hono<HttpEnvironment>({ getPath });
  app.use(headersOfAll(newRequestId));
  app.use(answeredWithin(around, [...whenAnswered, requestLog(log)]));
  app.notFound(nothingThere);
  app.onError((error, c) => {
    const problem = reportProblem(log, error, c.get('requestId'));
    return problem === null ? c.body(null, 499 as 400) : answerProblem(c, problem);
  });
  return app;
}
