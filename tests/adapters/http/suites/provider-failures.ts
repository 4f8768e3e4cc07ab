import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { ReplyChunk, ReportedUsage } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { balance, chat, exchanges, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, modelYielding, text, type TestModel } from '../test-models.js';

/** Usage as a model reports it, and as the API presents it. */
const usageReports: [reported: unknown, presented: unknown][] = [
  [{ input: -5, output: 3 }, usage(1, 3)],
  [{ input: 1e300, output: 2.4 }, usage(1_000_000, 2)],
  [{ input: NaN, output: 1 }, usage(1, 1)],
  [{ input: Infinity, output: 1 }, usage(1, 1)],
  [{ input: '7', output: 1 }, usage(1, 1)],
  [{ input: 77, output: null }, usage(77, 2)],
  [{ input: 77, output: 0 }, usage(77, 2)],
  [{ input: 77 }, usage(77, 2)],
  [{ input: 0, output: 0 }, null],
  [{}, null],
  [undefined, null],
];

/** What a model does, and the text that is kept. */
const failures: [string, string | null, TestModel][] = [
  [
    'throws at once',
    null,
    modelThat(() => {
      throw new Error('a private reason');
    }),
  ],
  [
    'throws before any text',
    null,
    modelThat(async function* () {
      await Promise.reject(new Error('a private reason'));
      yield finish;
    }),
  ],
  [
    'throws after some text',
    'Half a',
    modelThat(async function* () {
      yield text('Half a');
      await Promise.reject(new Error('a private reason'));
    }),
  ],
  [
    'throws something that is not an error',
    'Half a',
    modelThat(async function* () {
      yield text('Half a');
      await Promise.resolve();
      AbortSignal.abort('a private reason').throwIfAborted();
    }),
  ],
  [
    'throws a code that is not for providers',
    null,
    modelThat(() => {
      throw new DomainError('insufficient_credits', 'a private reason', { balance: 1, required: 2 });
    }),
  ],
  ['ends without a finish reason', 'Half a', modelYielding(text('Half a'))],
  ['ends without any chunk', null, modelYielding()],
  ['sends null in place of a chunk', null, modelYielding(null as unknown as ReplyChunk, finish)],
];

/** Tests of providers that fail or send invalid data. */
export function providerFailuresSuite(engine: OpenedEngine): void {
  describe('a provider', () => {
    test.each(failures)('that %s is 502: nothing charged, the hold released', async (_, kept, model) => {
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const response = await chat(api, auth, 'Hi');
      expect(response.status).toBe(502);
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:provider_failed',
        title: 'Bad Gateway',
        status: 502,
        detail: expect.any(String) as string,
        code: 'provider_failed',
        request_id: response.headers.get('X-Request-Id'),
      });
      expect(response.text).not.toContain('private');
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'failed', tokens_charged: 0, response: kept, incomplete: kept !== null },
      ]);
    });

    test('that reports a timeout is 504', async () => {
      const model = modelThat(() => {
        throw new DomainError('provider_timeout', 'The AI provider did not reply in time.');
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const response = await chat(api, auth, 'Hi');
      expect(response.status).toBe(504);
      expect(response.body).toMatchObject({ code: 'provider_timeout', title: 'Gateway Timeout' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test.each(usageReports)('that reports the usage %o completes', async (reported, presented) => {
      const model = modelYielding(text('Hello'), {
        type: 'finish',
        reason: 'stop',
        usage: reported as ReportedUsage,
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const response = await chat(api, auth, 'Hi');
      expect(response.status).toBe(200);
      expect(response.body['usage']).toEqual(presented);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test.each([
      ['finishes without any text', modelYielding(finish), ''],
      ['finishes with an empty text', modelYielding(text(''), finish), ''],
      ['sends NUL', modelYielding(text('a\0b'), finish), 'a\ufffdb'],
      ['sends half a character', modelYielding(text('a\ud83d'), finish), 'a\ufffd'],
      ['sends a byte order mark first', modelYielding(text('\ufeffa'), finish), '\ufffda'],
      ['breaks while its reply is closed', modelThat(breaksOnReturn), ''],
      ['keeps its connection open at the end', modelThat(neverEnds), 'Whole.'],
    ])('that %s is called once, and its reply is completed and charged', async (_, model, whole) => {
      const api = testApi(engine(), { models: [{ ...model, retries: 3 }] });
      const { auth } = await newAccount(api);
      const callsBefore = model.requests.length;
      const response = await chat(api, auth, 'Hi');
      expect([response.status, response.body['response']]).toEqual([200, whole]);
      expect(model.requests.length - callsBefore).toBe(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'completed', tokens_charged: 100, response: whole, incomplete: false },
      ]);
    });

    test('that sends more after its finish is ignored', async () => {
      const model = modelYielding(text('The end.'), finish, text('And then …'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi')).body['response']).toBe('The end.');
    });

    test('that splits a character between two chunks is joined', async () => {
      const model = modelYielding(text('owl \ud83e'), text('\udd89'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi')).body['response']).toBe('owl 🦉');
    });
  });
}

async function* neverEnds(): AsyncGenerator<ReplyChunk> {
  yield text('Whole.');
  yield finish;
  await new Promise<never>(() => undefined);
}

function breaksOnReturn(): AsyncIterable<ReplyChunk> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: finish }),
      return: () => Promise.reject(new Error('a private reason')),
    }),
  };
}

function usage(input: number, output: number) {
  return {
    ...{ input_tokens: input, cached_input_tokens: 0, cache_write_tokens: 0 },
    ...{ output_tokens: output, reasoning_tokens: 0 },
  };
}
