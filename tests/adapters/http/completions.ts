import { comment } from './events.js';
import { expectDocumented } from './documented-answers.js';
import { read, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** What a request for a completion may carry; `json` goes over the plainest request that there is. */
export interface CompletionParts {
  json?: object;
  key?: string;
  signal?: AbortSignal;
}

/** Asks for a completion as OpenAI's clients do, and reads the answer. */
export async function complete(
  api: Pick<TestApi, 'app'>,
  auth: string,
  parts: CompletionParts = {},
): Promise<TestResponse> {
  const response = await read(await openCompletion(api, auth, parts));
  expectDocumented('POST', '/v1/chat/completions', response);
  return response;
}

/** The same; resolves when the answer begins. */
export async function openCompletion(
  { app }: Pick<TestApi, 'app'>,
  auth: string,
  { json, key, signal }: CompletionParts = {},
): Promise<Response> {
  return app.request('/v1/chat/completions', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${auth}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: JSON.stringify({ model: 'echo', messages: [{ role: 'user', content: 'Hi' }], ...json }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What a completion or a chunk is, as far as tests look into it. */
export interface Completion {
  id: string;
  object: string;
  created: number;
  model: string;
  /** In an error there are none. */
  choices: {
    index: number;
    message?: Record<string, unknown>;
    delta?: Record<string, unknown>;
    finish_reason: string | null;
  }[];
  usage?: Record<string, number> | null;
  error?: Record<string, unknown>;
}

/** Reads whole chunks, and passes over comments; `isDone` tells whether the stream said that it is. Throws on what is none. */
export function chunksIn(text: string): { chunks: Completion[]; isDone: boolean } {
  const events = text.replaceAll(comment, '').split('\n\n');
  if (events.pop() !== '') throw new Error('The stream ends within an event.');
  const texts = events.map((event) => {
    const data = /^data: ([^\n]*)$/.exec(event)?.[1];
    if (data === undefined) throw new Error(`This is no chunk: ${event}`);
    return data;
  });
  const isDone = texts.at(-1) === '[DONE]';
  return {
    chunks: texts.slice(0, isDone ? -1 : undefined).map((data) => JSON.parse(data) as Completion),
    isDone,
  };
}

/** The error of an answer. */
export function errorIn({ body }: TestResponse): Record<string, unknown> {
  return body['error'] as Record<string, unknown>;
}
