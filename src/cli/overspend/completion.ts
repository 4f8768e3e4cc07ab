import { createParser } from 'eventsource-parser';
import { setTimeout as delay } from 'node:timers/promises';
import type { KeyHeaders } from './gateway.js';

/** What is sent to `/v1/chat/completions`. */
export interface Prompt {
  message: string;
  maxTokens: number;
  isStream: boolean;
}

/** One request of a client. */
export interface CompletionRequest {
  url: string;
  headers: KeyHeaders;
  model: string;
  prompt: Prompt;
  /** The client disconnects after this time, in milliseconds; null if it stays. */
  leavesAfterMs: number | null;
}

/**
 * What became of a request. `refused`: the budget or a cap does not cover it. `left`: the client disconnected.
 * `failed`: anything else, which makes a case inconclusive.
 */
export type CompletionOutcome =
  | { outcome: 'completed' | 'refused' | 'left'; startedAtMs: number; endedAtMs: number }
  | { outcome: 'failed'; reason: string };

/** The longest time that a request may take. */
const timeoutMs = 120_000;
/** The most characters of a response that an error quotes. */
const maxQuote = 200;
/** OpenAI's type of errors about a lack of credits, for streams, whose status is 200. */
const lacksCredits = 'insufficient_quota';

/** Sends a request once, without a retry, and reads its whole response. Does not throw. */
export async function complete(
  request: CompletionRequest,
  refusalStatuses: readonly number[],
): Promise<CompletionOutcome> {
  const startedAtMs = performance.now();
  const ended = (outcome: 'completed' | 'refused' | 'left') => ({
    outcome,
    startedAtMs,
    endedAtMs: performance.now(),
  });
  const leaving = new AbortController();
  const timer = new AbortController();
  leaveAfter(request.leavesAfterMs, leaving, timer.signal);
  try {
    const response = await send(request, AbortSignal.any([leaving.signal, AbortSignal.timeout(timeoutMs)]));
    const text = await response.text();
    if (refusalStatuses.includes(response.status)) return ended('refused');
    if (!response.ok) return { outcome: 'failed', reason: `HTTP ${response.status}: ${quote(text)}` };
    const fault = request.prompt.isStream ? faultOfStream(text) : null;
    if (fault === null) return ended('completed');
    if (fault.includes(lacksCredits)) return ended('refused');
    return { outcome: 'failed', reason: fault };
  } catch (error) {
    return leaving.signal.aborted ? ended('left') : { outcome: 'failed', reason: reasonOf(error) };
  } finally {
    timer.abort();
  }
}

function leaveAfter(ms: number | null, leaving: AbortController, signal: AbortSignal): void {
  if (ms === null) return;
  delay(ms, undefined, { signal }).then(
    () => {
      leaving.abort();
    },
    () => undefined,
  );
}

function send({ url, headers, model, prompt }: CompletionRequest, signal: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: prompt.message }],
      max_tokens: prompt.maxTokens,
      stream: prompt.isStream,
    }),
    signal,
  });
}

/** Returns null if a stream is complete, otherwise how it ended. */
function faultOfStream(text: string): string | null {
  const events: string[] = [];
  createParser({ onEvent: ({ data }) => events.push(data) }).feed(`${text}\n\n`);
  const error = events.find((data) => /^\{\s*"error"/.test(data));
  if (error !== undefined) return `A stream ended with an error: ${quote(error)}`;
  return events.at(-1) === '[DONE]' ? null : 'A stream ended without [DONE].';
}

/** Returns why a request got no response. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: unknown; message?: unknown }; message?: unknown };
  return String(cause?.code ?? cause?.message ?? message ?? error);
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxQuote ? `${line.slice(0, maxQuote)}…` : line;
}
