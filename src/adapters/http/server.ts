import { createAdaptorServer } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Slow and silent clients are cut off after this; a body of the largest size needs 120 kB/s. */
const requestTimeoutMs = 9000;
const headersTimeoutMs = 8000;

export interface HttpServer {
  /** Where it listens. */
  url: string;
  /** Replaces what answers, from the next request on. */
  serve(fetch: Fetch): void;
  /** Stops listening and waits for the requests under way, at most `timeoutMs`. True when all of them ended. */
  stop(timeoutMs: number): Promise<boolean>;
}

export type Fetch = (request: Request, bindings?: object) => Response | Promise<Response>;

/** Listens. Rejects with the system's error, such as EADDRINUSE. */
export async function startHttpServer(options: {
  port: number;
  host: string;
  fetch: Fetch;
}): Promise<HttpServer> {
  let fetch = options.fetch;
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings),
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
    stop: (timeoutMs) => stop(server, timeoutMs),
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(address)) return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function stop(server: Server, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let ended = true;
    const timer = setTimeout(() => {
      ended = false;
      server.closeAllConnections();
    }, timeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve(ended);
    });
    server.closeIdleConnections();
  });
}
