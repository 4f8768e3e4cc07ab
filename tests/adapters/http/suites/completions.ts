import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import { isSound } from '../../../../src/domain/ledger/invariants.js';
import { estimateOutput } from '../../../../src/domain/metering/usage.js';
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
const presentedCalls = ['call_1', 'call_2'].map((id) => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: call.arguments },
}));

/** Tests of the OpenAI-compatible completions: format, charges and repeats. */
export function completionsSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  describe('a completion', () => {
    test('has the format of OpenAI, and the balance in a header', async () => {
      const { api, auth } = await opened();
      const response = await complete(api, auth);
      expect(response.status).toBe(200);
      expect(response.headers.get('X-Remaining-Tokens')).toBe('3900');
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('Idempotent-Replayed')).toBeNull();
      expect(response.body).toEqual({
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
        usage: {
          ...{ prompt_tokens: 1, completion_tokens: 3, total_tokens: 4 },
          prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 0 },
        },
      });
      expect(Math.abs(Number(response.body['created']) * 1000 - Date.now())).toBeLessThan(60_000);
    });

    test('streams a role, the text, a finish reason and [DONE]', async () => {
      const { api, auth } = await opened();
      const response = await complete(api, auth, { json: { stream: true } });
      expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      const { chunks, isDone } = chunksIn(response.text);
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

    test('streams its usage on request, in a last chunk without choices', async () => {
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
    ] as const)('that ended with %s has the finish reason %s', async (reason, presented) => {
      const { api, auth } = await opened({
        models: [modelYielding(text('Hi'), { type: 'finish', reason, usage: null })],
      });
      const { choices } = (await complete(api, auth)).body as unknown as Completion;
      expect(choices[0]?.finish_reason).toBe(presented);
    });

    test('passes tools to the model and its calls to the client, whole and streamed', async () => {
      const model = modelYielding(...calling);
      const { api, auth } = await opened({ models: [model] });
      const json = { tools, tool_choice: { type: 'function', function: { name: 'look' } } };
      const { choices, usage } = (await complete(api, auth, { json })).body as unknown as Completion;
      expect(choices[0]).toMatchObject({
        message: { role: 'assistant', content: null, refusal: null, tool_calls: presentedCalls },
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
        presentedCalls.map((presented, index) => ({ tool_calls: [{ index, ...presented }] })),
      );
    });

    test('streams the arguments of each call in parts, with its name once', async () => {
      const start = (id: string, json = ''): ReplyChunk => ({
        type: 'tool_call',
        call: { id, name: 'look', arguments: json },
      });
      const more = (index: number, json: string): ReplyChunk => ({
        type: 'tool_arguments',
        index,
        text: json,
      });
      const model = modelYielding(
        start('call_1'),
        more(0, '{"id":25122920'),
        start('call_2', '{"x":'),
        more(1, '1.0'),
        more(0, '42121000001}'),
        more(1, '}'),
        start('call_3'),
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

    test.each(['', ' '])('sends the model {} if the arguments of an earlier call are %j', async (json) => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const called = { id: 'call_1', type: 'function', function: { name: 'look', arguments: json } };
      const messages = [
        { role: 'user', content: 'Look!' },
        { role: 'assistant', content: null, tool_calls: [called] },
        { role: 'tool', tool_call_id: 'call_1', content: 'Snow.' },
      ];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      expect(model.requests[0]?.messages[1]).toMatchObject({
        parts: [{ type: 'tool_call', arguments: '{}' }],
      });
    });

    test.each(['length', 'content_filter', 'stop'] as const)(
      'that ended with %s without any text has an empty text, whole and streamed',
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

    test('sends the model every message, after its own system prompt', async () => {
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
        { role: 'assistant', content: null, refusal: null, tool_calls: presentedCalls },
        { role: 'tool', tool_call_id: 'call_1', name: 'look', content: 'Snow.' },
        { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'Ice.' }] },
        { role: 'assistant', content: 'Winter.' },
      ];
      expect((await complete(api, auth, { json: { messages } })).status).toBe(200);
      expect(model.requests[0]?.messages).toEqual([
        { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'system',
          parts: [
            { type: 'text', text: 'And' },
            { type: 'text', text: 'exact.' },
          ],
        },
        { role: 'user', parts: [{ type: 'text', text: 'Look!' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'tool_call', ...call },
            { type: 'tool_call', ...call, id: 'call_2' },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_result',
              toolCallId: 'call_1',
              content: [{ type: 'text', text: 'Snow.' }],
              isError: false,
            },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              type: 'tool_result',
              toolCallId: 'call_2',
              content: [{ type: 'text', text: 'Ice.' }],
              isError: false,
            },
          ],
        },
        { role: 'assistant', parts: [{ type: 'text', text: 'Winter.' }] },
      ]);
      expect(await exchanges(api, auth)).toMatchObject([
        { message: 'Look!', response: 'Hi', conversation_id: null, status: 'completed', tokens_charged: 100 },
      ]);
      const conversations = await ask(api, 'GET', '/api/conversations/', { auth });
      expect(conversations.body['results']).toEqual([]);
    });

    test('passes the sampling and the output limit to the model', async () => {
      const model = { ...modelYielding(text('Hi'), finish), maxOutputTokens: 50 };
      const { api, auth } = await opened({ models: [model] });
      const sampling = { temperature: 0, top_p: 0.5, presence_penalty: -2, frequency_penalty: 2, seed: -7 };
      await complete(api, auth, { json: { ...sampling, stop: 'END', max_tokens: 20 } });
      await complete(api, auth, { json: { stop: ['a', 'b'], max_completion_tokens: 30 } });
      await complete(api, auth, { json: { max_tokens: 80, max_completion_tokens: 80 } });
      await complete(api, auth, { json: { stop: null, temperature: null, tools: [], max_tokens: null } });
      expect(
        model.requests.map(({ sampling: received, maxOutputTokens }) => [received, maxOutputTokens]),
      ).toEqual([
        [
          { temperature: 0, topP: 0.5, presencePenalty: -2, frequencyPenalty: 2, seed: -7, stop: ['END'] },
          20,
        ],
        [{ stop: ['a', 'b'] }, 30],
        [{}, 50],
        [{}, 50],
      ]);
    });

    test('with a price by usage holds the maximum cost of the request, and is charged its actual cost', async () => {
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
      const response = complete(api, auth, { json });
      await until(() => model.requests.length === 1);
      const schema = 'look' + JSON.stringify({ type: 'object' });
      const added = { request: 16, messages: 2 * 8, tools: 700 + 24 };
      const input = Math.ceil((330 + schema.length) / 2) + added.request + added.messages + added.tools;
      const held = input + 200;
      expect(await balance(api, auth)).toEqual({ tokens: 4000 - held, held });
      model.letGo();
      expect((await response).headers.get('X-Remaining-Tokens')).toBe('3984');
      expect(await balance(api, auth)).toEqual({ tokens: 3984, held: 0 });
    });

    test('with a price by usage that the model does not report is charged by the estimate in the response', async () => {
      const unreported = [...calling.slice(0, 2), finish];
      const model = { ...modelYielding(...unreported), price: { per1kInput: 1000, per1kOutput: 1000 } };
      const { api, auth } = await opened({ models: [model] });
      const { body } = await complete(api, auth, { json: { tools, max_tokens: 100 } });
      const { usage } = body as unknown as Completion;
      expect(usage?.['completion_tokens']).toBe(estimateOutput('', [call, call]));
      expect(await balance(api, auth)).toEqual({ tokens: 4000 - (usage?.['total_tokens'] ?? 0), held: 0 });
    });

    test('that fits the budget is limited to what the balance covers, else 402 says how much that is', async () => {
      const model = { ...modelYielding(text('Hi'), finish), price: { per1mInput: 1e6, per1mOutput: 1e6 } };
      const { api, auth } = await opened({ models: [model], policy: { startingCredits: 125 } });
      const rejected = await complete(api, auth, { json: { max_tokens: 500 } });
      expect(rejected.status).toBe(402);
      const { error } = rejected.body as unknown as { error: Record<string, unknown> };
      expect(error).toMatchObject({ code: 'insufficient_tokens', affordable_output_tokens: 100 });
      const sent = await complete(api, auth, { json: { max_tokens: 500, fit_budget: true } });
      expect(sent.status).toBe(200);
      expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([100]);
      const wrong = await complete(api, auth, { json: { fit_budget: 'yes' } });
      expect(wrong.status).toBe(400);
    });

    test('whose client disconnects after a tool call is charged', async () => {
      const model = waitingModel({ before: calling.slice(0, 1) });
      const { api, auth } = await opened({ models: [model] });
      const response = await openCompletion(api, auth, { json: { tools, stream: true } });
      const reader = (response.body ?? new ReadableStream()).getReader();
      await reader.read();
      await reader.read();
      await reader.cancel();
      expect(model.requests[0]?.signal.aborted).toBe(true);
      expect(await exchanges(api, auth)).toMatchObject([
        { status: 'cancelled', response: '', tool_calls: presentedCalls.slice(0, 1), tokens_charged: 100 },
      ]);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('with tool calls has them in the list of chats and in the export', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...calling)] });
      await complete(api, auth, { json: { tools } });
      const chats = [{ response: '', tool_calls: presentedCalls }];
      expect(await exchanges(api, auth)).toMatchObject(chats);
      expect((await ask(api, 'GET', '/api/me/export/', { auth })).body).toMatchObject({ chats });
    });

    test('counts for the same rate limit as every other chat', async () => {
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
    test('returns the first reply, in the requested form, and is charged once', async () => {
      const model = modelYielding(text('Look: '), ...calling);
      const { api, auth } = await opened({ models: [model] });
      const first = await complete(api, auth, { json: { tools, seed: 1 }, key: 'first' });
      const plain = await complete(api, auth, { json: { seed: 1, tools }, key: 'first' });
      expect(plain.text).toBe(first.text);
      const streaming = { tools, seed: 1, stream: true, stream_options: { include_usage: true } };
      const streamed = await complete(api, auth, { json: streaming, key: 'first' });
      for (const { headers } of [plain, streamed]) {
        expect(headers.get('Idempotent-Replayed')).toBe('true');
        expect(headers.get('X-Remaining-Tokens')).toBe('3900');
      }
      const { chunks, isDone } = chunksIn(streamed.text);
      expect(isDone).toBe(true);
      expect(chunks.map(({ choices: [choice] }) => choice?.delta)).toEqual([
        { role: 'assistant', content: '', refusal: null },
        { content: 'Look: ' },
        ...presentedCalls.map((presented, index) => ({ tool_calls: [{ index, ...presented }] })),
        {},
        undefined,
      ]);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('tool_calls');
      expect(chunks.at(-1)?.usage).toEqual((first.body as unknown as Completion).usage);
      expect(chunks[0]?.id).toBe(first.body['id']);
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('of a stream has the same usage if the model reports none', async () => {
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
      [{ fit_budget: true }],
      [{ stop: ['x'] }],
      [{ max_tokens: 1 }],
      [{ tools }],
      [{ tools, tool_choice: 'none' }],
      [{ tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', a: 1 } } }] }],
      [{ model: 'other' }],
    ])('with a different request is 422: %j', async (json) => {
      const other = { ...modelYielding(text('Hi'), finish), name: 'other' };
      const { api, auth } = await opened({ models: [modelYielding(text('Hi'), finish), other] });
      const base = 'tool_choice' in json ? { tools } : {};
      await complete(api, auth, { key: 'same', json: base });
      const response = await complete(api, auth, { key: 'same', json });
      expect(response.status).toBe(422);
      expect(response.body).toMatchObject({ error: { code: 'idempotency_key_reused' } });
      expect(response.headers.get('X-Should-Retry')).toBe('false');
      const chat = { auth, json: { message: 'Hi' }, headers: { 'Idempotency-Key': 'same' } };
      expect((await ask(api, 'POST', '/api/chat/', chat)).status).toBe(422);
    });

    test('with another user or another order of parameters is the same request', async () => {
      const { api, auth } = await opened();
      const first = await complete(api, auth, { key: 'user', json: { user: 'a', temperature: 0, seed: 1 } });
      const repeat = await complete(api, auth, {
        key: 'user',
        json: { seed: 1, temperature: 0, user: 'b', n: 1 },
      });
      expect(repeat.text).toBe(first.text);
    });

    test('while the first is in progress is 409, which clients may retry', async () => {
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

  describe('the models of the OpenAI-compatible API', () => {
    test('are listed and read by name, with any characters', async () => {
      const names = ['small', 'meta/llama-3.2:1b', 'a b%2F☃', '/models/llama.gguf'] as const;
      const [small, ...others] = names.map((name) => ({ ...modelYielding(text('Hi'), finish), name }));
      if (small === undefined) throw new Error('No model.');
      const { api, auth } = await opened({ models: [small, ...others] });
      const presented = (id: string) => ({
        ...{ id, object: 'model', created: 0, owned_by: 'metered-chat' },
        price: { per_message: 100 },
      });
      const list = await ask(api, 'GET', '/v1/models', { auth });
      expect(list.body).toEqual({ object: 'list', data: names.map(presented) });
      for (const name of names) {
        const one = await ask(api, 'GET', `/v1/models/${encodeURIComponent(name)}`, { auth });
        expect(one.body).toEqual(presented(name));
      }
      expect((await ask(api, 'GET', '/v1/models/meta/llama-3.2:1b', { auth })).status).toBe(200);
      for (const nameless of ['/v1/models//', '/v1/models///', '/v1/models//models/llama.gguf'])
        expect((await ask(api, 'GET', nameless)).status).toBe(404);
    });
  });

  test('after all completions the ledger is consistent', async () => {
    const report = await testApi(engine()).core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  });
}
