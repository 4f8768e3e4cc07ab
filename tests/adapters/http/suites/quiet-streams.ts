import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { HoldLedger } from '../../../../src/ports/hold-ledger.js';
import type { OpenedEngine } from '../api-suites.js';
import { chunksIn, openCompletion } from '../completions.js';
import { comment, deltaText, eventsIn, openStream, stream } from '../events.js';
import { messageEventsIn, openMessage, type MessageEvent } from '../messages.js';
import { balance, exchanges, newAccount, until } from '../requests.js';
import { openResponse, responseEventsIn, type ResponseEvent } from '../responses.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';
import { openUiMessage, problemIn, uiChunksIn } from '../ui-messages.js';
import { abortion, finish, modelThat, text, waitingModel } from '../test-models.js';

const streamKeepAliveMs = 20;

interface StreamForm {
  /** What is sent while there is nothing to send. */
  keepAlive: RegExp;
  open: (api: TestApi, auth: string, parts?: { key?: string; signal?: AbortSignal }) => Promise<Response>;
  textIn: (body: string) => string;
  lastError: (body: string) => unknown;
}

const comments = /^: keep-alive\n\n$/;

/** The first one follows the start of the message, as soon as the message is known. */
const pings = /^(?:event: message_start\n.*\n\n)?event: ping\ndata: {"type":"ping"}\n\n$/;

function messageDeltaIn({ type, delta }: MessageEvent): string {
  return type === 'content_block_delta' ? (delta as { text: string }).text : '';
}

function deltaIn({ type, delta }: ResponseEvent): string {
  return type === 'response.output_text.delta' ? (delta as string) : '';
}

const forms: [string, StreamForm][] = [
  [
    'chat',
    {
      keepAlive: comments,
      open: (api, auth, parts) => openStream(api, auth, 'Hi', parts),
      textIn: (body) => deltaText(eventsIn(body)),
      lastError: (body) => eventsIn(body).find(({ event }) => event === 'error')?.data,
    },
  ],
  [
    'completion',
    {
      keepAlive: comments,
      open: (api, auth, parts) => openCompletion(api, auth, { ...parts, json: { stream: true } }),
      textIn: (body) =>
        chunksIn(body)
          .chunks.map(({ choices }) => (choices[0]?.delta?.['content'] as string | undefined) ?? '')
          .join(''),
      lastError: (body) => chunksIn(body).chunks.at(-1)?.error,
    },
  ],
  [
    'response',
    {
      keepAlive: comments,
      open: (api, auth, parts) => openResponse(api, auth, { ...parts, json: { stream: true } }),
      textIn: (body) => responseEventsIn(body).map(deltaIn).join(''),
      lastError: (body) => responseEventsIn(body).find(({ type }) => type === 'error'),
    },
  ],
  [
    'UI message',
    {
      keepAlive: comments,
      open: openUiMessage,
      textIn: (body) =>
        uiChunksIn(body)
          .map(({ delta = '' }) => delta as string)
          .join(''),
      lastError: (body) => {
        const last = uiChunksIn(body).at(-1);
        return last?.type === 'error' ? problemIn(last) : undefined;
      },
    },
  ],
  [
    'message of Anthropic',
    {
      keepAlive: pings,
      open: (api, auth, parts) => openMessage(api, auth, { ...parts, json: { stream: true } }),
      textIn: (body) => messageEventsIn(body).map(messageDeltaIn).join(''),
      lastError: (body) => {
        const last = messageEventsIn(body).at(-1);
        return last?.type === 'error' ? last['error'] : undefined;
      },
    },
  ],
];

function isQuiet(event: string): boolean {
  return event === comment.trim() || event.startsWith('event: ping\n');
}

/** Returns the events of a stream up to the first keep-alive. */
function beginningOf(body: string): string {
  const events = body.split('\n\n');
  return events
    .slice(0, events.findIndex(isQuiet) + 1)
    .map((event) => `${event}\n\n`)
    .join('');
}

/** Reads a response part by part. */
function partReader(response: Response) {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  return {
    async next(): Promise<string | null> {
      const read = (await reader.read()) as { done: boolean; value?: Uint8Array };
      return read.done ? null : decoder.decode(read.value);
    },
    async rest(): Promise<string> {
      let whole = '';
      for (let part = await this.next(); part !== null; part = await this.next()) whole += part;
      return whole;
    },
    leave: () => reader.cancel(),
  };
}

