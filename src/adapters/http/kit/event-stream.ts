import { AsyncResource } from 'node:async_hooks';
import type { Context } from 'hono';
import { ClientDisconnected } from './problem.js';

/** One server-sent event before it is sent. */
export interface ServerSentEvent {
  /** The name of the event; null for none. */
  event: string | null;
  /** One line. */
  data: string;
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Otherwise nginx buffers the response.
  'X-Accel-Buffering': 'no',
};

/** Clients ignore it; for proxies it shows that the connection is alive. */
const comment = ': keep-alive\n\n';

/** How events are sent. */
export interface EventStreamOptions {
  /** Is aborted when the client disconnects. */
  client: AbortController;
  /** The maximum time between two chunks, in milliseconds. */
  keepAliveMs: number;
  /** Returns what is sent if no event comes in time; by default a comment. */
  keepAlive?: () => Iterable<ServerSentEvent>;
  /** Returns the last events of a stream that fails after its response has begun; none if the client has disconnected. */
  errorEvents: (error: unknown) => readonly ServerSentEvent[];
}

/**
 * Responds with events. An error before the first event is thrown. After `keepAliveMs` without an event the response begins
 * with a comment, or what `keepAlive` returns; an error after that becomes the last events. Without events, the same is sent
 * every `keepAliveMs`.
 *
 * An event or comment is created only when the client has received the last one, so that a client that does not read stops
 * the source of the events. If the client disconnects, the remaining events are read and discarded, so that the source can
 * end its work.
 */
export async function sendEvents(
  c: Context,
  events: AsyncGenerator<ServerSentEvent, void>,
  { client, keepAliveMs, keepAlive, errorEvents }: EventStreamOptions,
): Promise<Response> {
  const encoder = new TextEncoder();
  const keepAliveText = () => (keepAlive === undefined ? comment : Array.from(keepAlive(), textOf).join(''));
  // The response is read outside of the request's asynchronous context, in which the events have to be created.
  const nextEvent = AsyncResource.bind(() => events.next());
  let lastEvents: Iterator<ServerSentEvent, void> | null = null;
  const firstOfLast = (error: unknown): NextEvent => {
    lastEvents = errorEvents(error).values();
    return lastEvents.next();
  };
  const first = nextEvent();
  let isQuiet = !(await settlesWithin(first, keepAliveMs));
  let pending: Promise<NextEvent> | null = isQuiet
    ? first.catch(AsyncResource.bind(firstOfLast))
    : Promise.resolve(await first);
  let isCancelled = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  waitUntil(c, ended);
  const nextOrLast = async () => lastEvents?.next() ?? nextEvent().catch(AsyncResource.bind(firstOfLast));
  const readRest = async () => {
    await pending;
    while ((await nextOrLast()).done !== true);
    end();
  };
  if (client.signal.aborted) void readRest();
  else client.signal.addEventListener('abort', () => void readRest(), { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!isQuiet) {
          pending ??= nextOrLast();
          isQuiet = !(await settlesWithin(pending, keepAliveMs));
        }
        if (isQuiet) {
          isQuiet = false;
          if (!isCancelled) controller.enqueue(encoder.encode(keepAliveText()));
          return;
        }
        const next = await (pending ?? nextOrLast());
        pending = null;
        if (next.done === true) end();
        if (isCancelled) return;
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(textOf(next.value)));
      },
      cancel() {
        isCancelled = true;
        client.abort(new ClientDisconnected());
        return ended;
      },
    },
    { highWaterMark: 0 },
  );
  return c.body(body, 200, headers);
}

type NextEvent = IteratorResult<ServerSentEvent, void>;

/** Returns whether a promise settles within so many milliseconds. Never rejects. */
function settlesWithin(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, withinMs, false);
    const settle = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settle, settle);
  });
}

function textOf({ event, data }: ServerSentEvent): string {
  return `${event === null ? '' : `event: ${event}\n`}data: ${data}\n\n`;
}

/** Passes the work that continues after the response has begun to the server, if the server waits for such work. */
function waitUntil(c: Context, work: Promise<void>): void {
  let execution;
  try {
    execution = c.executionCtx;
  } catch {
    return;
  }
  execution.waitUntil(work);
}
