import type { Context } from 'hono';
import { nodeBindings } from '../server/node-bindings.js';
import { HttpProblem } from './problem.js';

/** What a host application may pass with a request: `app.fetch(request, { parsedBody })`. */
export interface HostBindings {
  /**
   * The request's body, if the host has read it: the value that its JSON parser returned, or the bytes. Undefined if the app
   * must read the body.
   */
  parsedBody?: unknown;
}

const encoder = new TextEncoder();

/**
 * Returns the bytes of a body that the host has read, so that it is validated like any other body. A parsed body is converted
 * by `JSON.stringify`. Null if the host has not passed a body.
 *
 * @throws HttpProblem with 400 `malformed_body` if the body cannot be converted: it contains a BigInt or a cycle.
 */
export function hostBody(c: Context): Uint8Array | null {
  const bindings = c.env as HostBindings | undefined;
  const parsed = bindings?.parsedBody;
  if (parsed === undefined) return null;
  if (parsed instanceof Uint8Array) return parsed;
  try {
    const text = JSON.stringify(parsed) as string | undefined;
    if (text !== undefined) return encoder.encode(text);
  } catch {
    // A BigInt, a cycle, or nested too deeply.
  }
  throw new HttpProblem({ status: 400, code: 'malformed_body', detail: 'The body is not valid JSON.' });
}

/**
 * Returns a function that returns whether the host has read the body. Call this before the app reads the body, and the
 * returned function when the body could not be read or was empty.
 */
export function watchForHost(c: Context): () => boolean {
  const incoming = nodeBindings(c)?.incoming;
  // Node's request is checked afterwards: a host that creates another `Request` from it begins to read immediately.
  if (incoming !== undefined) return () => incoming.complete && incoming.readableDidRead;
  const wasUsed = c.req.raw.bodyUsed;
  return () => wasUsed;
}

/** Returns the problem of a body that the host has read and not passed on: a mistake in the host application. */
export function readByHost(): HttpProblem {
  return new HttpProblem({
    status: 500,
    code: 'internal_error',
    detail:
      'The host application has read the body of this request before the API could. ' +
      'Pass it on: app.fetch(request, { parsedBody }), or mount the API before the body parser.',
  });
}
