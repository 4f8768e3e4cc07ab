import type { Hono, MiddlewareHandler } from 'hono';
import type { Core } from '../../../domain/core.js';
import type { ForeignCaller } from '../../../domain/users/adopt-user.js';
import type { DemoCheckout } from '../../../ports/demo-checkout.js';
import type { Log } from '../../../ports/log.js';
import type { IdentifiedCaller } from '../../../domain/auth/caller.js';
import type { Pages } from '../pages/pages.js';
import type { OnResponse, RequestHook } from './request-hooks.js';

/** What a host application may pass with a request: `app.fetch(request, { parsedBody })`. */
export interface HostBindings {
  /**
   * The request's body, if the host has read it: the value that its JSON parser returned, or the bytes. Undefined if the app
   * must read the body.
   */
  parsedBody?: unknown;
}

/**
 * Values of a request. `caller` is undefined until the request is authenticated. The client's address is null if it is not
 * known. `maxBodyBytes` is the body limit of the path.
 */
export interface HttpEnvironment {
  Bindings: HostBindings;
  Variables: {
    requestId: string;
    caller: IdentifiedCaller;
    clientAddress: string | null;
    maxBodyBytes: number;
  };
}

/** The API as a Hono app. */
export type HttpApp = Hono<HttpEnvironment>;
export type HttpMiddleware = MiddlewareHandler<HttpEnvironment>;

/** Metrics that can be read at any time. */
export interface Metrics {
  /** Returns all metrics in a text format of Prometheus. */
  read(): Promise<{ mediaType: string; text: string }>;
}

/**
 * Returns which user of the host program makes a request, by its own session; null if the request is not signed in. It may
 * read the headers of the request, not its body.
 */
export type IdentifyUser = (request: Request) => ForeignCaller | null | Promise<ForeignCaller | null>;

/** The dependencies of the HTTP API. */
export interface HttpDeps {
  core: Core;
  log: Log;
  /** Runs the handling of each request, for instance within a span; null for none. */
  requestHook: RequestHook | null;
  /** Called for each request when its response begins. */
  onResponse: readonly OnResponse[];
  /** Returns an id for a request that has none. */
  newRequestId: () => string;
  /** Resolves if the database is available. */
  ping: () => Promise<void>;
  /** Read by every readiness check. */
  lifecycle: { state: 'ready' | 'draining' };
  /** Aborted when replies that are under way must end. */
  stopping?: AbortSignal;
  /** Other origins whose pages may call the API; null for none. */
  corsOrigins: readonly string[] | null;
  /** Proxies whose `X-Forwarded-For` is trusted, in the notation of `clientAddress`. */
  trustedProxies: readonly string[];
  /**
   * The URL at which clients reach this server, if requests do not show it. A host or proxy may remove its path from requests
   * or not. Null: the path of the core's `publicUrl`.
   */
  publicUrl: string | null;
  /** The maximum time between two chunks of a stream, in milliseconds; then its headers and a comment are sent. */
  streamKeepAliveMs: number;
  /** The body limit of the chat routes, in bytes. */
  maxChatBodyBytes: number;
  /** Identifies callers in place of auth tokens; null for auth tokens. */
  identify: IdentifyUser | null;
  /** The metrics at `/metrics`; null for no such path. */
  metrics: Metrics | null;
  /** The secret with which programs on other machines may read `/metrics`; null for local programs only. */
  metricsSecret: string | null;
  /** The checkout of the test provider of payments, which then has a page; null if payments are not tests. */
  demoCheckout: DemoCheckout | null;
  /** The pages, as `readPages` returns them; null for the API only. */
  pages: Pages | null;
}
