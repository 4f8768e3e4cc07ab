import type { Handler } from 'hono';
import type { HttpApp, HttpEnvironment } from './context.js';
import { sendProblem } from './send-problem.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Serves a path with and without a slash at its end, and responds with 405 and `Allow` to methods that have no handler. */
export function servePath(
  app: HttpApp,
  path: string,
  handlers: Partial<Record<Method, Handler<HttpEnvironment>>>,
): void {
  const withoutSlash = path.replace(/(.)\/$/, '$1');
  for (const [method, handler] of Object.entries(handlers)) {
    app.on([method], [withoutSlash], handler);
  }
  const allowed = Object.keys(handlers).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  app.all(withoutSlash, (c) =>
    sendProblem(c, {
      status: 405,
      code: 'method_not_allowed',
      detail: `This path allows ${allowed.join(', ')}.`,
      headers: { Allow: allowed.join(', ') },
    }),
  );
}
