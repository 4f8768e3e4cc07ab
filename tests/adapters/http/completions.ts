import { comment } from './events.js';
import { expectDocumented } from './documented-responses.js';
import { read, type TestResponse } from './requests.js';
import type { TestApi } from './test-api.js';

/** The parts of a request for a completion. `json` is merged into a minimal body. */
export interface CompletionParts {
  json?: object;
  key?: string;
  signal?: AbortSignal;
}

/** Requests a completion as OpenAI's clients do, and reads the response. */
export async function complete(
  api: Pick<TestApi, 'app'>,
  auth: string,
  parts: CompletionParts = {},
): Promise<TestResponse> {
  const response = await read(await openCompletion(api, auth, parts));
  expectDocumented('POST', '/v1/chat/completions', response);
  return response;
}

/** Requests a completion, and returns the response when its headers arrive. */
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

/** The fields of a completion or a chunk that tests check. */
export interface Completion {
  id: string;
  object: string;
  created: number;
  model: string;
  /** Absent in an error. */
  choices: {
    index: number;
    message?: Record<string, unknown>;
    delta?: Record<string, unknown>;
    finish_reason: string | null;
  }[];
  usage?: Record<string, number> | null;
  error?: Record<string, unknown>;
}

/** Parses the chunks of a whole stream, without its comments. `isDone` is whether it ends with `[DONE]`. Throws if it is not well-formed. */
export function chunksIn(text: string): { chunks: Completion[]; isDone: boolean } {
  const events = text.replaceAll(comment, '').split('\n\n');
  if (events.pop() !== '') throw new Error('The stream ends within an event.');
  const texts = events.map((event) => {
    const data = /^data: ([^\n]*)$/.exec(event)?.[1];
    if (data === undefined) throw new Error(`Not a chunk: ${event}`);
    return data;
  });
  const isDone = texts.at(-1) === '[DONE]';
  return {
    chunks: texts.slice(0, isDone ? -1 : undefined).map((data) => JSON.parse(data) as Completion),
    isDone,
  };
}

/** Returns the error of a response. */
export function errorIn({ body }: TestResponse): Record<string, unknown> {
  return body['error'] as Record<string, unknown>;
}
