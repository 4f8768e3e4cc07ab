import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import type { OpenedEngine } from '../api-suites.js';
import { deltaText, eventReader, eventsIn, openStream, stream } from '../events.js';
import { ask, balance, chat, exchanges, newAccount, until } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelThat, modelYielding, text, waitingModel } from '../test-models.js';

/** Tests of replies as server-sent events. */
export function streamingSuite(engine: OpenedEngine): void {
  describe('a streamed reply', () => {
    test('consists of deltas, then one done event with the whole response', async () => {
      const usage = { input: 3, output: 5 };
      const words = ['Hello ', 'wor', 'ld'].map(text);
      const model = modelYielding(...words, { type: 'finish', reason: 'stop', usage });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const response = await stream(api, auth, 'Hi');
      expect(response.status).toBe(200);
      expect(response.events.map(({ event }) => event)).toEqual(['delta', 'delta', 'delta', 'done']);
      expect(response.events.slice(0, 3).map(({ data }) => data)).toEqual(
        words.map((word) => ({ text: 'text' in word ? word.text : '' })),
      );
      const plain = await chat(api, auth, 'Hi');
      const done = response.events.at(-1)?.data ?? {};
      expect(Object.keys(done)).toEqual(Object.keys(plain.body));
      expect(done).toMatchObject({
        response: 'Hello world',
        tokens_charged: 100,
        remaining_tokens: 3900,
        usage: {
          ...{ input_tokens: 3, cached_input_tokens: 0, cache_write_tokens: 0 },
          ...{ output_tokens: 5, reasoning_tokens: 0 },
        },
      });
      const [, first] = await exchanges(api, auth);
      expect(first).toMatchObject({ id: done['id'], conversation_id: done['conversation_id'] });
    });

    test('has headers against caching, buffering and content sniffing', async () => {
      const api = testApi(engine());
      const { auth } = await newAccount(api);
      const { headers } = await stream(api, auth, 'Hi');
      expect(headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      expect(headers.get('Cache-Control')).toBe('no-store');
      expect(headers.get('X-Accel-Buffering')).toBe('no');
      expect(headers.get('X-Request-Id')).not.toBeNull();
      expect(headers.get('Idempotent-Replayed')).toBeNull();
    });

    test.each([
      ['text/event-stream', undefined, true],
      ['Text/Event-Stream; q=0.9, application/json', undefined, true],
      ['application/json, text/event-stream', null, true],
      ['text/event-stream', false, false],
      ['*/*', undefined, false],
      ['text/event-streams', undefined, false],
      ['application/json', true, true],
    ])(
      'is requested by Accept or by the body, which takes precedence: %s, %s',
      async (accept, stream, isStream) => {
        const api = testApi(engine());
        const { auth } = await newAccount(api);
        const response = await ask(api, 'POST', '/api/chat/', {
          auth,
          json: { message: 'Hi', stream },
          headers: { Accept: accept },
        });
        expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(
          isStream ? 'text/event-stream' : 'application/json',
        );
      },
    );

    test('is rejected with a plain status before its first word', async () => {
      const waiting = waitingModel();
      const models = [modelYielding(text('Hi'), finish), { ...waiting, name: 'waiting' }] as const;
      const api = testApi(engine(), { models, policy: { startingCredits: 200 } });
      const { auth } = await newAccount(api);
      const missing = '0190cafe-0000-7000-8000-000000000000';
      expect((await stream(api, 'mca_unknown', 'Hi')).status).toBe(401);
      expect((await stream(api, auth, ' ')).body).toMatchObject({ status: 400, code: 'invalid_input' });
      expect((await stream(api, auth, 'Hi', { model: 'none' })).body).toMatchObject({
        code: 'model_not_found',
      });
      expect((await stream(api, auth, 'Hi', { conversationId: missing })).status).toBe(404);
      expect((await stream(api, auth, 'Hi', { key: 'k' })).status).toBe(200);
      expect((await stream(api, auth, 'Else', { key: 'k' })).status).toBe(422);
      const running = stream(api, auth, 'Hi', { key: 'slow', model: 'waiting' });
      await until(() => waiting.requests.length === 1);
      const repeat = await stream(api, auth, 'Hi', { key: 'slow', model: 'waiting' });
      expect([repeat.status, repeat.headers.get('Retry-After')]).toEqual([409, '1']);
      expect((await stream(api, auth, 'Hi')).body).toMatchObject({ status: 402, remaining_tokens: 0 });
      waiting.letGo();
      expect((await running).status).toBe(200);
    });

    test('starts with its first word, and not before', async () => {
      const model = waitingModel({ before: [text('')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      let hasStarted = false;
      const opened = openStream(api, auth, 'Hi').then((response) => {
        hasStarted = true;
        return response;
      });
      await until(() => model.requests.length === 1);
      await balance(api, auth);
      expect(hasStarted).toBe(false);
      model.letGo();
      expect(deltaText(eventsIn(await (await opened).text()))).toBe('At last.');
    });

    test('sends words while the model is still generating', async () => {
      const model = waitingModel({ before: [text('Once ')], after: [text('more.')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const reader = eventReader(await openStream(api, auth, 'Hi'));
      expect(await reader.next()).toEqual({ event: 'delta', data: { text: 'Once ' } });
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 100 });
      model.letGo();
      expect(await reader.next()).toEqual({ event: 'delta', data: { text: 'more.' } });
      expect((await reader.next())?.event).toBe('done');
      expect(await reader.next()).toBeNull();
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('that fails ends with an error event that contains nothing private', async () => {
      const model = modelThat(async function* () {
        yield text('Half a');
        await Promise.reject(new Error('a private reason'));
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const response = await stream(api, auth, 'Hi');
      expect(response.events).toEqual([
        { event: 'delta', data: { text: 'Half a' } },
        {
          event: 'error',
          data: {
            type: 'urn:metered-chat:problem:provider_failed',
            title: 'Bad Gateway',
            status: 502,
            detail: expect.any(String) as string,
            code: 'provider_failed',
            request_id: response.headers.get('X-Request-Id'),
          },
        },
      ]);
      expect(response.text).not.toContain('private');
    });

    test('that ends by an internal error has an error event with only the request id', async () => {
      const { stores, ...others } = engine();
      const broken = { ...stores.holdLedger, settle: () => Promise.reject(new Error('the inner workings')) };
      const api = testApi({ ...others, stores: { ...stores, holdLedger: broken } });
      const { auth } = await newAccount(api);
      const response = await stream(api, auth, 'Hi');
      expect(response.events.at(-1)).toMatchObject({
        event: 'error',
        data: { code: 'internal_error', status: 500 },
      });
      expect(response.text).not.toContain('inner workings');
      await api.core.chat.expireHolds({ caller: operatorCaller, everyOpen: true });
    });

    test.each([
      'line\nfeed\r\nand \r more',
      'event: done\ndata: {}\n\n',
      'separators \u2028\u2029\u0085 and \u0001\u001b',
      '👩‍👩‍👧‍👦 e\u0301 \u202e "quoted" \\ back',
    ])('sends every text unchanged: %j', async (reply) => {
      const api = testApi(engine(), { models: [modelYielding(text(reply), finish)] });
      const { auth } = await newAccount(api);
      const { events } = await stream(api, auth, 'Hi');
      expect(deltaText(events)).toBe(reply);
      expect(events.at(-1)?.data['response']).toBe(reply);
    });

    test('never splits a character, even if the model does', async () => {
      const model = modelYielding(...'a🦉🦉\ufffdz'.split('').map(text), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const { events } = await stream(api, auth, 'Hi');
      const deltas = events.filter(({ event }) => event === 'delta').map(({ data }) => data['text']);
      expect(deltas).toEqual(['a', '🦉', '🦉', '\ufffd', 'z']);
    });

    test('is generated no faster than it is read', async () => {
      let generated = 0;
      const model = modelThat(async function* () {
        for (; generated < 1000; generated += 1) {
          await Promise.resolve();
          yield text(`${generated} `);
        }
        yield finish;
      });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const reader = eventReader(await openStream(api, auth, 'Hi'));
      for (let read = 0; read < 10; read += 1) await reader.next();
      for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
      expect(generated).toBeLessThan(15);
      await reader.leave();
      expect(generated).toBeLessThan(15);
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', tokens_charged: 100 }]);
    });

    test('stops its model at once when its client disconnects without reading', async () => {
      const model = waitingModel({ before: [text('Once ')] });
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const client = new AbortController();
      const response = await openStream(api, auth, 'Hi', { signal: client.signal });
      client.abort();
      expect(model.requests[0]?.signal.aborted).toBe(true);
      await response.body?.cancel();
      expect(await exchanges(api, auth)).toMatchObject([{ status: 'cancelled', response: 'Once ' }]);
    });

    test('with a repeated key returns the first reply in the requested form, charged once', async () => {
      const model = modelYielding(text('On'), text('ce.'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const first = await stream(api, auth, 'Hi', { key: 'streamed' });
      const plain = await chat(api, auth, 'Hi', { key: 'streamed' });
      const again = await stream(api, auth, 'Hi', { key: 'streamed' });
      expect(plain.body).toEqual(first.events.at(-1)?.data);
      expect(again.events).toEqual([
        { event: 'delta', data: { text: 'Once.' } },
        { event: 'done', data: plain.body },
      ]);
      for (const { headers } of [plain, again]) expect(headers.get('Idempotent-Replayed')).toBe('true');
      expect(first.headers.get('Idempotent-Replayed')).toBeNull();
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('in 20 requests at once with one key causes one call of the provider and one charge', async () => {
      const model = modelYielding(text('One.'), finish);
      const api = testApi(engine(), { models: [model] });
      const { auth } = await newAccount(api);
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => stream(api, auth, 'Hi', { key: 'twenty' })),
      );
      const successful = responses.filter(({ status }) => status === 200);
      expect(successful.length).toBeGreaterThan(0);
      expect(new Set(successful.map(({ events }) => events.at(-1)?.data['id'])).size).toBe(1);
      expect(responses.filter(({ status }) => status !== 200).every(({ status }) => status === 409)).toBe(
        true,
      );
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });
  });
}
