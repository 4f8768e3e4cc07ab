import { ask, type Answer } from './requests.js';
import type { TestApi } from './test-api.js';

/** What a request for a completion may carry; `json` goes over the plainest request that there is. */
export interface CompletionParts {
  json?: object;
  key?: string;
  signal?: AbortSignal;
}

/** Asks for a completion as OpenAI's clients do, and reads the answer. */
export function complete(
  api: Pick<TestApi, 'app' | 'engine'>,
  auth: string,
  { json, key, signal }: CompletionParts = {},
): Promise<Answer> {
  return ask(api, 'POST', '/v1/chat/completions', {
    json: { model: 'echo', messages: [{ role: 'user', content: 'Hi' }], ...json },
    headers: {
      Authorization: `Bearer ${auth}`,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What a completion or a chunk is, as far as tests look into it. */
export interface Completion {
  id: string;
  object: string;
  created: number;
  model: string;
  choices: {
    index: number;
    message?: Record<string, unknown>;
    delta?: Record<string, unknown>;
    finish_reason: string | null;
  }[];
  usage?: Record<string, number> | null;
  error?: Record<string, unknown>;
}

/** Reads whole chunks; `isDone` tells whether the stream said that it is. Throws on what is none. */
export function chunksIn(text: string): { chunks: Completion[]; isDone: boolean } {
  const events = text.split('\n\n');
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
export function errorIn({ body }: Answer): Record<string, unknown> {
  return body['error'] as Record<string, unknown>;
}
