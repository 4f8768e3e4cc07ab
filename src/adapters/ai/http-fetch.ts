import { Agent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';

/** What of `fetch` the AI SDK's providers need: texts posted, and the answer streamed. */
export type Fetch = typeof globalThis.fetch;

/** Shorter than most servers keep a connection that is not used, so that none is closed just as it is used again. */
const usualIdleMs = 4000;

const noHeaders = (): Record<string, string> => ({});

/** The pieces of a body as they come. */
export type BodyPieces = AsyncIterable<Uint8Array<ArrayBuffer>>;

const asTheyAre = (pieces: BodyPieces): BodyPieces => pieces;

/** Statuses whose answers have no body (the Fetch standard's null body statuses). */
const bodiless = new Set([204, 205, 304]);

/**
 * Fetches with Node's own HTTP client, and keeps connections for the next time. Unlike the `fetch` of Node 20 it sets
 * no deadlines of its own, opens no new connection for one that was aborted, and follows no redirect, which could
 * carry a key elsewhere. Each request also has what `moreHeaders` answers, and what comes of each answer goes through `through`,
 * of which an error is the body's. A connection that is not used for `longestIdleMs` is closed.
 */
export function httpFetch({
  longestIdleMs = usualIdleMs,
  moreHeaders = noHeaders,
  through = asTheyAre as (pieces: BodyPieces, headers: Headers) => BodyPieces,
} = {}): Fetch {
  const agents = {
    'http:': new Agent({ keepAlive: true, timeout: longestIdleMs }),
    'https:': new TlsAgent({ keepAlive: true, timeout: longestIdleMs }),
  };
  return (input, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const isSecure = url.protocol === 'https:';
      if (init?.signal?.aborted === true) throw init.signal.reason;
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        agent: agents[isSecure ? 'https:' : 'http:'],
        method: init?.method ?? 'GET',
        headers: { ...Object.fromEntries(new Headers(init?.headers)), ...moreHeaders() },
        ...(init?.signal ? { signal: init.signal } : {}),
      });
      request.on('error', reject);
      request.on('response', (answer) => {
        try {
          resolve(responseOf(answer, through));
        } catch (error) {
          request.destroy();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
          reject(error);
        }
      });
      request.end(init?.body);
    });
}

function responseOf(
  answer: IncomingMessage,
  through: (pieces: BodyPieces, headers: Headers) => BodyPieces,
): Response {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(answer.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  if (status < 200 || status > 599) throw new RangeError(`No answer has the status ${status}.`);
  if (bodiless.has(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(answer, through(answer, headers)), { status, headers });
}

/** What comes, as it is read; who does not read it to its end ends the connection. */
function bodyOf(answer: IncomingMessage, through: BodyPieces): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = through[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel() {
        answer.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
