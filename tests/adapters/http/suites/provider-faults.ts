import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { ReplyPiece } from '../../../../src/ports/ai-model.js';
import type { Usage } from '../../../../src/domain/chat/exchange.js';
import type { OpenedEngine } from '../api-suites.js';
import { balance, chat, exchanges, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, modelYielding, text, type TestModel } from '../test-models.js';

/** What a model says that it used, and what is shown of it. */
const usageReports: [reported: unknown, shown: unknown][] = [
  [{ input: -5, output: 3 }, usage(0, 3)],
  [{ input: 1e300, output: 2.4 }, usage(Number.MAX_SAFE_INTEGER, 2)],
  [{ input: NaN, output: 1 }, null],
  [{ input: Infinity, output: 1 }, null],
  [{ input: '7', output: 1 }, null],
  [{}, null],
  [undefined, null],
];

const faults: [string, TestModel][] = [
  [
    'throws at once',
    modelThat(() => {
      throw new Error('a private reason');
    }),
  ],
  [
    'throws before any text',
    modelThat(async function* () {
      await Promise.reject(new Error('a private reason'));
      yield finish;
    }),
  ],
  [
    'throws after some text',
    modelThat(async function* () {
      yield text('Half a');
      await Promise.reject(new Error('a private reason'));
    }),
  ],
  [
    'throws something that is no error',
    modelThat(async function* () {
      yield text('Half a');
      await Promise.resolve();
      AbortSignal.abort('a private reason').throwIfAborted();
    }),
  ],
  [
    'throws a refusal that is not for providers to give',
    modelThat(() => {
      throw new DomainError('insufficient_credits', 'a private reason', { balance: 1, required: 2 });
    }),
  ],
  ['ends without saying that it is finished', modelYielding(text('Half a'))],
  ['ends without anything', modelYielding()],
  ['finishes without any text', modelYielding(finish)],
  ['finishes with an empty text', modelYielding(text(''), finish)],
  ['sends NUL', modelYielding(text('a\0b'), finish)],
  ['sends half a character', modelYielding(text('a\ud83d'), finish)],
  ['sends no pieces at all', modelYielding(null as unknown as ReplyPiece, finish)],
  ['breaks while it is put away', modelThat(breaksOnReturn)],
];

/** A provider that does not do what it should. */
export function providerFaultsSuite(engine: OpenedEngine): void {
  describe('a provider', () => {
    test.each(faults)('that %s is 502: nothing charged, the hold given back', async (_, model) => {
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const answer = await chat(api, auth, 'Hi');
      expect(answer.status).toBe(502);
      expect(answer.body).toEqual({
        type: 'urn:metered-chat:problem:provider_failed',
        title: 'Bad Gateway',
        status: 502,
        detail: expect.any(String) as string,
        code: 'provider_failed',
        request_id: answer.headers.get('X-Request-Id'),
      });
      expect(answer.text).not.toContain('private');
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'failed', tokens_charged: 0, response: null },
      ]);
    });

    test('that takes too long by its own word is 504', async () => {
      const model = modelThat(() => {
        throw new DomainError('provider_timeout', 'The AI provider did not answer in time.');
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const answer = await chat(api, auth, 'Hi');
      expect(answer.status).toBe(504);
      expect(answer.body).toMatchObject({ code: 'provider_timeout', title: 'Gateway Timeout' });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });

    test.each(usageReports)('that reports the usage %o is answered all the same', async (reported, shown) => {
      const model = modelYielding(text('Hi'), { type: 'finish', reason: 'stop', usage: reported as Usage });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const answer = await chat(api, auth, 'Hi');
      expect(answer.status).toBe(200);
      expect(answer.body['usage']).toEqual(shown);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('that goes on after it has finished is not listened to', async () => {
      const model = modelYielding(text('The end.'), finish, text('And then …'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi')).body['response']).toBe('The end.');
    });

    test('that splits a character between two pieces is put together again', async () => {
      const model = modelYielding(text('owl \ud83e'), text('\udd89'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      expect((await chat(api, auth, 'Hi')).body['response']).toBe('owl 🦉');
    });
  });
}

function breaksOnReturn(): AsyncIterable<ReplyPiece> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: finish }),
      return: () => Promise.reject(new Error('a private reason')),
    }),
  };
}

function usage(input: number, output: number) {
  return { input_tokens: input, output_tokens: output };
}
