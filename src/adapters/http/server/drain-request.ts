import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How much of a body is read and discarded once its response is sent: no longer than `timeoutMs`, no longer than `idleMs`
 * after its last byte, and no more than `maxBytes`.
 */
export interface DrainLimits {
  timeoutMs: number;
  idleMs: number;
  maxBytes: number;
}

/** The largest bodies that clients send by mistake still fit, and a client that never stops is cut off soon. */
export const defaultDrainLimits: DrainLimits = {
  timeoutMs: 5000,
  idleMs: 1000,
  maxBytes: 128 * 1024 * 1024,
};

/**
 * Reads and discards the rest of a request's body after its response is sent, within limits, and closes the connection
 * only then. To be called before the response is written. Does nothing for a body that has arrived whole.
 *
 * A connection that is closed while bytes are unread is reset, and a client that is still sending sees the reset in place
 * of the response (RFC 9112, section 9.6).
 *
 * @param incoming The request.
 * @param response Its response, of which nothing is written yet.
 * @param limits How much is read.
 */
export function drainAfterResponse(
  incoming: IncomingMessage,
  response: ServerResponse,
  limits: DrainLimits,
): void {
  if (incoming.complete || !announcesBody(incoming)) return;
  // A client that waits for leave to send its body may send it or not: what comes next could be either.
  if (awaitsContinue.has(incoming)) response.shouldKeepAlive = false;
  const { socket } = incoming;
  let isClosing = false;
  // This is how Node closes a connection once its last response is written.
  socket.destroySoon = () => {
    isClosing = true;
  };
  const end = () => {
    Reflect.deleteProperty(socket, 'destroySoon');
    if (isClosing) socket.destroySoon();
  };
  if (response.destroyed) {
    end();
    return;
  }
  response.once('close', () => {
    if (incoming.complete || incoming.destroyed) end();
    else
      discard(incoming, socket, limits, (isWhole) => {
        isClosing ||= !isWhole;
        end();
      });
  });
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** How often it is looked whether a limit is reached. */
const lookEveryMs = 50;

/** Reads the rest and keeps none of it; calls `done` once, with whether that was all of it. */
function discard(
  incoming: IncomingMessage,
  socket: Socket,
  { timeoutMs, idleMs, maxBytes }: DrainLimits,
  done: (isWhole: boolean) => void,
): void {
  const startedAt = performance.now();
  const bytesBefore = socket.bytesRead;
  let last = { bytes: bytesBefore, at: startedAt };
  const finish = () => {
    clearInterval(looking);
    incoming.off('end', finish);
    socket.off('end', finish).off('close', finish);
    done(incoming.complete);
  };
  // By the socket's own count: Node does not pass on what it discards itself.
  const look = () => {
    const now = performance.now();
    if (socket.bytesRead !== last.bytes) last = { bytes: socket.bytesRead, at: now };
    const isSpent = last.bytes - bytesBefore > maxBytes || now - startedAt >= timeoutMs;
    if (isSpent || now - last.at >= idleMs) finish();
  };
  const looking = setInterval(look, lookEveryMs);
  // Whatever was reading the body would go on collecting it in memory.
  incoming.removeAllListeners('data');
  incoming.once('end', finish).resume();
  // Before Node's own listener, which would answer an unfinished request with a 400 after its response.
  socket.prependOnceListener('end', finish).once('close', finish);
}

/** Requests with `Expect: 100-continue` whose client has not been told to continue. */
const awaitsContinue = new WeakSet<IncomingMessage>();

/**
 * Lets a client that asks for leave to send its body (`Expect: 100-continue`) have it when the body is first read, so
 * that a request that is refused without its body never sends it.
 *
 * @param server The server, before it listens.
 */
export function continueWhenRead(server: Server): void {
  server.on('checkContinue', (incoming: IncomingMessage, response: ServerResponse) => {
    awaitsContinue.add(incoming);
    incoming.on('newListener', (event) => {
      if ((event !== 'data' && event !== 'readable') || !awaitsContinue.has(incoming)) return;
      if (response.headersSent || response.destroyed) return;
      awaitsContinue.delete(incoming);
      response.writeContinue();
    });
    server.emit('request', incoming, response);
  });
}
