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

/** A log that keeps nothing: the console of a process belongs to the program that mounts the app. */
const noLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * Returns the HTTP API as a Hono app, to be mounted in an application of your own.
 *
 * By default it logs nothing, is always ready, has no metrics and no pages, allows no other origin and trusts no proxy. Pass a
 * `log`, such as a logger of pino or `console`, to see why a request failed with the status 500. If the app is mounted below a
 * path, the `publicUrl` of the core must contain that path. If the host has parsed the body of a request already, pass it on:
 * `app.fetch(request, { parsedBody })`.
 *
 * With `identify`, your program authenticates: it returns the user of a request, whose account is created on the first one, or
 * null. Auth tokens are not accepted then, and the routes to register and to sign in do not exist. Requests of pages of other
 * origins are refused, unless `corsOrigins` lists them: your session cookies alone do not show that your page made the request.
 *
 * @param options The core, and options with defaults.
 * @returns The app; `fetch` handles a `Request` and returns a `Response`.
 * @throws TypeError if the path of `publicUrl` contains a semicolon, or with both `identify` and `pages`.
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
  if (options.identify != null && options.pages != null) {
    throw new TypeError('The pages sign in by themselves: pass either `pages` or `identify`.');
  }
  return httpApp({
    log: noLog,
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
    identify: null,
    ...options,
  });
}
