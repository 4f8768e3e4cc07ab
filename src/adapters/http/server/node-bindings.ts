import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Returns Node's request and response; null if the app does not run on a Node server. */
export function nodeBindings(c: Context): HttpBindings | null {
  const bindings: unknown = c.env;
  const isOnNode =
    typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings;
  return isOnNode ? (bindings as HttpBindings) : null;
}
