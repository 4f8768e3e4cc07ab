import type { Context } from 'hono';
import { HttpProblem } from './problem.js';

/** The largest body that is read. */
export const maxBodyBytes = 1024 * 1024;

/** Refuses with 413 whatever announces a larger body, and closes its connection, so that nobody has to read it. */
export function limitBody(c: Context): void {
  if (Number(c.req.header('Content-Length')) > maxBodyBytes) throw tooLarge();
}

/** A body that is larger than it may be. */
export function tooLarge(): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'body_too_large',
    detail: `The body has more than ${maxBodyBytes} bytes.`,
    headers: { Connection: 'close' },
  });
}
