import { randomUUID } from 'node:crypto';
import type { Log } from '../../ports/log.js';
import { httpApp } from './app.js';
import { httpDefaults } from './http-defaults.js';
import type { HttpApp, HttpDeps } from './kit/context.js';

/**
 * The core, and options with defaults.
 *
 * @example
 * ```ts
 * const options: MountableAppOptions = { core, corsOrigins: ['https://www.example.org'] };
 * ```
 */
export type MountableAppOptions = Pick<HttpDeps, 'core'> & Partial<HttpDeps>;

/** Writes warnings and errors to the console. */
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
 * Returns the HTTP API as a Hono app, to be mounted in an application of your own.
 *
 * By default it logs warnings and errors to the console, is always ready, has no metrics and no pages, allows no other
 * origin and trusts no proxy. If it is mounted below a path, the `publicUrl` of the core must contain that path. If the host
 * has parsed the body of a request already, pass it on: `app.fetch(request, { parsedBody })`.
 *
 * @param options The core, and options with defaults.
 * @returns The app; `fetch` handles a `Request` and returns a `Response`.
 * @throws TypeError if the path of `publicUrl` contains a semicolon.
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
    demoCheckout: null,
    pages: null,
    ...options,
  });
}
