import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, text, waitingModel } from '../test-models.js';

/** Tests of clients that disconnect before the response. */
export function clientDisconnectsSuite(engine: OpenedEngine): void {
  describe('a client that disconnects', () => {
    test('before any text is not charged, and the exchange is cancelled', async () => {
      const model = waitingModel();
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort('a reason that is not an error');
      await response;
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', tokens_charged: 0, response: null },
      ]);
    });

    test('after some text is charged the price, and the text is kept', async () => {
      const model = waitingModel({ before: [text('Once upon '), text('a time')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await response;
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', tokens_charged: 100, response: 'Once upon a time' },
      ]);
    });

    test('in the middle of a character keeps the whole characters', async () => {
      const model = waitingModel({ before: [text('owl 🦉\ud83e')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await response;
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', response: 'owl 🦉' }]);
    });

    test('after text that no database can store is charged as for any other text', async () => {
      const model = waitingModel({ before: [text('a\0b')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { signal: client.signal });
      await until(model.waits);
      client.abort();
      await response;
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', response: 'a\ufffdb', incomplete: true, tokens_charged: 100 },
      ]);
    });

    test('does not count as a failure of the model if the model throws because of it', async () => {
      const model = modelThat(async function* ({ signal }) {
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        });
        yield finish;
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await response;
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', tokens_charged: 0 }]);
    });

    test('and sent a key does not stop the reply, which is kept for the repeat', async () => {
      const model = waitingModel({ before: [text('It was ')], after: [text('worth it.')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = chat(api, auth, 'Hi', { key: 'disconnected', signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      expect(model.requests[0]?.signal.aborted).toBe(false);
      model.letGo();
      await response;
      const repeat = await chat(api, auth, 'Hi', { key: 'disconnected' });
      expect(repeat.body['response']).toBe('It was worth it.');
      expect(repeat.headers.get('Idempotent-Replayed')).toBe('true');
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'completed', tokens_charged: 100 }]);
    });

    test('before the request starts is not charged', async () => {
      const model = waitingModel();
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      await chat(api, auth, 'Hi', { signal: AbortSignal.abort() }).catch(() => undefined);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });
  });
}
