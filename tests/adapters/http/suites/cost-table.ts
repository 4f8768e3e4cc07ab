import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { DomainError } from '../../../../src/domain/errors.js';
import { isSound } from '../../../../src/domain/ledger/invariants.js';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { chunksIn, complete, openCompletion } from '../completions.js';
import { openStream, stream, type ReceivedEvent } from '../events.js';
import { balance, chat, exchanges, newAccount, until } from '../requests.js';
import { openResponse, respond, responseEventsIn } from '../responses.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';
import { openUiMessage, problemIn, sendUiMessage, uiChunksIn } from '../ui-messages.js';
import { finish, modelThat, modelYielding, text, waitingModel } from '../test-models.js';

const forms = [
  ...(['plain', 'streamed', 'completion', 'streamed completion'] as const),
  ...(['response', 'streamed response', 'streamed UI message'] as const),
];
type Form = (typeof forms)[number];

const streams = (form: Form) => form.startsWith('streamed');

/** Whether the errors of a stream are problem documents. */
const hasProblems = (form: Form) => form === 'streamed' || form === 'streamed UI message';

interface Sent {
  status: number;
  code: unknown;
  events: ReceivedEvent[];
  headers?: Headers;
}

interface SendParts {
  key?: string;
  signal?: AbortSignal;
}

async function send(form: Form, api: TestApi, auth: string, parts: SendParts = {}): Promise<Sent> {
  switch (form) {
    case 'plain': {
      const { status, body, headers } = await chat(api, auth, 'Hi', parts);
      return { status, code: body['code'], events: [], headers };
    }
    case 'streamed': {
      const { status, body, events, headers } = await stream(api, auth, 'Hi', parts);
      return { status, code: body['code'] ?? events.at(-1)?.data['code'], events, headers };
    }
    case 'completion': {
      const response = await complete(api, auth, parts);
      const { status, headers } = response;
      return { status, code: codeOf(response.body), events: [], headers };
    }
    case 'streamed completion': {
      const response = await complete(api, auth, { ...parts, json: { stream: true } });
      const { status, headers } = response;
      if (status !== 200) return { status, code: codeOf(response.body), events: [], headers };
      const { chunks, isDone } = chunksIn(response.text);
      const events = chunks.flatMap(({ choices, error }): ReceivedEvent[] => {
        if (error !== undefined) return [{ event: 'error', data: error }];
        return choices[0]?.delta?.['content'] ? [{ event: 'delta', data: {} }] : [];
      });
      expect(isDone).toBe(events.at(-1)?.event !== 'error');
      return { status: 200, code: events.at(-1)?.data['code'], events };
    }
    case 'response': {
      const response = await respond(api, auth, parts);
      const { status, headers } = response;
      return { status, code: codeOf(response.body), events: [], headers };
    }
    case 'streamed response': {
      const response = await respond(api, auth, { ...parts, json: { stream: true } });
      const { status, headers } = response;
      if (status !== 200) return { status, code: codeOf(response.body), events: [], headers };
      const received = responseEventsIn(response.text);
      const events = received.flatMap(({ type, ...data }): ReceivedEvent[] => {
        if (type === 'error') return [{ event: 'error', data: data['error'] as ReceivedEvent['data'] }];
        return type === 'response.output_text.delta' ? [{ event: 'delta', data: {} }] : [];
      });
      const failed = events.at(-1)?.event === 'error';
      const last = failed ? 'response.failed' : /^response\.(completed|incomplete)$/;
      expect(received.at(-1)?.type).toMatch(last);
      return { status: 200, code: events.at(-1)?.data['code'], events };
    }
    case 'streamed UI message': {
      const { status, headers, text, body } = await sendUiMessage(api, auth, parts);
      if (status !== 200) return { status, code: body['code'], events: [], headers };
      const events = uiChunksIn(text).flatMap((chunk): ReceivedEvent[] => {
        if (chunk.type === 'error') return [{ event: 'error', data: problemIn(chunk) }];
        return chunk.type === 'text-delta' ? [{ event: 'delta', data: {} }] : [];
      });
      return { status: 200, code: events.at(-1)?.data['code'], events };
    }
  }
}

function codeOf({ error }: Record<string, unknown>): unknown {
  return (error as Record<string, unknown> | undefined)?.['code'];
}

