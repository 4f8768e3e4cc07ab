import { comment } from './events.js';
import { expectDocumented } from './documented-responses.js';
import type { CompletionParts } from './completions.js';
import { read, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** Requests a response as OpenAI's clients do, and reads it. `json` is merged into a minimal body. */
export async function respond(
  api: Pick<TestApi, 'app'>,
  auth: string,
  parts: CompletionParts = {},
): Promise<TestResponse> {
  const response = await read(await openResponse(api, auth, parts));
  expectDocumented('POST', '/v1/responses', response);
  return response;
}

/** Requests a response, and returns it when its headers arrive. */
export async function openResponse(
  { app }: Pick<TestApi, 'app'>,
  auth: string,
  { json, key, signal }: CompletionParts = {},
): Promise<Response> {
  return app.request('/v1/responses', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${auth}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: JSON.stringify({ model: 'echo', input: 'Hi', ...json }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** An event of a streamed response. */
export interface ResponseEvent {
  type: string;
  sequence_number: number;
  [field: string]: unknown;
}

/**
 * Parses the events of a whole stream, without its comments. Throws if it is not well-formed: an event with another name than
 * its type, or numbers that do not count up from the first one.
 */
export function responseEventsIn(text: string): ResponseEvent[] {
  const blocks = text.replaceAll(comment, '').split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream ends within an event.');
  let previous: number | null = null;
  return blocks.map((block) => {
    const [, name, data] = /^event: ([\w.]+)\ndata: ([^\n]*)$/.exec(block) ?? [];
    if (data === undefined) throw new Error(`Not an event: ${block}`);
    const event = JSON.parse(data) as ResponseEvent;
    const isNext: boolean = previous === null || event.sequence_number === previous + 1;
    if (event.type !== name || !isNext) throw new Error(`Not in order: ${block}`);
    previous = event.sequence_number;
    return event;
  });
}

/** Returns the response of the last event of a stream. */
export function lastResponse(events: readonly ResponseEvent[]): Record<string, unknown> {
  return events.at(-1)?.['response'] as Record<string, unknown>;
}
