import { expectDocumented } from './documented-responses.js';
import { read, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** The parts of a request in the format of Anthropic's API. `json` is merged into a minimal body. */
export interface MessageParts {
  json?: object;
  /** The text of the whole body, in place of `json`. */
  raw?: string;
  key?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  path?: string;
}

/** Creates a message as Anthropic's clients do, and reads the response. */
export async function createMessage(
  api: Pick<TestApi, 'app'>,
  auth: string,
  parts: MessageParts = {},
): Promise<TestResponse> {
  const response = await read(await openMessage(api, auth, parts));
  expectDocumented('POST', parts.path ?? '/v1/messages', response);
  return response;
}

/** Creates a message, and returns the response when its headers arrive. */
export async function openMessage(
  { app }: Pick<TestApi, 'app'>,
  auth: string,
  { json, raw, key, signal, headers, path = '/v1/messages' }: MessageParts = {},
): Promise<Response> {
  return app.request(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'x-api-key': auth,
      'anthropic-version': '2023-06-01',
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...headers,
    },
    body: raw ?? JSON.stringify({ ...minimalBody, ...json }),
    ...(signal === undefined ? {} : { signal }),
  });
}

export const minimalBody = {
  model: 'echo',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
};

/** An event of a stream in the format of Anthropic's API. */
export interface MessageEvent {
  type: string;
  [member: string]: unknown;
}

/** Parses the events of a stream. Throws if it is not well-formed, or an event has another name than its type. */
export function messageEventsIn(text: string): MessageEvent[] {
  const blocks = text.split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream ends within an event.');
  return blocks.map((block) => {
    const [, name, data] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(block) ?? [];
    if (name === undefined || data === undefined) throw new Error(`Not an event: ${block}`);
    const event = JSON.parse(data) as MessageEvent;
    if (event.type !== name) throw new Error(`The event ${name} has the type ${event.type}.`);
    return event;
  });
}

/** Returns the content of a streamed message, with the JSON texts of inputs. Throws if the events are out of order. */
export function streamedContent(events: readonly MessageEvent[]): Record<string, unknown>[] {
  const content: Record<string, unknown>[] = [];
  let isOpen = false;
  for (const event of events) {
    const { type, index } = event;
    if (type === 'content_block_start') {
      if (isOpen || index !== content.length) throw new Error(`Block ${String(index)} starts out of order.`);
      isOpen = true;
      content.push({ ...(event['content_block'] as object) });
    }
    if (type !== 'content_block_delta' && type !== 'content_block_stop') continue;
    const block = content.at(-1);
    if (!isOpen || block === undefined || index !== content.length - 1)
      throw new Error(`${type} is out of order.`);
    if (type === 'content_block_stop') isOpen = false;
    const delta = (event['delta'] ?? {}) as Record<string, string>;
    for (const [name, field] of deltaFields) {
      if (delta[name] === undefined) continue;
      const before = typeof block[field] === 'string' ? block[field] : '';
      block[field] = before + delta[name];
    }
  }
  if (isOpen) throw new Error('The last block is open.');
  return content;
}

const deltaFields = [
  ['text', 'text'],
  ['thinking', 'thinking'],
  ['signature', 'signature'],
  ['partial_json', 'input'],
] as const;

/** Returns the error of a response. */
export function messageErrorIn({ body }: TestResponse): Record<string, unknown> {
  return body['error'] as Record<string, unknown>;
}
