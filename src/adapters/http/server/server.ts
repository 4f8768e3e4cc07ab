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

/** Slow and silent clients are cut off after this, before their bodies. */
const headersTimeoutMs = 8000;
/** Longer than the largest body may take by its pace. */
const requestTimeoutMs = 10 * 60_000;

export interface HttpServer {
  /** Where it listens. */
  url: string;
  /** Replaces what answers, from the next request on. */
  serve(fetch: Fetch): void;
  /** From now on each answer ends its connection, and says so; it goes on listening. */
  drain(): void;
  /**
   * Stops listening and waits for the requests under way and their answers' bodies, also where the client is gone; after
   * `timeoutMs` it cuts the connections that are left. True when all requests had ended.
   */
  stop(timeoutMs: number): Promise<boolean>;
  /** Resolves when no request is worked on, so that after a cut everything has been given back. */
  idle(): Promise<void>;
}

/** `execution` is told of work that goes on after an answer has begun. */
export type Fetch = (
  request: Request,
  bindings?: object,
  execution?: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void; props: unknown },
) => Response | Promise<Response>;

/** Listens. Rejects with the system's error, such as EADDRINUSE. */
export async function startHttpServer(options: {
  port: number;
  host: string;
  fetch: Fetch;
  /** How long an answer may wait for a client that does not read it. */
  writeTimeoutMs: number;
  /** How much of a body that nothing has read is discarded before its connection is closed. */
  drainLimits?: DrainLimits;
  /** How slowly a body may come. */
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
    // It would cut off after half a second what `drainAfterResponse` reads.
    autoCleanupIncoming: false,
    // HTTP/1.0 has no Host header; load balancers use it to ask for health.
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
  const { drain, end: endConnections } = connectionEnder(server);
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

/** Counts the work that it is told of; `idle` resolves when there is none left. */
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
 * Cuts a connection whose client takes nothing of what is to be written to it. Waiting for something to write is no
 * fault of its own, and a connection without a request is ended as ever.
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
 * Answers what lets each connection end with the answer that is under way on it, or with its next one, and say so, lest
 * its client send a request into a closed connection; and what also stops the server from listening and resolves when
 * its last connection has ended.
 */
function connectionEnder(server: Server): { drain: () => void; end: () => Promise<void> } {
  // By what lives long: what is put into a set and soon removed keeps its neighbours alive past many collections.
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
  // Node considers a connection idle, and `close` destroys it, although the end of its response is not yet written.
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
