import { ask, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** A server-sent event that was received. */
export interface ReceivedEvent {
  event: string;
  data: Record<string, unknown>;
}

/** What a streamed message may carry. */
export interface StreamParts {
  key?: string;
  signal?: AbortSignal;
  conversationId?: string;
  model?: string;
}

/** Sends a message and asks for events; resolves when the answer begins. */
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

/** The same, read to its end. `events` is empty where the answer was no stream. */
export async function stream(
  api: TestApi,
  auth: string,
  message: string,
  { key, signal, conversationId, model }: StreamParts = {},
): Promise<TestResponse & { events: ReceivedEvent[] }> {
  const answer = await ask(api, 'POST', '/api/chat/', {
    auth,
    json: { message, stream: true, conversation_id: conversationId, model },
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...answer, events: answer.status === 200 ? eventsIn(answer.text) : [] };
}

/** What a stream sends while nothing comes. */
export const comment = ': keep-alive\n\n';

/** Reads whole events, and passes over comments; throws on what is neither. */
export function eventsIn(text: string): ReceivedEvent[] {
  const blocks = text.replaceAll(comment, '').split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream ends within an event.');
  return blocks.map((block) => {
    const found = /^event: ([a-z]+)\ndata: ([^\n]*)$/.exec(block);
    if (found?.[2] === undefined) throw new Error(`This is no event: ${block}`);
    return { event: found[1] ?? '', data: JSON.parse(found[2]) as Record<string, unknown> };
  });
}

/** The text of all deltas. */
export function deltaText(events: readonly ReceivedEvent[]): string {
  return events.flatMap(({ event, data }) => (event === 'delta' ? [data['text']] : [])).join('');
}

/** Reads an answer event by event. */
export function eventReader(response: Response) {
  const body: ReadableStream<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
  const reader = body.getReader();
  const decoder = new TextDecoder();
  return {
    /** The next event, or null at the end. Each is sent as one piece. */
    async next(): Promise<ReceivedEvent | null> {
      const read: Awaited<ReturnType<typeof reader.read>> = await reader.read();
      return read.done ? null : (eventsIn(decoder.decode(read.value))[0] ?? null);
    },
    /** Goes away. */
    leave: () => reader.cancel(),
  };
}
