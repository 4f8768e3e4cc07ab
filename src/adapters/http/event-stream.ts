import { AsyncResource } from 'node:async_hooks';
import type { Context } from 'hono';
import { ClientLeft } from './problem.js';

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

/**
 * Answers with events as they are made, and makes none before the last one was taken, so that a client that does not
 * read stops whoever makes them. Once it is gone `client` is aborted, if it was not before, and the rest is made to
 * nobody: what is under way ends in order. `events` never throws.
 */
export function answerEvents(
  c: Context,
  events: AsyncGenerator<ServerSentEvent, void>,
  client: AbortController,
): Response {
  const encoder = new TextEncoder();
  let isCancelled = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  keepAlive(c, ended);
  // Whoever reads the answer does so from elsewhere; what is made of it belongs to this request all the same.
  const makeNext = AsyncResource.bind(() => events.next());
  const makeTheRest = async () => {
    while ((await makeNext()).done !== true);
    end();
  };
  if (client.signal.aborted) void makeTheRest();
  else client.signal.addEventListener('abort', () => void makeTheRest(), { once: true });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await makeNext();
        if (next.done === true) end();
        if (isCancelled) return;
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(textOf(next.value)));
      },
      cancel() {
        isCancelled = true;
        client.abort(new ClientLeft());
        return ended;
      },
    },
    { highWaterMark: 0 },
  );
  return c.body(body, 200, headers);
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
