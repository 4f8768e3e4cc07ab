import type { Hono, MiddlewareHandler } from 'hono';
import type { Core } from '../../../domain/core.js';
import type { Log } from '../../../ports/log.js';
import type { Caller } from '../../../domain/auth/caller.js';
import type { RequestHook, OnResponse } from './request-hooks.js';
import type { Pages } from '../pages/pages.js';
import type { HostBindings } from './parsed-body.js';

/**
 * What middleware leaves for handlers. `caller` is set wherever `authenticate` stands before the handler; the client's
 * address is null when it is not known. `maxBodyBytes` is how large a body the path takes.
 */
export interface HttpEnvironment {
  Bindings: HostBindings;
  Variables: { requestId: string; caller: Caller; clientAddress: string | null; maxBodyBytes: number };
}

/** The API as an app of Hono. */
export type HttpApp = Hono<HttpEnvironment>;
export type HttpMiddleware = MiddlewareHandler<HttpEnvironment>;

/** What is measured, as it can be read at any time. */
export interface Metrics {
  /** All of it, in a text format of Prometheus. */
  read(): Promise<{ mediaType: string; text: string }>;
}

/** What the routes stand on. */
export interface HttpDeps {
  core: Core;
  log: Log;
  /** What each request is answered within; null for nothing. */
  requestHook: RequestHook | null;
  /** Told of each request when its answer begins. */
  onResponse: readonly OnResponse[];
  /** Makes the ids of requests that bring none. */
  newRequestId: () => string;
  /** Resolves when the database answers. */
  ping: () => Promise<void>;
  /** Read at every request for readiness. */
  lifecycle: { state: 'ready' | 'draining' };
  /** Aborted when replies that are still under way have to end. */
  stopping?: AbortSignal;
  /** Origins whose pages may call the API; null for none but our own. */
  corsOrigins: readonly string[] | null;
  /** The proxies whose word counts on where a request comes from, as `clientAddress` takes them. */
  trustedProxies: readonly string[];
  /**
   * Where the world reaches this server, when it is not where requests say. Its scheme and origin count, and its path: a
   * host or proxy may take that off requests or leave it. Null: the path of the core's `publicUrl`.
   */
  publicUrl: string | null;
  /** How long a stream may send nothing, in milliseconds: then it sends a comment, and its headers at the latest. */
  streamKeepAliveMs: number;
  /** The largest body that the chat routes read, in bytes. */
  maxChatBodyBytes: number;
  /** What is measured, to be read at `/metrics`; null for no such path. */
  metrics: Metrics | null;
  /** With what others than programs on this machine may read it; null for nobody else. */
  metricsSecret: string | null;
  /** The pages for people, as `readPages` reads them; null for the API alone. */
  pages: Pages | null;
}
