import type { CompletionParts } from './completions.js';
import { expectDocumented } from './documented-responses.js';
import { comment } from './events.js';
import { read, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** A message as `useChat` sends it. */
export function uiMessage(role: string, ...texts: string[]) {
  return { id: 'message-1', role, parts: texts.map((text) => ({ type: 'text', text })) };
}

/** Sends a message as `useChat` does, and reads the response. `json` is merged into a minimal body. */
export async function sendUiMessage(
  api: Pick<TestApi, 'app'>,
  auth: string,
  parts: CompletionParts = {},
): Promise<TestResponse> {
  const response = await read(await openUiMessage(api, auth, parts));
  expectDocumented('POST', '/api/ui-chat/', response);
  return response;
}

/** Sends a message as `useChat` does, and returns the response when its headers arrive. */
export async function openUiMessage(
  { app }: Pick<TestApi, 'app'>,
  auth: string,
  { json, key, signal }: CompletionParts = {},
): Promise<Response> {
  return app.request('/api/ui-chat/', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${auth}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: JSON.stringify({
      ...{ id: 'chat-1', messages: [uiMessage('user', 'Hi')], trigger: 'submit-message' },
      ...json,
    }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A chunk of a UI message stream. */
export interface UiChunk {
  type: string;
  [field: string]: unknown;
}

/** Parses the chunks of a stream, without its comments. */
export function uiChunksIn(text: string): UiChunk[] {
  const blocks = text.replaceAll(comment, '').split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream ends within an event.');
  const chunks = blocks.at(-1) === 'data: [DONE]' ? blocks.slice(0, -1) : blocks;
  return chunks.map((block) => {
    const [, data] = /^data: ([^\n]*)$/.exec(block) ?? [];
    if (data === undefined) throw new Error(`Not an event: ${block}`);
    return JSON.parse(data) as UiChunk;
  });
}

/** Returns the problem of an `error` chunk. */
export function problemIn({ errorText }: UiChunk): Record<string, unknown> {
  return JSON.parse(errorText as string) as Record<string, unknown>;
}
