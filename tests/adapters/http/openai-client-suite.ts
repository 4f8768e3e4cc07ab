import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { startHttpServer } from '../../../src/adapters/http/server/server.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import type { ModelOffer } from '../../../src/domain/chat/model-offer.js';
import { testOffer } from '../../domain/chat/test-offer.js';
import { openEngine, type Engine, type EngineName } from './engines.js';
import { triedClients, type Counts, type TriedClient } from './openai-clients.js';
import { ask, balance, exchanges, newAccount, until } from './requests.js';
import { testApi, type TestApiOptions } from './test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel } from './test-models.js';
import { messageText } from '../../../src/domain/chat/model-message.js';

const usage = { input: 11, output: 7 };

/** A model that calls the tool `look` before it replies. */
function lookingModel() {
  return modelThat(async function* ({ messages }) {
    await Promise.resolve();
    const seen = messages.findLast(({ role }) => role === 'tool');
    if (seen !== undefined) yield text(`There is ${messageText(seen)}.`);
    else yield { type: 'tool_call', call: { id: 'call_1', name: 'look', arguments: '{"at":"☃"}' } };
    yield { type: 'finish', reason: seen === undefined ? 'tool_calls' : 'stop', usage };
  });
}

/** A model that fails this many times before it replies. */
function failingModel(times: number) {
  const model = modelThat(async function* () {
    await Promise.resolve();
    if (model.requests.length <= times) throw new Error('down');
    yield text('Up again.');
    yield finish;
  });
  return model;
}

