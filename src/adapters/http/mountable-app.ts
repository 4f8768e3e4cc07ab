import { randomUUID } from 'node:crypto';
import type { Log } from '../../ports/log.js';
import { httpApp } from './app.js';
import { httpDefaults } from './http-defaults.js';
import type { HttpApp, HttpDeps } from './kit/context.js';

/**
 * The core, and whatever of the rest is to be other than its default.
 *
 * @example
 * ```ts
 * const options: MountableAppOptions = { core, corsOrigins: ['https://www.example.org'] };
 * ```
 */
export type MountableAppOptions = Pick<HttpDeps, 'core'> & Partial<HttpDeps>;

/** What needs somebody's attention goes to the console, the rest nowhere. */
const consoleLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts, message) => {
    console.warn(message, facts);
  },
  error: (facts, message) => {
    console.error(message, facts);
  },
};

/**
 * The whole API, for embedders: an app of Hono, whose `fetch` any server takes that speaks in requests and responses.
 * Below a path, give the core a `publicUrl` that has it. If the host has parsed the body of a request already, hand it
 * over: `fetch(request, { parsedBody })`.
 *
 * By default it logs warnings and errors to the console, is always ready, measures nothing, takes requests from no other
 * origin and believes no proxy.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { getRequestListener } from '@hono/node-server';
 * import { mountableApp, packagedPages } from 'metered-chat/http';
 *
 * const app = mountableApp({ core, pages: packagedPages() });
 * createServer(getRequestListener(app.fetch)).listen(8000);
 * ```
 */
export function mountableApp(options: MountableAppOptions): HttpApp {
  return httpApp({
    log: consoleLog,
    requestHook: null,
    onResponse: [],
    newRequestId: randomUUID,
    ping: () => Promise.resolve(),
    lifecycle: { state: 'ready' },
    corsOrigins: null,
    trustedProxies: [],
    publicUrl: null,
    ...httpDefaults,
    metrics: null,
    metricsSecret: null,
    pages: null,
    ...options,
  });
}
