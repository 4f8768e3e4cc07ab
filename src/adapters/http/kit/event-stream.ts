import { AsyncResource } from 'node:async_hooks';
import type { Context } from 'hono';
import { ClientDisconnected } from './problem.js';

/** One server-sent event before it is sent. */
export interface ServerSentEvent {
  /** Null for one without a name. */
  event: string | null;
  /** One line. */
  data: string;
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Proxies that gather an answer before they pass it on would spoil it.
  'X-Accel-Buffering': 'no',
};

/** A line that clients of event streams ignore, and proxies do not. */
const comment = ': keep-alive\n\n';

/** How events are sent. */
export interface EventStreamOptions {
  /** Aborted once the client is gone, if it was not before. */
  client: AbortController;
  /** How long nothing may be sent, in milliseconds. */
  keepAliveMs: number;
  /** What ends a stream that fails after its response has begun; null where the client is gone. */
  errorEvent: (error: unknown) => ServerSentEvent | null;
}

/**
 * Responds with events. Throws what `events` throws before the first one; but after `keepAliveMs` without an event the
 * response begins with a comment, and what is thrown from then on becomes the last event. While no event comes a comment
 * is sent every `keepAliveMs`.
 *
 * Nothing is made before the last one was taken, neither an event nor a comment, so that a client that does not read
 * stops whatever makes the events. Once the client is gone the rest is made and discarded: what is under way ends in
 * order.
 */
export async function sendEvents(
  c: Context,
  events: AsyncGenerator<ServerSentEvent, void>,
  { client, keepAliveMs, errorEvent }: EventStreamOptions,
): Promise<Response> {
  const encoder = new TextEncoder();
  // The response is read outside of the request's asynchronous context, to which the events belong all the same.
  const makeNext = AsyncResource.bind(() => events.next());
  const lastOne = (error: unknown): NextEvent => {
    const value = errorEvent(error);
    return value === null ? { done: true, value: undefined } : { done: false, value };
  };
  const first = makeNext();
  let isQuiet = !(await settlesWithin(first, keepAliveMs));
  let pending: Promise<NextEvent> | null = isQuiet
    ? first.catch(AsyncResource.bind(lastOne))
    : Promise.resolve(await first);
  let isCancelled = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  keepAlive(c, ended);
  const makeNextOrLast = () => makeNext().catch(AsyncResource.bind(lastOne));
  const makeTheRest = async () => {
    await pending;
    while ((await makeNextOrLast()).done !== true);
    end();
  };
  if (client.signal.aborted) void makeTheRest();
  else client.signal.addEventListener('abort', () => void makeTheRest(), { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!isQuiet) {
          pending ??= makeNextOrLast();
          isQuiet = !(await settlesWithin(pending, keepAliveMs));
        }
        if (isQuiet) {
          isQuiet = false;
          if (!isCancelled) controller.enqueue(encoder.encode(comment));
          return;
        }
        const next = await (pending ?? makeNextOrLast());
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

/** Whether a promise is fulfilled or rejected within so many milliseconds. Never rejects. */
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

/** Tells whoever runs this app, if it wants to know, that a request goes on after its answer has begun. */
function keepAlive(c: Context, work: Promise<void>): void {
  let execution;
  try {
    execution = c.executionCtx;
  } catch {
    return;
  }
  execution.waitUntil(work);
}