/** Tests every client on the memory engine, and OpenAI's own client on the others. */
export function testOpenAiClients(engines: readonly EngineName[]): void {
  describe.each(engines)('on the %s engine', (name) => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openEngine(name);
    });
    afterAll(async () => {
      const report = await testApi(engine).core.ledger.audit({ caller: operatorCaller });
      expect(isSound(report), JSON.stringify(report)).toBe(true);
      expect(report).toMatchObject({ overdueHolds: 0 });
      await engine.close();
    });

    /** Starts a server with one model and one account, and returns how to connect a client. */
    async function startServer(model: ModelOffer, options: TestApiOptions = {}) {
      const api = testApi(engine, { models: [model], ...options });
      const server = await startHttpServer({
        port: 0,
        host: '127.0.0.1',
        fetch: api.app.fetch,
        writeTimeoutMs: 30_000,
      });
      onTestFinished(async () => {
        await server.stop(1000);
      });
      const { auth } = await newAccount(api);
      const key = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a program' } });
      /** The status of every response, and the balance when it arrived. */
      const responses: { status: number; balance: unknown }[] = [];
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const response = await globalThis.fetch(input, init);
        responses.push({ status: response.status, balance: await balance(api, auth) });
        return response;
      };
      const connection = { baseUrl: `${server.url}/v1`, key: key.body['key'] as string, fetch };
      return {
        ...{ api, server, responses, connection },
        connect: (client: TriedClient, overrides: Partial<typeof connection> = {}) =>
          client.connect({ ...connection, ...overrides }),
        balance: () => balance(api, auth),
        exchanges: () => exchanges(api, auth),
      };
    }

    const clients =
      name === 'memory' ? triedClients : triedClients.filter((client) => client.name === 'openai');
    describe.each(clients)('the client $name', (client) => {
      test('gets a reply and its usage', async () => {
        const { connect, balance } = await startServer(
          modelYielding(text('Once'), { type: 'finish', reason: 'stop', usage }),
        );
        expect(await connect(client).ask('echo', 'Hi')).toEqual({ text: 'Once', usage });
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('gets the text of a stream in parts, and its usage', async () => {
        const model = waitingModel({ before: [text('Once ')], after: [text('more '), text('☃')] });
        const { connect, balance } = await startServer(model);
        const stream = connect(client).stream('echo', 'Hi');
        const words: string[] = [];
        let next: IteratorResult<string, Counts> = await stream.next();
        while (next.done !== true) {
          words.push(next.value);
          model.letGo();
          next = await stream.next();
        }
        expect(words.join('')).toBe('Once more ☃');
        expect(words.length).toBeGreaterThan(1);
        expect(next.value).toEqual({ input: 1, output: 5 });
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('passes a tool to the model, and sends its result', async () => {
        const model = lookingModel();
        const { connect, exchanges } = await startServer(model);
        const places: string[] = [];
        const look = (at: string) => {
          places.push(at);
          return `snow at ${at}`;
        };
        expect(await connect(client).askWithTool('echo', 'What is there?', look)).toBe('There is snow at ☃.');
        expect(places).toEqual(['☃']);
        expect(model.requests).toHaveLength(2);
        for (const { tools } of model.requests) {
          expect(tools).toMatchObject([
            { name: 'look', parameters: { properties: { at: { type: 'string' } } } },
          ]);
        }
        expect(await exchanges()).toMatchObject([
          { message: 'What is there?', response: 'There is snow at ☃.', tokens_charged: 100 },
          { message: 'What is there?', response: '', tokens_charged: 100 },
        ]);
      });

      test('that aborts a stream stops the model, and is charged', async () => {
        const model = waitingModel({ before: [text('Once ')] });
        const { connect, balance, exchanges } = await startServer(model);
        const user = new AbortController();
        const stream = connect(client).stream('echo', 'Hi', user.signal);
        expect((await stream.next()).value).toBe('Once ');
        user.abort();
        await stream.next().catch(() => undefined);
        await until(async () => (await exchanges())[0]?.['status'] === 'cancelled');
        expect(model.requests[0]?.signal.aborted).toBe(true);
        expect(await exchanges()).toMatchObject([{ response: 'Once ', tokens_charged: 100 }]);
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('that aborts before any text stops the model, and is not charged', async () => {
        const model = waitingModel();
        const { connect, balance, exchanges } = await startServer(model);
        const user = new AbortController();
        const reply = connect(client).ask('echo', 'Hi', user.signal);
        reply.catch(() => undefined);
        await until(() => model.requests.length === 1);
        user.abort();
        await expect(reply).rejects.toThrow();
        await until(async () => (await exchanges())[0]?.['status'] === 'cancelled');
        expect(model.requests).toHaveLength(1);
        expect(model.requests[0]?.signal.aborted).toBe(true);
        expect(await balance()).toEqual({ tokens: 4000, held: 0 });
      });

      test('does not retry after a wrong key, a low balance, an unknown model or an invalid message', async () => {
        const model = modelYielding(text('Hi'), finish);
        const { connect, responses } = await startServer(model, { policy: { startingCredits: 50 } });
        const unknown = connect(client, { key: 'mck_unknown' });
        const statusOf = (result: Promise<unknown>) =>
          result.then(
            () => 200,
            (error: unknown) => client.statusOf(error),
          );
        expect(await statusOf(unknown.ask('echo', 'Hi'))).toBe(401);
        expect(await statusOf(connect(client).ask('echo', 'Hi'))).toBe(402);
        expect(await statusOf(connect(client).stream('echo', 'Hi').next())).toBe(402);
        expect(await statusOf(connect(client).ask('none', 'Hi'))).toBe(404);
        expect(await statusOf(connect(client).ask('echo', 'a\u0000'))).toBe(400);
        expect(responses.map(({ status }) => status)).toEqual([401, 402, 402, 404, 400]);
        expect(model.requests).toEqual([]);
      });

      test('retries failures: each hold is released before its response, and one reply is charged', async () => {
        const { connect, responses, balance } = await startServer(failingModel(2));
        expect((await connect(client).ask('echo', 'Hi')).text).toBe('Up again.');
        const nothing = { tokens: 4000, held: 0 };
        expect(responses.slice(0, 2)).toEqual([502, 502].map((status) => ({ status, balance: nothing })));
        expect(responses.map(({ status }) => status)).toEqual([502, 502, 200]);
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('retries a stream that failed before its first word, and is charged once', async () => {
        const { connect, responses, balance } = await startServer(failingModel(1));
        const stream = connect(client).stream('echo', 'Hi');
        expect((await stream.next()).value).toBe('Up again.');
        expect((await stream.next()).done).toBe(true);
        expect(responses.map(({ status }) => status)).toEqual([502, 200]);
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('throws if a stream fails midway, and is not charged', async () => {
        const model = modelThat(async function* () {
          yield text('Half');
          await Promise.reject(new Error('a private reason'));
        });
        const { connect, balance, responses } = await startServer(model);
        const stream = connect(client).stream('echo', 'Hi');
        expect((await stream.next()).value).toBe('Half');
        const failed = await stream.next().then(
          () => 'no error',
          (error: unknown) => error,
        );
        expect(JSON.stringify(failed) + String(failed)).toContain('provider');
        expect(responses).toHaveLength(1);
        expect(await balance()).toEqual({ tokens: 4000, held: 0 });
      });
    });

    describe('the client openai', () => {
      const openAi = (options: { baseUrl: string; key: string; fetch: typeof globalThis.fetch }) =>
        new OpenAI({ baseURL: options.baseUrl, apiKey: options.key, fetch: options.fetch });
      const hi = { model: 'echo', messages: [{ role: 'user' as const, content: 'Hi' }] };

      test('lists the models and finds one by its name', async () => {
        const { connection } = await startServer(testOffer(echoModel(), { name: 'meta/llama 3' }));
        const client = openAi(connection);
        const listed: string[] = [];
        for await (const { id, object } of client.models.list()) listed.push(`${object} ${id}`);
        expect(listed).toEqual(['model meta/llama 3']);
        expect((await client.models.retrieve('meta/llama 3')).owned_by).toBe('metered-chat');
        await expect(client.models.retrieve('none')).rejects.toMatchObject({
          ...{ status: 404, code: 'model_not_found', param: 'model' },
        });
      });

      test('gets the remaining balance, and codes in its errors', async () => {
        const { connection } = await startServer(testOffer(echoModel()), {
          policy: { startingCredits: 150 },
        });
        const client = openAi(connection);
        const { data, response } = await client.chat.completions.create(hi).withResponse();
        expect(data.choices[0]?.message.content).toBe('Echo: Hi');
        expect(response.headers.get('X-Remaining-Tokens')).toBe('50');
        await expect(client.chat.completions.create(hi)).rejects.toMatchObject({
          ...{ status: 402, code: 'insufficient_tokens', type: 'insufficient_quota' },
          error: { remaining_tokens: 50, required_tokens: 100 },
        });
        await expect(client.chat.completions.create({ ...hi, n: 3 })).rejects.toMatchObject({
          ...{ status: 400, code: 'unsupported_parameter', param: 'n' },
        });
      });

      test('whose connection breaks before any text retries, and is charged once', async () => {
        const model = waitingModel();
        const { connection, balance, exchanges } = await startServer(model);
        let attempts = 0;
        const breaking: typeof globalThis.fetch = async (input, init) => {
          attempts += 1;
          if (attempts > 1) {
            await until(async () => (await exchanges())[0]?.['status'] === 'cancelled');
            expect(await balance()).toEqual({ tokens: 4000, held: 0 });
            model.letGo();
            return fetch(input, init);
          }
          const aborter = new AbortController();
          const response = fetch(input, { ...init, signal: aborter.signal });
          response.catch(() => undefined);
          await until(() => model.requests.length === 1);
          aborter.abort();
          await response.catch(() => undefined);
          throw new TypeError('fetch failed');
        };
        const client = openAi({ ...connection, fetch: breaking });
        expect((await client.chat.completions.create(hi)).choices[0]?.message.content).toBe('At last.');
        expect(attempts).toBe(2);
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('whose connection breaks in a request with a key waits for the first reply, and is charged once', async () => {
        const model = waitingModel({ before: [text('It was ')], after: [text('worth it.')] });
        const { connection, balance, responses } = await startServer(model);
        let attempts = 0;
        const breaking: typeof globalThis.fetch = async (input, init) => {
          attempts += 1;
          if (attempts > 1) {
            const response = await connection.fetch(input, init);
            model.letGo();
            return response;
          }
          const aborter = new AbortController();
          const response = fetch(input, { ...init, signal: aborter.signal });
          response.catch(() => undefined);
          await until(() => model.requests.length === 1);
          aborter.abort();
          throw new TypeError('fetch failed');
        };
        const client = openAi({ ...connection, fetch: breaking });
        const headers = { 'Idempotency-Key': 'broken' };
        const { data, response } = await client.chat.completions.create(hi, { headers }).withResponse();
        expect(data.choices[0]?.message.content).toBe('It was worth it.');
        expect(response.headers.get('Idempotent-Replayed')).toBe('true');
        expect(responses.map(({ status }) => status)).toEqual([409, 200]);
        expect(model.requests).toHaveLength(1);
        expect(await balance()).toEqual({ tokens: 3900, held: 0 });
      });

      test('that gives up after its retries is not charged', async () => {
        const { connection, responses, balance } = await startServer(failingModel(Infinity));
        await expect(openAi(connection).chat.completions.create(hi)).rejects.toMatchObject({
          ...{ status: 502, code: 'provider_failed' },
        });
        expect(responses.map(({ status }) => status)).toEqual([502, 502, 502]);
        expect(await balance()).toEqual({ tokens: 4000, held: 0 });
      });
    });
  });
}
