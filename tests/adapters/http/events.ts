import { ask, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** A server-sent event that was received. */
export interface ReceivedEvent {
  event: string;
  data: Record<string, unknown>;
}

/** The optional parts of a streamed message. */
export interface StreamParts {
  key?: string;
  signal?: AbortSignal;
  conversationId?: string;
  model?: string;
}

/** Sends a message as a stream, and returns the response when its headers arrive. */
export async function openStream(
  { app }: Pick<TestApi, 'app'>,
  auth: string,
  message: string,
  { key, signal, conversationId, model }: StreamParts = {},
): Promise<Response> {
  return app.request('/api/chat/', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Token ${auth}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: JSON.stringify({ message, stream: true, conversation_id: conversationId, model }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Sends a message as a stream, and reads the response to its end. `events` is empty if the status is not 200. */
export async function stream(
  api: TestApi,
  auth: string,
  message: string,
  { key, signal, conversationId, model }: StreamParts = {},
): Promise<TestResponse & { events: ReceivedEvent[] }> {
  const response = await ask(api, 'POST', '/api/chat/', {
    auth,
    json: { message, stream: true, conversation_id: conversationId, model },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...response, events: response.status === 200 ? eventsIn(response.text) : [] };
}

/** The comment that a stream sends while it has no event. */
export const comment = ': keep-alive\n\n';

/** Parses the events of a stream, without its comments. Throws if it is not well-formed. */
export function eventsIn(text: string): ReceivedEvent[] {
  const blocks = text.replaceAll(comment, '').split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream ends within an event.');
  return blocks.map((block) => {
    const found = /^event: ([a-z]+)\ndata: ([^\n]*)$/.exec(block);
    if (found?.[2] === undefined) throw new Error(`Not an event: ${block}`);
    return { event: found[1] ?? '', data: JSON.parse(found[2]) as Record<string, unknown> };
  });
}

/** Returns the text of all deltas. */
export function deltaText(events: readonly ReceivedEvent[]): string {
  return events.flatMap(({ event, data }) => (event === 'delta' ? [data['text']] : [])).join('');
}

/** Reads a response event by event. */
export function eventReader(response: Response) {
  const body: ReadableStream<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
  const reader = body.getReader();
  const decoder = new TextDecoder();
  return {
    /** Returns the next event, or null at the end. Each event is one chunk of the body. */
    async next(): Promise<ReceivedEvent | null> {
      const read: Awaited<ReturnType<typeof reader.read>> = await reader.read();
      return read.done ? null : (eventsIn(decoder.decode(read.value))[0] ?? null);
    },
    /** Disconnects. */
    leave: () => reader.cancel(),
  };
}
