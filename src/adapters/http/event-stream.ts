import type { Context } from 'hono';

/** One server-sent event before it is sent. */
export interface ServerSentEvent {
  event: string;
  data: unknown;
}

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Proxies that gather an answer before they pass it on would spoil it.
  'X-Accel-Buffering': 'no',
};

/**
 * Answers with events as they are made, and makes none before the last one was taken, so that a client that does not
 * read stops whoever makes them. When it goes away `leave` is called, and the rest is made all the same, to nobody:
 * what is under way ends in order. `events` never throws.
 */
export function answerEvents(
  c: Context,
  events: AsyncGenerator<ServerSentEvent, void>,
  leave: () => void,
): Response {
  const encoder = new TextEncoder();
  let isGone = false;
  let end: () => void = () => undefined;
  keepAlive(
    c,
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await events.next();
        if (next.done !== true && !isGone) controller.enqueue(encoder.encode(textOf(next.value)));
        if (next.done !== true) return;
        end();
        if (!isGone) controller.close();
      },
      async cancel() {
        isGone = true;
        leave();
        while ((await events.next()).done !== true);
        end();
      },
    },
    { highWaterMark: 0 },
  );
  return c.body(body, 200, headers);
}

function textOf({ event, data }: ServerSentEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
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