/** Sends a message, and disconnects once `isAsked` returns true, or after it has read some words of a stream. */
async function sendAndDisconnect(
  form: Form,
  api: TestApi,
  auth: string,
  departure: { isAsked: () => boolean; words: number; key?: string },
): Promise<void> {
  const client = new AbortController();
  const parts = { signal: client.signal, ...(departure.key === undefined ? {} : { key: departure.key }) };
  if (!streams(form) || departure.words === 0) {
    const response = send(form, api, auth, parts).catch(() => undefined);
    await until(departure.isAsked);
    client.abort();
    if (departure.key === undefined) await response;
    return;
  }
  const open = { 'streamed completion': openCompletion, 'streamed response': openResponse } as const;
  const response =
    form === 'streamed completion' || form === 'streamed response'
      ? await open[form](api, auth, { ...parts, json: { stream: true } })
      : form === 'streamed UI message'
        ? await openUiMessage(api, auth, parts)
        : await openStream(api, auth, 'Hi', parts);
  const body: ReadableStream<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (let words = 0; words < departure.words;) {
    const chunk: Awaited<ReturnType<typeof reader.read>> = await reader.read();
    if (chunk.done) break;
    const received = decoder.decode(chunk.value);
    if (!received.includes('reasoning-delta') && /"(text|content|delta)":"[^"]/.test(received)) words += 1;
  }
  const cancelled = reader.cancel();
  if (departure.key === undefined) await cancelled;
}

