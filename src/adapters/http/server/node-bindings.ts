import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Node's own request and answer, where a Node server asks the app; null elsewhere. */
export function nodeBindings(c: Context): HttpBindings | null {
  const bindings: unknown = c.env;
  const isOnNode =
    typeof bindings === 'object' && bindings !== null && 'incoming' in bindings && 'outgoing' in bindings;
  return isOnNode ? (bindings as HttpBindings) : null;
}
