import type { Context } from 'hono';
import type { HttpDeps, HttpEnvironment } from './context.js';
import type { Route } from './define-route.js';
import { bodyTooLarge } from './problem.js';

/** The limit of a body that is not declared as large. */
const maxBodyBytes = 1024 * 1024;

/**
 * Returns a function that sets the body limit of a request's path, and rejects with 413 a body whose announced length
 * exceeds it. The connection is closed, so that the rest of the body need not be read.
 */
export function bodyLimiter(
  routes: readonly Route[],
  { maxChatBodyBytes }: Pick<HttpDeps, 'maxChatBodyBytes'>,
): (c: Context<HttpEnvironment>) => void {
  const largeRoutes = routes.filter(({ body }) => body?.isLarge === true);
  const largePaths = new Set(largeRoutes.map(({ path }) => path.replace(/\/$/, '')));
  return (c) => {
    const maxBytes = largePaths.has(c.req.path) ? maxChatBodyBytes : maxBodyBytes;
    c.set('maxBodyBytes', maxBytes);
    if (Number(c.req.header('Content-Length')) > maxBytes) throw bodyTooLarge(maxBytes);
  };
}