/** Tests of streams that have nothing to send for some time. */
export function quietStreamsSuite(engine: OpenedEngine): void {
  describe.each(forms)('a stream of a %s with nothing to send', (_, form) => {
    const { keepAlive, open, textIn, lastError } = form;
    const isKeepAlive = (part: string | null) => part !== null && keepAlive.test(part);
    const opened = async (options: TestApiOptions) => {
      const api = testApi(engine(), { streamKeepAliveMs, ...options });
      return { api, auth: (await newAccount(api)).auth };
    };

    test('starts with headers and a comment, and repeats the comment', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const response = await open(api, auth);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      const reader = partReader(response);
      for (let count = 0; count < 3; count += 1) expect(await reader.next()).toMatch(keepAlive);
      await until(model.waits);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 100 });
      model.letGo();
      expect(textIn(await reader.rest())).toBe('At last.');
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('sends comments between its words, too', async () => {
      const model = waitingModel({ before: [text('Once ')], after: [text('more.')] });
      const { api, auth } = await opened({ models: [model] });
      const reader = partReader(await open(api, auth));
      let words = '';
      let part = await reader.next();
      // On a busy machine there are comments before the first word, too.
      for (; part !== null && !(isKeepAlive(part) && textIn(words) !== ''); part = await reader.next()) {
        if (!isKeepAlive(part)) words += part;
      }
      expect(textIn(words)).toBe('Once ');
      expect(part).toMatch(keepAlive);
      model.letGo();
      expect(textIn(await reader.rest())).toBe('more.');
    });

    test('that then fails sends an error event of its API', async () => {
      const gate = new AbortController();
      const model = modelThat(async function* () {
        yield { type: 'alive' };
        await abortion(gate.signal);
        throw new DomainError('provider_busy', 'Busy.', { retryAfterSeconds: 3 });
      });
      const { api, auth } = await opened({ models: [model] });
      const reader = partReader(await open(api, auth));
      expect(await reader.next()).toMatch(keepAlive);
      gate.abort();
      expect(lastError(await reader.rest())).toMatchObject({ code: 'provider_busy' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'failed', response: null }]);
    });

    test('that cannot be reserved after its first comment sends an error event', async () => {
      const { stores, ...others } = engine();
      const reserve: HoldLedger['reserve'] = async (request) => {
        await delay(streamKeepAliveMs * 3);
        return stores.holdLedger.reserve({ ...request, hold: 5000 });
      };
      const slow = { ...others, stores: { ...stores, holdLedger: { ...stores.holdLedger, reserve } } };
      const api = testApi(slow, { streamKeepAliveMs, models: [waitingModel()] });
      const { auth } = await newAccount(api);
      const response = await open(api, auth);
      expect(response.status).toBe(200);
      const body = await response.text();
      expect(beginningOf(body)).toMatch(keepAlive);
      expect(lastError(body)).toMatchObject({ code: 'insufficient_tokens' });
    });

    test('buffers no comments for a client that does not read', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const response = await open(api, auth);
      await delay(streamKeepAliveMs * 10);
      model.letGo();
      await until(async () => (await exchanges(api, auth))[0]?.['status'] === 'pending');
      const body = await response.text();
      expect(body.split('\n\n').filter(isQuiet).length).toBeLessThanOrEqual(2);
      expect(textIn(body)).toBe('At last.');
    });

    test('whose client disconnects costs nothing, and stops its model', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const reader = partReader(await open(api, auth));
      expect(await reader.next()).toMatch(keepAlive);
      expect(await reader.next()).toMatch(keepAlive);
      await until(model.waits);
      await reader.leave();
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', response: null }]);
    });

    test('with a key continues when its client disconnects, and its repeat gets the reply', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      // A busy machine must not begin its responses with a comment, after which their status says nothing.
      const patient = testApi(engine(), { models: [model] });
      const reader = partReader(await open(api, auth, { key: 'quiet' }));
      expect(await reader.next()).toMatch(keepAlive);
      await until(model.waits);
      const cancelled = reader.leave();
      expect((await open(patient, auth, { key: 'quiet' })).status).toBe(409);
      model.letGo();
      await cancelled;
      const repeat = await open(patient, auth, { key: 'quiet' });
      expect(repeat.headers.get('Idempotent-Replayed')).toBe('true');
      expect(textIn(await repeat.text())).toBe('At last.');
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('ends at the total deadline even if its model gives signs of life', async () => {
      const model = modelThat(async function* ({ signal }) {
        while (!signal.aborted) {
          await delay(1);
          yield { type: 'alive' };
        }
      });
      const deadlines = { firstChunkTimeoutMs: 50, idleTimeoutMs: 50, totalTimeoutMs: 200 };
      const { api, auth } = await opened({ models: [{ ...model, ...deadlines }] });
      const body = await (await open(api, auth)).text();
      expect(beginningOf(body)).toMatch(keepAlive);
      expect(lastError(body)).toMatchObject({ code: 'provider_timeout' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });
  });

  test('a fast stream sends no comment', async () => {
    const model = modelThat(async function* () {
      await Promise.resolve();
      yield text('Hi');
      yield finish;
    });
    const api = testApi(engine(), { models: [model] });
    const { auth } = await newAccount(api);
    expect((await stream(api, auth, 'Hi')).text).not.toContain(comment);
  });
}
