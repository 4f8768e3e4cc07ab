import type { Handler } from 'hono';
import type { HttpApp, HttpEnvironment, HttpMiddleware } from './context.js';
import { sendProblem } from './send-problem.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Serves a path, written with its trailing slash and answered with and without it: one handler a method, and 405 with
 * `Allow` for every other method.
 */
export function route(
  app: HttpApp,
  path: string,
  before: readonly HttpMiddleware[],
  handlers: Partial<Record<Method, Handler<HttpEnvironment>>>,
): void {
  const withoutSlash = path.replace(/(.)\/$/, '$1');
  for (const [method, handler] of Object.entries(handlers)) {
    app.on([method], [withoutSlash], ...before, handler);
  }
  const allowed = Object.keys(handlers).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  app.all(withoutSlash, (c) =>
    sendProblem(c, {
      status: 405,
      code: 'method_not_allowed',
      detail: `This path takes ${allowed.join(', ')}.`,
      headers: { Allow: allowed.join(', ') },
    }),
  );
}
