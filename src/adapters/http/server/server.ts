import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import {
  continueWhenRead,
  defaultDrainLimits,
  drainAfterResponse,
  type DrainLimits,
} from './drain-request.js';

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
      const { incoming, outgoing } = bindings;
      if (!incoming.complete) drainAfterResponse(incoming, outgoing, drainLimits);
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
  const { drain, end: endConnections } = watchConnections(server, {
    writeTimeoutMs: options.writeTimeoutMs,
    bodyPace: options.bodyPace ?? defaultBodyPace,
  });
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

/** The time that a body may take: `graceMs`, and one more millisecond for each `bytesPerMs` that have arrived. */
export interface BodyPace {
  graceMs: number;
  bytesPerMs: number;
}

/** 16 seconds for 1 MiB, 40 seconds for 4 MiB. */
const defaultBodyPace: BodyPace = { graceMs: 8000, bytesPerMs: 130 };

/**
 * The latest request of each connection. By connections, which live long: entries that come and go with each request survive
 * many garbage collections.
 */
type LatestRequests = Map<Socket, { response: ServerResponse; startedAt: number; bytesBefore: number }>;

/**
 * Cuts off clients that send a body too slowly or do not read their response.
 *
 * Returns `drain`, after which each connection closes with its current or next response, which has `Connection: close` so that
 * the client sends no other request; and `end`, which also stops listening and resolves when the last connection has closed.
 */
function watchConnections(
  server: Server,
  { writeTimeoutMs, bodyPace }: { writeTimeoutMs: number; bodyPace: BodyPace },
): { drain: () => void; end: () => Promise<void> } {
  const latest: LatestRequests = new Map();
  let isDraining = false;
  let isEnding = false;
  server.prependListener('connection', (socket: Socket) => {
    socket.once('close', () => latest.delete(socket));
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    latest.set(socket, { response, startedAt: performance.now(), bytesBefore: socket.bytesRead });
    response.on('timeout', destroyIfUnread);
    response.once('close', () => {
      if (isEnding)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    if (isDraining) response.shouldKeepAlive = false;
  });
  server.timeout = writeTimeoutMs;
  cutOffSlowBodies(server, latest, bodyPace);
  keepWritingConnections(server, latest);
  const drain = () => {
    isDraining = true;
    for (const { response } of latest.values()) response.shouldKeepAlive = false;
  };
  const end = () => {
    drain();
    isEnding = true;
    return new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  };
  return { drain, end };
}

/**
 * Closes a connection whose client does not read its response. A connection that waits for the server to write, or for a
 * request, is not closed.
 */
function destroyIfUnread(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}

/** For Node a connection is idle, and `close` destroys it, before the end of its response is written. */
function keepWritingConnections(server: Server, latest: LatestRequests): void {
  const closeIdleConnections = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    const isWriting = ({ writableEnded, writableFinished }: ServerResponse) =>
      writableEnded && !writableFinished;
    if (![...latest.values()].some(({ response }) => isWriting(response))) closeIdleConnections();
  };
}

const checkIntervalMs = 500;
const timedOut = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Responds with 408 to requests whose bodies arrive too slowly, and closes their connections. A single deadline for all requests
 * would be too short for the largest bodies, or too long for a client that sends nothing.
 */
function cutOffSlowBodies(server: Server, latest: LatestRequests, { graceMs, bytesPerMs }: BodyPace): void {
  const check = () => {
    const now = performance.now();
    for (const [socket, { response, startedAt, bytesBefore }] of latest) {
      // The rest of a body whose response has begun is read and discarded after it.
      if (response.req.complete || response.headersSent) continue;
      const allowedMs = graceMs + (socket.bytesRead - bytesBefore) / bytesPerMs;
      if (now - startedAt <= allowedMs) continue;
      latest.delete(socket);
      socket.write(timedOut, () => socket.destroy());
    }
  };
  const timer = setInterval(check, Math.min(checkIntervalMs, graceMs));
  timer.unref();
  server.once('close', () => {
    clearInterval(timer);
  });
}
