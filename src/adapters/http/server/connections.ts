import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The time that a body may take: `graceMs`, and one more millisecond for each `bytesPerMs` that have arrived. */
export interface BodyPace {
  graceMs: number;
  bytesPerMs: number;
}

/** 16 seconds for 1 MiB, 40 seconds for 4 MiB. */
export const defaultBodyPace: BodyPace = { graceMs: 8000, bytesPerMs: 130 };

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
export function watchConnections(
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
