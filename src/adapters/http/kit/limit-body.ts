import type { Context } from 'hono';
import type { HttpEnvironment, HttpDeps } from './context.js';
import { HttpProblem } from './problem.js';

/** The largest body that is read, but for those of the chat routes. */
const maxBodyBytes = 1024 * 1024;

const chatPath = /^\/(?:api\/chat|v1)(?:\/|$)/;

/**
 * Sets how large a body may be at this path, and rejects with 413 one whose announced length is more. Its connection is
 * closed, so that the rest need not be read.
 */
export function limitBody(
  c: Context<HttpEnvironment>,
  { maxChatBodyBytes }: Pick<HttpDeps, 'maxChatBodyBytes'>,
): void {
  const maxBytes = chatPath.test(c.req.path) ? maxChatBodyBytes : maxBodyBytes;
  c.set('maxBodyBytes', maxBytes);
  if (Number(c.req.header('Content-Length')) > maxBytes) throw tooLarge(maxBytes);
}

/** A body that is larger than it may be. */
export function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'body_too_large',
    detail: `The body has more than ${maxBytes} bytes.`,
    headers: { Connection: 'close' },
  });
}
