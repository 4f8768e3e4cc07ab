import type { Context } from 'hono';
import { nodeBindings } from '../server/node-bindings.js';
import { ClientDisconnected } from './problem.js';

/**
 * Aborted once the client is gone before its answer was whole.
 *
 * On a Node server its answer says so: asking the request for its signal would make a whole `Request`, body and all,
 * and keep it for as long as a stream runs.
 */
export function clientSignal(c: Context): AbortSignal {
  const outgoing = nodeBindings(c)?.outgoing;
  if (outgoing === undefined) return c.req.raw.signal;
  const client = new AbortController();
  const leave = () => {
    if (!outgoing.writableFinished) client.abort(new ClientDisconnected());
  };
  if (outgoing.destroyed) leave();
  else outgoing.once('close', leave);
  return client.signal;
}
