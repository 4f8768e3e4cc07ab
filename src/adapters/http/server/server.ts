import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  continueWhenRead,
  defaultDrainLimits,
  drainAfterResponse,
  type DrainLimits,
} from './drain-request.js';
import { cutOffSlowBodies, defaultBodyPace, type BodyPace } from './slow-bodies.js';

/** The time that a client has for the headers of a request. */
const headersTimeoutMs = 8000;
/** Longer than the slowest allowed transfer of the largest body. */
const requestTimeoutMs = 10 * 60_000;

export interface HttpServer {
  /** The URL at which it listens. */
  url: string;
  /** Replaces the handler, from the next request on. */
  serve(fetch: Fetch): void;
  /** From now on each response closes its connection, with `Connection: close`. The server continues to listen. */
  drain(): void;
  /**
   * Stops listening and waits until all requests have ended, also those whose clients have disconnected. After `timeoutMs` it
   * closes the remaining connections. Returns true if all requests had ended.
   */
  stop(timeoutMs: number): Promise<boolean>;
  /** Resolves when no request is being handled, so that all resources are released. */
  idle(): Promise<void>;
}

/** Handles a request. `execution.waitUntil` is called with work that continues after the response has begun. */
export type Fetch = (
  request: Request,
  bindings?: object,
  execution?: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: unknown },
) => Response | Promise<Response>;

/** Starts a server. Rejects with the error of the operating system, such as EADDRINUSE. */
export async function startHttpServer(options: {
  port: number;
  host: string;
  fetch: Fetch;
  /** How long a client may not read its response, in milliseconds. */
  writeTimeoutMs: number;
  /** How much of an unread body is read and discarded before its connection is closed. */
  drainLimits?: DrainLimits;
  /** The minimum speed of bodies. */
  bodyPace?: BodyPace;
}): Promise<HttpServer> {
  let fetch = options.fetch;
  const { waitUntil, idle } = workCounter();
  const execution = { waitUntil, passThroughOnException: () => undefined, props: {} };
  const drainLimits = options.drainLimits ?? defaultDrainLimits;
  const work = (request: Request, bindings: HttpBindings) => {
    const response = Promise.resolve(fetch(request, bindings, execution));
    waitUntil(response);
    const drain = () => {
      drainAfterResponse(bindings.incoming, bindings.outgoing, drainLimits);
    };
    response.then(drain, drain);
    return response;
  };
  const server = createAdaptorServer({
    fetch: (request, bindings) => work(request, bindings as HttpBindings),
    createServer,
    // Otherwise the body that `drainAfterResponse` reads is cut off after half a second.
    autoCleanupIncoming: false,
    // Health checks of load balancers use HTTP/1.0, which has no Host header.
    hostname: 'localhost',
    serverOptions: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 500,
      keepAliveTimeout: 65_000,
    },
  }) as Server;
  continueWhenRead(server);
  cutOffSlowBodies(server, options.bodyPace ?? defaultBodyPace);
  cutOffUnreadResponses(server, options.writeTimeoutMs);
  const { drain, end: endConnections } = connectionCloser(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    url: urlOf(server.address() as AddressInfo),
    serve: (next) => {
      fetch = next;
    },
    drain,
    stop: async (timeoutMs) => {
      const ended = Promise.all([endConnections(), idle()]).then(() => true);
      const isInTime = await Promise.race([ended, delay(timeoutMs, false)]);
      server.closeAllConnections();
      return isInTime;
    },
    idle,
  };
}

/** Counts work under way. `idle` resolves when there is none. */
function workCounter(): { waitUntil: (work: Promise<unknown>) => void; idle: () => Promise<void> } {
  let count = 0;
  let waiting: (() => void)[] = [];
  const end = () => {
    count -= 1;
    if (count > 0) return;
    for (const go of waiting) go();
    waiting = [];
  };
  return {
    waitUntil: (work) => {
      count += 1;
      work.then(end, end);
    },
    idle: async () => {
      while (count > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(address)) return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Closes a connection whose client does not read its response. A connection that waits for the server to write, or for a
 * request, is not closed here.
 */
function cutOffUnreadResponses(server: Server, writeTimeoutMs: number): void {
  server.timeout = writeTimeoutMs;
  server.prependListener('request', (_, response) => {
    response.on('timeout', (socket: Socket) => {
      if (socket.writableLength > 0) socket.destroy();
    });
  });
}

/**
 * Returns `drain`, after which each connection closes with its current or next response, which has `Connection: close` so that
 * the client sends no other request; and `end`, which also stops listening and resolves when the last connection has closed.
 */
function connectionCloser(server: Server): { drain: () => void; end: () => Promise<void> } {
  // By connections, which live long: entries that come and go with each request survive many garbage collections.
  const latest = new Map<Socket, ServerResponse>();
  let draining = false;
  let ending = false;
  server.prependListener('connection', (socket: Socket) => {
    socket.once('close', () => latest.delete(socket));
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    latest.set(socket, response);
    response.once('close', () => {
      if (ending)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    if (draining) response.shouldKeepAlive = false;
  });
  // For Node a connection is idle, and `close` destroys it, before the end of its response is written.
  const closeIdleConnections = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    const isWriting = (response: ServerResponse) => response.writableEnded && !response.writableFinished;
    if (![...latest.values()].some(isWriting)) closeIdleConnections();
  };
  const drain = () => {
    draining = true;
    for (const response of latest.values()) response.shouldKeepAlive = false;
  };
  const end = () => {
    drain();
    ending = true;
    return new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  };
  return { drain, end };
}
