import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, text, waitingModel } from '../test-models.js';

/** A client that does not wait for its answer. */
export function clientDisconnectsSuite(engine: OpenedEngine): void {
  describe('a client that leaves', () => {
    test('before any text came is not charged, and the exchange is cancelled', async () => {
      const model = waitingModel();
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const answer = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort('a reason that is no error');
      await answer;
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', tokens_charged: 0, response: null },
      ]);
    });

    test('after text came is charged the price, and what came is kept', async () => {
      const model = waitingModel({ before: [text('Once upon '), text('a time')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const answer = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await answer;
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', tokens_charged: 100, response: 'Once upon a time' },
      ]);
    });

    test('in the middle of a character keeps the whole ones', async () => {
      const model = waitingModel({ before: [text('owl 🦉\ud83e')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const answer = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await answer;
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', response: 'owl 🦉' }]);
    });

    test('after text came that no database can hold pays for it as for any other', async () => {
      const model = waitingModel({ before: [text('a\0b')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const answer = chat(api, auth, 'Hi', { signal: client.signal });
      await until(model.waits);
      client.abort();
      await answer;
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', response: 'a\ufffdb', incomplete: true, tokens_charged: 100 },
      ]);
    });

    test('makes a model that throws over it no failure of the model', async () => {
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
      const answer = chat(api, auth, 'Hi', { signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      await answer;
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', tokens_charged: 0 }]);
    });

    test('who sent a key does not stop the reply: it waits for the repeat', async () => {
      const model = waitingModel({ before: [text('It was ')], after: [text('worth it.')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const answer = chat(api, auth, 'Hi', { key: 'left', signal: client.signal });
      await until(() => model.requests.length === 1);
      client.abort();
      expect(model.requests[0]?.signal.aborted).toBe(false);
      model.letGo();
      await answer;
      const repeat = await chat(api, auth, 'Hi', { key: 'left' });
      expect(repeat.body['response']).toBe('It was worth it.');
      expect(repeat.headers.get('Idempotent-Replayed')).toBe('true');
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'completed', tokens_charged: 100 }]);
    });

    test('who was gone before the request began is not charged', async () => {
      const model = waitingModel();
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      await chat(api, auth, 'Hi', { signal: AbortSignal.abort() }).catch(() => undefined);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });
  });
}