/** Tests of what a chat costs in every outcome, in all forms. */
export function costTableSuite(engine: OpenedEngine): void {
  describe.each(forms)('the cost of a %s chat', (form) => {
    const opened = async (options: TestApiOptions) => {
      const api = testApi(engine(), options);
      const { auth } = await newAccount(api);
      const ended = async () => ({
        balance: await balance(api, auth),
        exchange: (await exchanges(api, auth))[0],
      });
      return { api, auth, ended };
    };
    const nothing = { tokens: 4000, held: 0 };
    const price = { tokens: 3900, held: 0 };

    test('in progress: the price is held', async () => {
      const model = waitingModel();
      const { api, auth, ended } = await opened({ models: [model] });
      const response = send(form, api, auth);
      await until(() => model.requests.length === 1);
      expect(await ended()).toMatchObject({
        balance: { tokens: 3900, held: 100 },
        exchange: { status: 'pending', tokens_charged: 0, response: null },
      });
      model.letGo();
      await response;
    });

    test('completed: its price', async () => {
      const { api, auth, ended } = await opened({
        models: [modelYielding(text('Hi '), text('you'), finish)],
      });
      expect((await send(form, api, auth)).status).toBe(200);
      expect(await ended()).toMatchObject({
        balance: price,
        exchange: { status: 'completed', tokens_charged: 100, response: 'Hi you' },
      });
    });

    test.each(['provider_failed', 'provider_timeout'] as const)(
      'the provider fails before any text with %s: nothing, and a plain status',
      async (code) => {
        const model = modelThat(() => {
          throw new DomainError(code, 'Failed.');
        });
        const { api, auth, ended } = await opened({ models: [model] });
        const { status, code: sentCode } = await send(form, api, auth);
        expect([status, sentCode]).toEqual([code === 'provider_failed' ? 502 : 504, code]);
        expect(await ended()).toMatchObject({
          balance: nothing,
          exchange: { status: 'failed', tokens_charged: 0, response: null },
        });
      },
    );

    test.each(['provider_failed', 'provider_timeout'] as const)(
      'the provider fails after some text with %s: nothing, and an error at the end of a stream',
      async (code) => {
        const model = modelThat(async function* () {
          yield text('Half');
          await Promise.resolve();
          throw new DomainError(code, 'Failed.');
        });
        const { api, auth, ended } = await opened({ models: [model] });
        const { status, code: sentCode, events } = await send(form, api, auth);
        const plainStatus = code === 'provider_failed' ? 502 : 504;
        expect([status, sentCode]).toEqual([streams(form) ? 200 : plainStatus, code]);
        if (streams(form)) {
          expect(events.map(({ event }) => event)).toEqual(['delta', 'error']);
          expect(events[1]?.data).toMatchObject({
            type: expect.any(String) as string,
            ...(hasProblems(form) ? { status: plainStatus } : { param: null }),
          });
        }
        expect(await ended()).toMatchObject({
          balance: nothing,
          exchange: { status: 'failed', tokens_charged: 0, response: 'Half', incomplete: true },
        });
      },
    );

    test('the provider ends without a finish reason: nothing, and the text is kept', async () => {
      const { api, auth, ended } = await opened({ models: [modelYielding(text('Half'))] });
      expect((await send(form, api, auth)).code).toBe('provider_failed');
      expect(await ended()).toMatchObject({
        balance: nothing,
        exchange: { status: 'failed', tokens_charged: 0, response: 'Half', incomplete: true },
      });
    });

    test.each([
      ['context_length_exceeded', 400],
      ['unsupported_parameter', 400],
      ['content_filtered', 400],
      ['provider_busy', 429],
    ] as const)('the provider rejects it with %s: nothing, and the same code', async (code, status) => {
      const model = modelThat(() => {
        throw new DomainError(code, 'No.', code === 'provider_busy' ? { retryAfterSeconds: 30.2 } : {});
      });
      const { api, auth, ended } = await opened({ models: [model] });
      const response = await send(form, api, auth);
      expect([response.status, response.code]).toEqual([status, code]);
      expect(response.headers?.get('Retry-After')).toBe(status === 429 ? '31' : null);
      if (form.endsWith('completion')) {
        expect(response.headers?.get('X-Should-Retry')).toBe(status === 400 ? 'false' : null);
      }
      expect(model.requests).toHaveLength(1);
      expect(await ended()).toMatchObject({
        balance: nothing,
        exchange: { status: 'failed', tokens_charged: 0, response: null, incomplete: false },
      });
    });

    test.each([
      [{}, '1'],
      [{ retryAfterSeconds: 0.5 }, '1'],
      [{ retryable: false }, null],
    ])('the provider is busy with the details %j: Retry-After is %s', async (details, retryAfter) => {
      const model = modelThat(() => {
        throw new DomainError('provider_busy', 'No.', details);
      });
      const { api, auth } = await opened({ models: [model] });
      const response = await send(form, api, auth);
      expect([response.status, response.headers?.get('Retry-After')]).toEqual([429, retryAfter]);
    });

    test.each(['stop', 'length', 'content_filter', 'other'] as const)(
      'the provider finishes with %s and no text: its price',
      async (reason) => {
        const reasoned = modelYielding(
          { type: 'reasoning', text: 'Hm.' },
          { type: 'finish', reason, usage: null },
        );
        for (const model of [reasoned, modelYielding({ type: 'finish', reason, usage: null })]) {
          const { api, auth, ended } = await opened({ models: [{ ...model, retries: 5 }] });
          expect((await send(form, api, auth)).status).toBe(200);
          expect(model.requests).toHaveLength(1);
          expect(await ended()).toMatchObject({
            balance: price,
            exchange: { status: 'completed', tokens_charged: 100, response: '', incomplete: false },
          });
        }
      },
    );

    test.each<[string, ReplyChunk]>([
      ['reasoning', { type: 'reasoning', text: 'Hm.' }],
      ['a tool call', { type: 'tool_call', call: { id: '1', name: 'look', arguments: '' } }],
    ])('the client disconnects after %s: the price', async (_, chunk) => {
      const model = waitingModel({ before: [chunk] });
      const { api, auth, ended } = await opened({ models: [model] });
      await sendAndDisconnect(form, api, auth, { isAsked: model.waits, words: 0 });
      expect(await ended()).toMatchObject({
        balance: price,
        exchange: { status: 'cancelled', tokens_charged: 100, response: '' },
      });
    });

    test('the client disconnects after signs of life and a usage report only: nothing', async () => {
      const usage = { input: 7, output: 9 };
      const model = waitingModel({ before: [{ type: 'alive' }, { type: 'usage', usage }] });
      const { api, auth, ended } = await opened({ models: [model] });
      await sendAndDisconnect(form, api, auth, { isAsked: model.waits, words: 0 });
      expect(await ended()).toMatchObject({
        balance: nothing,
        exchange: { status: 'cancelled', tokens_charged: 0, response: null },
      });
    });

    test.each([
      // 'Hi' is 1 token, 'Once ' with its reasoning 5.
      ['no usage was reported', [], 1 + 5],
      ['the report exceeds the text', [{ input: 70, output: 90 }], 160],
      ['the text exceeds the report', [{ input: 70, output: 2 }], 70 + 5],
      [
        'the last report is zero',
        [
          { input: 70, output: 90 },
          { input: 0, output: 0 },
        ],
        160,
      ],
      ['only the input was reported', [{ input: 70, output: null }], 70 + 5],
    ])('the client disconnects, with a price by usage: %s', async (_, reports, credits) => {
      const model = {
        ...waitingModel({
          before: [
            { type: 'reasoning', text: 'Well now.' },
            ...reports.map((usage): ReplyChunk => ({ type: 'usage', usage })),
            text('Once '),
          ],
        }),
        price: { per1kInput: 1000, per1kOutput: 1000 },
        maxOutputTokens: 1000,
      };
      const { api, auth, ended } = await opened({ models: [model] });
      await sendAndDisconnect(form, api, auth, { isAsked: model.waits, words: 1 });
      expect(await ended()).toMatchObject({
        balance: { tokens: 4000 - credits, held: 0 },
        exchange: { status: 'cancelled', tokens_charged: credits, response: 'Once ', incomplete: true },
      });
    });

    test('completed with a usage report of zeros: the estimate', async () => {
      const usage = { input: 0, output: 0 };
      const model = {
        ...modelYielding(text('Once upon'), { type: 'finish', reason: 'stop', usage }),
        price: { per1kInput: 1000, per1kOutput: 1000 },
        maxOutputTokens: 1000,
      };
      const { api, auth, ended } = await opened({ models: [model] });
      await send(form, api, auth);
      expect((await ended()).balance).toEqual({ tokens: 4000 - (1 + 3), held: 0 });
    });

    test('the client disconnects before any text: nothing', async () => {
      const model = waitingModel();
      const { api, auth, ended } = await opened({ models: [model] });
      await sendAndDisconnect(form, api, auth, { isAsked: () => model.requests.length === 1, words: 0 });
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await ended()).toMatchObject({
        balance: nothing,
        exchange: { status: 'cancelled', tokens_charged: 0, response: null },
      });
    });

    test('the client disconnects after some text: the price, and the text is kept', async () => {
      const model = waitingModel({ before: [text('Once '), text('upon')] });
      const { api, auth, ended } = await opened({ models: [model] });
      await sendAndDisconnect(form, api, auth, { isAsked: () => model.requests.length === 1, words: 2 });
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await ended()).toMatchObject({
        balance: price,
        exchange: { status: 'cancelled', tokens_charged: 100, response: 'Once upon' },
      });
    });

    test.each([0, 1])(
      'the client disconnects after %i words of a request with a key: it completes',
      async (words) => {
        const before = words === 0 ? [] : [text('Once ')];
        const model = waitingModel({ before, after: [text('it was worth it.')] });
        const { api, auth, ended } = await opened({ models: [model] });
        await sendAndDisconnect(form, api, auth, {
          isAsked: () => model.requests.length === 1,
          words,
          key: 'disconnected',
        });
        expect(model.requests[0]?.signal.aborted).toBe(false);
        expect(await send(form, api, auth, { key: 'disconnected' })).toMatchObject({ status: 409 });
        model.letGo();
        await until(async () => (await ended()).exchange?.['status'] === 'completed');
        expect((await send(form, api, auth, { key: 'disconnected' })).status).toBe(200);
        expect((await ended()).balance).toEqual(price);
        expect(model.requests).toHaveLength(1);
      },
    );

    test.each([0, 1])(
      'the server stops after %i words: nothing, with the code unavailable',
      async (words) => {
        for (const key of [undefined, 'stopped']) {
          const stopping = new AbortController();
          const model = waitingModel({ before: words === 0 ? [] : [text('Once ')] });
          const { api, auth, ended } = await opened({ models: [model], stopping: stopping.signal });
          const response = send(form, api, auth, key === undefined ? {} : { key });
          await until(() => model.requests.length === 1);
          stopping.abort();
          const { status, code, events } = await response;
          expect(code).toBe('unavailable');
          expect(status).toBe(streams(form) && words > 0 ? 200 : 503);
          if (status === 200) expect(events.map(({ event }) => event)).toEqual(['delta', 'error']);
          expect(model.requests[0]?.signal.aborted).toBe(true);
          expect(await ended()).toMatchObject({
            balance: nothing,
            exchange: { status: 'failed', tokens_charged: 0, response: words === 0 ? null : 'Once ' },
          });
        }
      },
    );

    test('the server crashes: nothing', async () => {
      const model = waitingModel({ before: [text('Once ')] });
      const { api, auth, ended } = await opened({ models: [model] });
      const response = send(form, api, auth);
      await until(() => model.requests.length === 1);
      await api.core.chat.expireHolds({ caller: operatorCaller, everyOpen: true });
      expect(await ended()).toMatchObject({
        balance: nothing,
        exchange: { status: 'failed', tokens_charged: 0, response: null },
      });
      model.letGo();
      expect((await response).code).toBe('provider_timeout');
    });

    test('after all of these the ledger is consistent', async () => {
      const report = await testApi(engine()).core.ledger.audit({ caller: operatorCaller });
      expect(isSound(report), JSON.stringify(report)).toBe(true);
      expect(report.overdueHolds).toBe(0);
    });
  });
}
