import type { Context } from 'hono';
import { nodeBindings } from '../server/node-bindings.js';
import { HttpProblem } from './problem.js';

/** What a host hands over beside a request: `app.fetch(request, { parsedBody })`. */
export interface HostBindings {
  /**
   * The request's body, if the host has read it already: as its JSON parser returned it, or the bytes that it read.
   * Undefined if the app is to read the body itself.
   */
  parsedBody?: unknown;
}

const encoder = new TextEncoder();

/**
 * Returns the bytes of a body that the host has read, for the same checks as those of any other: what JSON cannot hold
 * (functions, undefined, symbols) is left out as JSON leaves it out, and a date is its text. Null if the host has handed
 * over no body.
 *
 * @throws HttpProblem with 400 `malformed_body` if it cannot be written as JSON: a BigInt, or a circle.
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
    // A BigInt, a circle, or nested too deep.
  }
  throw new HttpProblem({ status: 400, code: 'malformed_body', detail: 'The body is not valid JSON.' });
}

/**
 * Begins to watch whether the host has read a body before the app does; to be called before the app reads it. Returns
 * what says so, to be asked once the body could not be read, or was empty.
 */
export function watchForHost(c: Context): () => boolean {
  const incoming = nodeBindings(c)?.incoming;
  // Node's own request is asked only afterwards: a mount that makes another `Request` of it begins to read at once.
  if (incoming !== undefined) return () => incoming.complete && incoming.readableDidRead;
  const wasUsed = c.req.raw.bodyUsed;
  return () => wasUsed;
}

/** The answer if the host has read a body and not handed it over: a mistake of the host's program, not of the client. */
export function readByHost(): HttpProblem {
  return new HttpProblem({
    status: 500,
    code: 'internal_error',
    detail:
      'The host application has read the body of this request before the API could. ' +
      'Hand it over: app.fetch(request, { parsedBody }), or mount the API before the body parser.',
  });
}
