import { Agent, request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** The response to a request, read as it arrives. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /**
   * Returns the next bytes of the body; null once it has ended. Rejects if the connection breaks or the request is aborted.
   * With `withinMs`, returns `'silent'` if nothing arrives in that many milliseconds.
   */
  read(withinMs?: number): Promise<Buffer | null | 'silent'>;
  /** Keeps the connection for another request if the body ends at once; else closes it. */
  release(): void;
  /** Closes the connection. */
  close(): void;
}

/** A request and its address. */
export interface HttpPost {
  url: URL;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

/** Shorter than most servers keep an idle connection, so that few requests use one that is being closed. */
const defaultIdleMs = 4000;

/** How many unread bytes are buffered before the sender is slowed down. */
const longestQueue = 64 * 1024;

/** How long a body may take to end after the reply in it has ended, in milliseconds. */
const releaseWithinMs = 250;

/**
 * Returns a function that posts with Node's own HTTP client and keeps connections for later requests. It has no deadlines,
 * opens no connection for an aborted request, and follows no redirect, because a redirect could send the key to another
 * host. Closes an idle connection after `idleMs`.
 */
export function httpClient({ idleMs = defaultIdleMs } = {}): (post: HttpPost) => Promise<HttpResponse> {
  const plain = new Agent({ keepAlive: true, timeout: idleMs });
  const tls = new TlsAgent({ keepAlive: true, timeout: idleMs });
  return ({ url, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const isTls = url.protocol === 'https:';
      const options = { agent: isTls ? tls : plain, method: 'POST', headers };
      const request = isTls ? requestHttps(url, options) : requestHttp(url, options);
      const abort = () => {
        // Without an error, which an idle socket would emit without a listener.
        request.destroy();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      request.on('close', () => {
        signal.removeEventListener('abort', abort);
      });
      // Not removed: the request may fail again after the promise is settled.
      request.on('error', reject);
      request.on('upgrade', (_, socket) => {
        socket.destroy();
        reject(new Error('The server switched protocols.'));
      });
      request.on('response', (response) => {
        resolve(readResponse(response, signal));
      });
      request.end(body);
    });
}

/** Returns the body of a response without its compression, which some proxies apply even if none is accepted. */
function decodedBody(response: IncomingMessage): Readable {
  // Passes each part on as it arrives, even of a body that is cut off.
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (response.headers['content-encoding']?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return response.pipe(createGunzip(flush));
    case 'deflate':
      return response.pipe(createInflate(flush));
    case 'br': {
      const brotliFlush = constants.BROTLI_OPERATION_FLUSH;
      return response.pipe(createBrotliDecompress({ flush: brotliFlush, finishFlush: brotliFlush }));
    }
    default:
      return response;
  }
}

function readResponse(response: IncomingMessage, signal: AbortSignal): HttpResponse {
  const body = decodedBody(response);
  let queue: Buffer[] = [];
  let queued = 0;
  let end: { error: Error | null } | null = null;
  let wake = nothing;
  const endWith = (error: Error | null) => {
    end ??= { error };
    wake();
  };
  body.on('data', (chunk: Buffer) => {
    queue.push(chunk);
    queued += chunk.length;
    if (queued > longestQueue) body.pause();
    wake();
  });
  body.on('end', () => {
    endWith(null);
  });
  // Not removed, like the listener of the request.
  body.on('error', endWith);
  if (body !== response) response.on('error', endWith);
  response.on('close', () => {
    if (body === response || !response.complete) endWith(new Error('The connection was closed.'));
  });

  const take = (): Buffer | null => {
    if (queue.length > 0) {
      const bytes = queue.length === 1 && queue[0] !== undefined ? queue[0] : Buffer.concat(queue);
      queue = [];
      queued = 0;
      if (body.isPaused()) body.resume();
      return bytes;
    }
    if (end?.error != null) throw signal.aborted ? (signal.reason as Error) : end.error;
    return null;
  };
  const wait = (withinMs: number | undefined) =>
    new Promise<boolean>((resolve) => {
      const timer =
        withinMs === undefined
          ? null
          : setTimeout(() => {
              settle(false);
            }, withinMs);
      const settle = (isAwake: boolean) => {
        wake = nothing;
        if (timer !== null) clearTimeout(timer);
        resolve(isAwake);
      };
      wake = () => {
        settle(true);
      };
    });

  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    async read(withinMs) {
      if (queue.length === 0 && end === null && !(await wait(withinMs))) return 'silent';
      return take();
    },
    release() {
      if (response.readableEnded) return;
      response.removeAllListeners('data');
      response.resume();
      const timer = setTimeout(() => response.destroy(), releaseWithinMs);
      response.on('close', () => {
        clearTimeout(timer);
      });
    },
    close() {
      response.destroy();
    },
  };
}

function nothing(): void {
  // No read is pending.
}
