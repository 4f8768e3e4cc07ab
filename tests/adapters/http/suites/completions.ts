import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { noLimits } from '../../../../src/domain/limits/limit.js';
import { isSound } from '../../../../src/domain/ledger/invariants.js';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { chunksIn, complete, openCompletion, type Completion } from '../completions.js';
import { ask, balance, exchanges, newAccount, until } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelYielding, text, waitingModel } from '../test-models.js';

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const call = { id: 'call_1', name: 'look', arguments: '{"at":"\\u0000 ☃"}' };
const calling: ReplyChunk[] = [
  { type: 'tool_call', call },
  { type: 'tool_call', call: { ...call, id: 'call_2' } },
  { type: 'finish', reason: 'tool_calls', usage: { input: 7, output: 9 } },
];
const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
const toldCalls = ['call_1', 'call_2'].map((id) => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: call.arguments },
}));

/** Completions in OpenAI's words: their shapes, their money and their repeats. */
export function completionsSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  describe('a completion', () => {
    test('is shaped as OpenAI shapes it, and tells the balance in a header', async () => {
      const { api, auth } = await opened();
      const answer = await complete(api, auth);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('X-Remaining-Tokens')).toBe('3900');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(answer.headers.get('Idempotent-Replayed')).toBeNull();
      expect(answer.body).toEqual({
        id: expect.stringMatching(`^chatcmpl-${uuid}$`) as string,
        object: 'chat.completion',
        created: expect.any(Number) as number,
        model: 'echo',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: 'Echo: Hi', refusal: null },
            logprobs: null,
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
      });
      expect(Math.abs(Number(answer.body['created']) * 1000 - Date.now())).toBeLessThan(60_000);
    });

    test('streams a role, the words, a reason and that it is done', async () => {
      const { api, auth } = await opened();
      const answer = await complete(api, auth, { json: { stream: true } });
      expect(answer.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      const { chunks, isDone } = chunksIn(answer.text);
      expect(isDone).toBe(true);
      expect(chunks.map(({ choices }) => choices)).toEqual(
        [
          { delta: { role: 'assistant', content: '', refusal: null }, finish_reason: null },
          { delta: { content: 'Echo:' }, finish_reason: null },
          { delta: { content: ' Hi' }, finish_reason: null },
          { delta: {}, finish_reason: 'stop' },
        ].map((choice) => [{ index: 0, logprobs: null, ...choice }]),
      );
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
      expect(chunks[0]).toMatchObject({ object: 'chat.completion.chunk', model: 'echo' });
      expect(chunks.every((chunk) => !('usage' in chunk))).toBe(true);
    });

    test('streams its usage where that is asked for, in a last chunk without choices', async () => {
      const usage = { input: 3, output: 5 };
      const { api, auth } = await opened({
        models: [modelYielding(text('Hi'), { type: 'finish', reason: 'length', usage })],
      });
      const json = { stream: true, stream_options: { include_usage: true } };
      const { chunks } = chunksIn((await complete(api, auth, { json })).text);
      expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('length');
      expect(chunks.at(-1)).toMatchObject({
        choices: [],
        usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
      });
    });

    test.each([
      ['stop', 'stop'],
      ['length', 'length'],
      ['content_filter', 'content_filter'],
      ['tool_calls', 'tool_calls'],
      ['other', 'stop'],
    ] as const)('that ended by %s says %s', async (reason, told) => {
      const { api, auth } = await opened({
        models: [modelYielding(text('Hi'), { type: 'finish', reason, usage: null })],
      });
      const { choices } = (await complete(api, auth)).body as unknown as Completion;
      expect(choices[0]?.finish_reason).toBe(told);
    });

    test('hands tools to the model and its calls back, whole and streamed', async () => {
      const model = modelYielding(...calling);
      const { api, auth } = await opened({ models: [model] });
      const json = { tools, tool_choice: { type: 'function', function: { name: 'look' } } };
      const { choices, usage } = (await complete(api, auth, { json })).body as unknown as Completion;
      expect(choices[0]).toMatchObject({
        message: { role: 'assistant', content: null, refusal: null, tool_calls: toldCalls },
        finish_reason: 'tool_calls',
      });
      expect(usage).toMatchObject({ total_tokens: 16 });
      expect(model.requests[0]).toMatchObject({
        tools: [{ name: 'look', description: null, parameters: { type: 'object' } }],
        toolChoice: { name: 'look' },
      });
      const streamed = await complete(api, auth, { json: { ...json, stream: true } });
      const deltas = chunksIn(streamed.text).chunks.map(({ choices: [choice] }) => choice?.delta);
      expect(deltas.slice(1, 3)).toEqual(
        toldCalls.map((told, index) => ({ tool_calls: [{ index, ...told }] })),
      );
    });

    test('streams the arguments of calls as they come, each named once', async () => {
      const begun = (id: string, json = ''): ReplyChunk => ({
        type: 'tool_call',
        call: { id, name: 'look', arguments: json },
      });
      const more = (index: number, json: string): ReplyChunk => ({
        type: 'tool_arguments',
        index,
        text: json,
      });
      const model = modelYielding(
        begun('call_1'),
        more(0, '{"id":25122920'),
        begun('call_2', '{"x":'),
        more(1, '1.0'),
        more(0, '42121000001}'),
        more(1, '}'),
        begun('call_3'),
        { type: 'finish', reason: 'tool_calls', usage: null },
      );
      const { api, auth } = await opened({ models: [model] });
      const { chunks } = chunksIn(
        (await complete(api, auth, { json: { tools, stream: true }, key: 'k' })).text,
      );
      const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta?.['tool_calls'] ?? []);
      const named = (index: number, id: string, json: string) => ({
        ...{ index, id, type: 'function', function: { name: 'look', arguments: json } },
      });
      const fragment = (index: number, json: string) => ({ index, function: { arguments: json } });
      expect(deltas).toEqual([
        named(0, 'call_1', ''),
        fragment(0, '{"id":25122920'),
        named(1, 'call_2', '{"x":'),
        fragment(1, '1.0'),
        fragment(0, '42121000001}'),
        fragment(1, '}'),
        named(2, 'call_3', ''),
        fragment(2, '{}'),
      ]);
      const whole = [
        ['call_1', '{"id":2512292042121000001}'],
        ['call_2', '{"x":1.0}'],
        ['call_3', '{}'],
      ].map(([id, json]) => ({ id, type: 'function', function: { name: 'look', arguments: json } }));
      const { choices } = (await complete(api, auth, { json: { tools }, key: 'k' }))
        .body as unknown as Completion;
      expect(choices[0]?.message?.['tool_calls']).toEqual(whole);
      expect(await exchanges(api, auth)).toMatchObject([{ tool_calls: whole }]);
    });

    test.each(['', ' '])('shows the model {} where the arguments of an earlier call are %j', async (json) => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const called = { id: 'call_1', type: 'function', function: { name: 'look', arguments: json } };
      const messages = [
        { role: 'user', content: 'Look!' },
        { role: 'assistant', content: null, tool_calls: [called] },
        { role: 'tool', tool_call_id: 'call_1', content: 'Snow.' },
      ];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      expect(model.requests[0]?.messages[1]).toMatchObject({ toolCalls: [{ arguments: '{}' }] });
    });

    test.each(['length', 'content_filter', 'stop'] as const)(
      'that ended by %s without any text is an empty text, whole and streamed',
      async (reason) => {
        const model = modelYielding({ type: 'finish', reason, usage: { input: 3, output: 5 } });
        const { api, auth } = await opened({ models: [model] });
        const { choices, usage } = (await complete(api, auth)).body as unknown as Completion;
        expect(choices[0]).toMatchObject({ message: { content: '' }, finish_reason: reason });
        expect(usage).toMatchObject({ total_tokens: 8 });
        const { chunks, isDone } = chunksIn((await complete(api, auth, { json: { stream: true } })).text);
        expect(isDone).toBe(true);
        expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe(reason);
        expect(model.requests).toHaveLength(2);
      },
    );

    test('shows the model every message, its own system prompt first', async () => {
      const model = { ...modelYielding(text('Hi'), finish), system: 'Be kind.' };
      const { api, auth } = await opened({ models: [model] });
      const messages = [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'And' },
            { type: 'text', text: 'exact.' },
          ],
        },
        { role: 'user', content: 'Look!' },
        { role: 'assistant', content: null, refusal: null, tool_calls: toldCalls },
        { role: 'tool', tool_call_id: 'call_1', name: 'look', content: 'Snow.' },
        { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'Ice.' }] },
        { role: 'assistant', content: 'Winter.' },
      ];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      expect(model.requests[0]?.messages).toEqual([
        { role: 'system', text: 'Be kind.' },
        { role: 'system', text: 'Be brief.' },
        { role: 'system', text: 'And\nexact.' },
        { role: 'user', text: 'Look!' },
        { role: 'assistant', text: '', toolCalls: [call, { ...call, id: 'call_2' }] },
        { role: 'tool', toolCallId: 'call_1', text: 'Snow.' },
        { role: 'tool', toolCallId: 'call_2', text: 'Ice.' },
        { role: 'assistant', text: 'Winter.', toolCalls: [] },
      ]);
      expect(await exchanges(api, auth)).toMatchObject([
        { message: 'Look!', response: 'Hi', conversation_id: null, status: 'completed', tokens_charged: 100 },
      ]);
      const conversations = await ask(api, 'GET', '/api/conversations/', { auth });
      expect(conversations.body['results']).toEqual([]);
    });

    test('hands on what the sampling is to be, and how much may be written', async () => {
      const model = { ...modelYielding(text('Hi'), finish), maxOutputTokens: 50 };
      const { api, auth } = await opened({ models: [model] });
      const sampling = { temperature: 0, top_p: 0.5, presence_penalty: -2, frequency_penalty: 2, seed: -7 };
      await complete(api, auth, { json: { ...sampling, stop: 'END', max_tokens: 20 } });
      await complete(api, auth, { json: { stop: ['a', 'b'], max_completion_tokens: 30 } });
      await complete(api, auth, { json: { max_tokens: 80, max_completion_tokens: 80 } });
      await complete(api, auth, { json: { stop: null, temperature: null, tools: [], max_tokens: null } });
      expect(model.requests.map(({ sampling: asked, maxOutputTokens }) => [asked, maxOutputTokens])).toEqual([
        [
          { temperature: 0, topP: 0.5, presencePenalty: -2, frequencyPenalty: 2, seed: -7, stop: ['END'] },
          20,
        ],
        [{ stop: ['a', 'b'] }, 30],
        [{}, 50],
        [{}, 50],
      ]);
    });

    test('by usage holds what the whole request can cost, and is charged what it did', async () => {
      const model = {
        ...waitingModel({ after: calling }),
        price: { per1kInput: 1000, per1kOutput: 1000 },
      };
      const { api, auth } = await opened({ models: [model] });
      const messages = [
        { role: 'system', content: 'a'.repeat(300) },
        { role: 'user', content: 'b'.repeat(30) },
      ];
      const json = { messages, max_tokens: 200, tools };
      const answer = complete(api, auth, { json });
      await until(() => model.requests.length === 1);
      const schema = 'look' + JSON.stringify({ type: 'object' });
      const held = Math.ceil((330 + schema.length) / 3) + 200;
      expect(await balance(api, auth)).toEqual({ tokens: 4000 - held, held });
      model.letGo();
      expect((await answer).headers.get('X-Remaining-Tokens')).toBe('3984');
      expect(await balance(api, auth)).toEqual({ tokens: 3984, held: 0 });
    });

    test('by usage that nobody reports is charged by the estimate that it tells', async () => {
      const unreported = [...calling.slice(0, 2), finish];
      const model = { ...modelYielding(...unreported), price: { per1kInput: 1000, per1kOutput: 1000 } };
      const { api, auth } = await opened({ models: [model] });
      const { body } = await complete(api, auth, { json: { tools, max_tokens: 100 } });
      const { usage } = body as unknown as Completion;
      expect(usage?.['completion_tokens']).toBe(Math.ceil((2 * `look${call.arguments}`.length) / 3));
      expect(await balance(api, auth)).toEqual({ tokens: 4000 - (usage?.['total_tokens'] ?? 0), held: 0 });
    });

    test('whose client leaves after a tool call is paid: there was something to use', async () => {
      const model = waitingModel({ before: calling.slice(0, 1) });
      const { api, auth } = await opened({ models: [model] });
      const response = await openCompletion(api, auth, { json: { tools, stream: true } });
      const reader = (response.body ?? new ReadableStream()).getReader();
      await reader.read();
      await reader.read();
      await reader.cancel();
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', response: '', tool_calls: toldCalls.slice(0, 1), tokens_charged: 100 },
      ]);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('that called tools says so in the list of chats and in the export', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...calling)] });
      await complete(api, auth, { json: { tools } });
      const told = [{ response: '', tool_calls: toldCalls }];
      expect(await exchanges(api, auth)).toMatchObject(told);
      expect((await ask(api, 'GET', '/api/me/export/', { auth })).body).toMatchObject({ chats: told });
    });

    test('is counted and limited together with every other chat', async () => {
      const limits = { ...noLimits, chatsByUser: { max: 2, windowMs: 60_000 } };
      const { api, auth } = await opened({ policy: { limits } });
      await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      const second = await complete(api, auth);
      expect(second.headers.get('RateLimit-Remaining')).toBe('0');
      const third = await complete(api, auth);
      expect(third.status).toBe(429);
      expect(third.headers.get('Retry-After')).not.toBeNull();
      expect(third.headers.get('X-Should-Retry')).toBeNull();
    });
  });

  describe('a repeated completion', () => {
    test('is answered from the first, in the form that it asks for, and charged once', async () => {
      const model = modelYielding(text('Look: '), ...calling);
      const { api, auth } = await opened({ models: [model] });
      const first = await complete(api, auth, { json: { tools, seed: 1 }, key: 'door' });
      const plain = await complete(api, auth, { json: { seed: 1, tools }, key: 'door' });
      expect(plain.text).toBe(first.text);
      const streaming = { tools, seed: 1, stream: true, stream_options: { include_usage: true } };
      const streamed = await complete(api, auth, { json: streaming, key: 'door' });
      for (const { headers } of [plain, streamed]) {
        expect(headers.get('Idempotent-Replayed')).toBe('true');
        expect(headers.get('X-Remaining-Tokens')).toBe('3900');
      }
      const { chunks, isDone } = chunksIn(streamed.text);
      expect(isDone).toBe(true);
      expect(chunks.map(({ choices: [choice] }) => choice?.delta)).toEqual([
        { role: 'assistant', content: '', refusal: null },
        { content: 'Look: ' },
        ...toldCalls.map((told, index) => ({ tool_calls: [{ index, ...told }] })),
        {},
        undefined,
      ]);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('tool_calls');
      expect(chunks.at(-1)?.usage).toEqual((first.body as unknown as Completion).usage);
      expect(chunks[0]?.id).toBe(first.body['id']);
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('of a stream is the same when nobody reported its usage', async () => {
      const { api, auth } = await opened();
      const streaming = { stream: true, stream_options: { include_usage: true } };
      const first = await complete(api, auth, { json: streaming, key: 'streamed' });
      const plain = await complete(api, auth, { key: 'streamed' });
      expect(chunksIn(first.text).chunks.at(-1)?.usage).toEqual((plain.body as unknown as Completion).usage);
    });

    test.each([
      [
        {
          messages: [
            { role: 'system', content: 'Else' },
            { role: 'user', content: 'Hi' },
          ],
        },
      ],
      [{ messages: [{ role: 'user', content: 'Ho' }] }],
      [{ temperature: 1 }],
      [{ stop: ['x'] }],
      [{ max_tokens: 1 }],
      [{ tools }],
      [{ tools, tool_choice: 'none' }],
      [{ tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', a: 1 } } }] }],
      [{ model: 'other' }],
    ])('that asks for something else is 422: %j', async (json) => {
      const other = { ...modelYielding(text('Hi'), finish), name: 'other' };
      const { api, auth } = await opened({ models: [modelYielding(text('Hi'), finish), other] });
      const base = 'tool_choice' in json ? { tools } : {};
      await complete(api, auth, { key: 'same', json: base });
      const answer = await complete(api, auth, { key: 'same', json });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ error: { code: 'idempotency_key_reused' } });
      expect(answer.headers.get('X-Should-Retry')).toBe('false');
      const chat = { auth, json: { message: 'Hi' }, headers: { 'Idempotency-Key': 'same' } };
      expect((await ask(api, 'POST', '/api/chat/', chat)).status).toBe(422);
    });

    test('that only says who asks, or in which order, is no other request', async () => {
      const { api, auth } = await opened();
      const first = await complete(api, auth, { key: 'who', json: { user: 'a', temperature: 0, seed: 1 } });
      const repeat = await complete(api, auth, {
        key: 'who',
        json: { seed: 1, temperature: 0, user: 'b', n: 1 },
      });
      expect(repeat.text).toBe(first.text);
    });

    test('while the first runs is 409, which clients may repeat', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model] });
      const first = complete(api, auth, { key: 'slow' });
      await until(() => model.requests.length === 1);
      const repeat = await complete(api, auth, { key: 'slow', json: { stream: true } });
      expect(repeat.status).toBe(409);
      expect(repeat.body).toMatchObject({ error: { code: 'idempotency_in_progress', param: null } });
      expect(repeat.headers.get('Retry-After')).toBe('1');
      expect(repeat.headers.get('X-Should-Retry')).toBeNull();
      model.letGo();
      expect((await complete(api, auth, { key: 'slow' }).then(() => first)).status).toBe(200);
    });
  });

  describe('models in OpenAI words', () => {
    test('are listed and shown by name, whatever is in it', async () => {
      const names = ['small', 'meta/llama-3.2:1b', 'a b%2F☃', '/models/llama.gguf'] as const;
      const [small, ...others] = names.map((name) => ({ ...modelYielding(text('Hi'), finish), name }));
      if (small === undefined) throw new Error('There is no model.');
      const { api, auth } = await opened({ models: [small, ...others] });
      const told = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'metered-chat' });
      const list = await ask(api, 'GET', '/v1/models', { auth });
      expect(list.body).toEqual({ object: 'list', data: names.map(told) });
      for (const name of names) {
        const one = await ask(api, 'GET', `/v1/models/${encodeURIComponent(name)}`, { auth });
        expect(one.body).toEqual(told(name));
      }
      expect((await ask(api, 'GET', '/v1/models/meta/llama-3.2:1b', { auth })).status).toBe(200);
      for (const nameless of ['/v1/models//', '/v1/models///', '/v1/models//models/llama.gguf'])
        expect((await ask(api, 'GET', nameless)).status).toBe(404);
    });
  });

  test('after all completions the ledger is sound', async () => {
    const report = await testApi(engine()).core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  });
}
