import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The time that a body may take: `graceMs`, and one more millisecond for each `bytesPerMs` that have arrived. */
export interface BodyPace {
  graceMs: number;
  bytesPerMs: number;
}

/** 16 seconds for 1 MiB, 40 seconds for 4 MiB. */
export const defaultBodyPace: BodyPace = { graceMs: 8000, bytesPerMs: 130 };

const checkIntervalMs = 500;

interface LatestRequest {
  response: ServerResponse;
  startedAt: number;
  bytesBefore: number;
}

const timedOut = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/**
 * Responds with 408 to requests whose bodies arrive too slowly, and closes their connections. A single deadline for all requests
 * would be too short for the largest bodies, or too long for a client that sends nothing.
 */
export function cutOffSlowBodies(server: Server, { graceMs, bytesPerMs }: BodyPace): void {
  // By connections, which live long: entries that come and go with each request survive many garbage collections.
  const latest = new Map<Socket, LatestRequest>();
  server.prependListener('connection', (socket: Socket) => {
    socket.once('close', () => latest.delete(socket));
  });
  server.prependListener('request', (incoming: IncomingMessage, response: ServerResponse) => {
    const { socket } = incoming;
    latest.set(socket, { response, startedAt: performance.now(), bytesBefore: socket.bytesRead });
  });
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
