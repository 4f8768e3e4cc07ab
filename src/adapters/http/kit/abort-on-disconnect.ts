import type { Context } from 'hono';
import { nodeBindings } from '../server/node-bindings.js';
import { ClientDisconnected } from './problem.js';

/**
 * Returns a controller that is aborted with `ClientDisconnected` if the client disconnects before the end of the response.
 *
 * On Node's server it watches the response. The signal of the request would create a `Request` with its body, and keep it
 * for as long as a stream runs.
 */
export function abortOnDisconnect(c: Context): AbortController {
  const client = new AbortController();
  const abort = () => {
    client.abort(new ClientDisconnected());
  };
  const outgoing = nodeBindings(c)?.outgoing;
  if (outgoing === undefined) {
    const { signal } = c.req.raw;
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return client;
  }
  const onClose = () => {
    if (!outgoing.writableFinished) abort();
  };
  if (outgoing.destroyed) onClose();
  else outgoing.once('close', onClose);
  return client;
}
