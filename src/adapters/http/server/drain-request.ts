import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How much of a body is read and discarded after its response: for at most `timeoutMs`, for at most `idleMs` after its last byte,
 * and at most `maxBytes`.
 */
export interface DrainLimits {
  timeoutMs: number;
  idleMs: number;
  maxBytes: number;
}

/** Enough for large bodies that clients send by mistake, but not for a client that never stops. */
export const defaultDrainLimits: DrainLimits = {
  timeoutMs: 5000,
  idleMs: 1000,
  maxBytes: 128 * 1024 * 1024,
};

/**
 * Reads and discards the rest of a request's body after its response, within limits, and then closes the connection. Call it
 * before the response is written. Does nothing for a body that has arrived completely.
 *
 * A connection that is closed while bytes are unread is reset, and a client that is still sending gets the reset instead of the
 * response (RFC 9112, section 9.6).
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
  // A client that waits for 100 Continue may send its body or not, so the next bytes are ambiguous.
  if (awaitsContinue.has(incoming)) response.shouldKeepAlive = false;
  const { socket } = incoming;
  let isClosing = false;
  // Node calls this to close a connection when its last response is written.
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

/** How often the limits are checked. */
const checkIntervalMs = 50;

/** Reads and discards the rest. Calls `done` once, with whether the body is complete. */
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
    clearInterval(timer);
    incoming.off('end', finish);
    socket.off('end', finish).off('close', finish);
    done(incoming.complete);
  };
  // The socket also counts bytes that Node discards itself.
  const check = () => {
    const now = performance.now();
    if (socket.bytesRead !== last.bytes) last = { bytes: socket.bytesRead, at: now };
    const isOverLimit = last.bytes - bytesBefore > maxBytes || now - startedAt >= timeoutMs;
    if (isOverLimit || now - last.at >= idleMs) finish();
  };
  const timer = setInterval(check, checkIntervalMs);
  // Otherwise a reader of the body continues to collect it in memory.
  incoming.removeAllListeners('data');
  incoming.once('end', finish).resume();
  // Before Node's own listener, which would respond to an incomplete request with 400 after its response.
  socket.prependOnceListener('end', finish).once('close', finish);
}

/** Requests with `Expect: 100-continue` that have not received 100 Continue. */
const awaitsContinue = new WeakSet<IncomingMessage>();

/**
 * Responds with 100 Continue to a request with `Expect: 100-continue` when its body is first read, so that the client of a
 * rejected request does not send the body.
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
