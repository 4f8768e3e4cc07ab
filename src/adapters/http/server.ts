import { createAdaptorServer } from '@hono/node-server';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Slow and silent clients are cut off after this; a body of the largest size needs 130 kB/s. */
const requestTimeoutMs = 8000;
const headersTimeoutMs = 8000;

export interface HttpServer {
  /** Where it listens. */
  url: string;
  /** Replaces what answers, from the next request on. */
  serve(fetch: Fetch): void;
  /**
   * Stops listening and waits for the requests under way, also those whose client is gone; after `timeoutMs` it cuts
   * the connections that are left. True when all requests had ended.
   */
  stop(timeoutMs: number): Promise<boolean>;
  /** Resolves when no request is worked on, so that after a cut everything has been given back. */
  idle(): Promise<void>;
}

export type Fetch = (request: Request, bindings?: object) => Response | Promise<Response>;

/** Listens. Rejects with the system's error, such as EADDRINUSE. */
export async function startHttpServer(options: {
  port: number;
  host: string;
  fetch: Fetch;
}): Promise<HttpServer> {
  let fetch = options.fetch;
  const worked = new Set<Promise<unknown>>();
  const work = async (request: Request, bindings?: object) => {
    const response = Promise.resolve(fetch(request, bindings));
    worked.add(response);
    try {
      return await response;
    } finally {
      worked.delete(response);
    }
  };
  const idle = async () => {
    while (worked.size > 0) await Promise.allSettled(worked);
  };
  const server = createAdaptorServer({
    fetch: work,
    createServer,
    // HTTP/1.0 has no Host header; load balancers use it to ask for health.
    hostname: 'localhost',
    serverOptions: {
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 500,
      keepAliveTimeout: 65_000,
    },
  }) as Server;
  const endConnections = connectionEnder(server);
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
    stop: async (timeoutMs) => {
      const ended = Promise.all([endConnections(), idle()]).then(() => true);
      const isInTime = await Promise.race([ended, delay(timeoutMs, false)]);
      server.closeAllConnections();
      return isInTime;
    },
    idle,
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(address)) return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Answers what stops a server from listening and resolves when its last connection has ended. Each ends with the answer
 * that is under way on it, and says so, lest its client send the next request into a closed connection.
 */
function connectionEnder(server: Server): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  let ending = false;
  server.prependListener('request', (_, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (ending)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    if (ending) response.shouldKeepAlive = false;
  });
  return () => {
    ending = true;
    for (const response of underWay) response.shouldKeepAlive = false;
    return new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  };
}
