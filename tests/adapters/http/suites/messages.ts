import { describe, expect, test } from 'vitest';
import { isSound } from '../../../../src/domain/ledger/invariants.js';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { complete } from '../completions.js';
import { createMessage, messageEventsIn, minimalBody, openMessage, streamedContent } from '../messages.js';
import { ask, balance, exchanges, newAccount, until } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelYielding, text, waitingModel } from '../test-models.js';

const input = '{"b":1.0, "a":12345678901234567890,"2":[1e2],"1":"\\u2603\\/"}';
const tool = { name: 'look', description: 'Looks.', input_schema: { type: 'object' } };
const reasoned: ReplyChunk[] = [
  { type: 'reasoning', text: 'Let me ' },
  { type: 'reasoning', text: 'see.' },
  { type: 'reasoning_end', signature: 'c2ln', isRedacted: false },
  { type: 'reasoning_end', signature: 'aGlkZGVu', isRedacted: true },
  text('I '),
  text('look.'),
  { type: 'tool_call', call: { id: 'toolu_1', name: 'look', arguments: '{"b":1.0, ' } },
  { type: 'tool_arguments', index: 0, text: input.slice(10) },
  { type: 'tool_call', call: { id: 'toolu_2', name: 'look', arguments: '' } },
  {
    type: 'finish',
    reason: 'tool_calls',
    usage: { input: 100, cachedInput: 60, cacheWrite: 30, output: 40, reasoning: 25 },
  },
];
const usage = {
  input_tokens: 10,
  cache_creation_input_tokens: 30,
  cache_read_input_tokens: 60,
  output_tokens: 40,
  output_tokens_details: { thinking_tokens: 25 },
};
const caller = { type: 'direct' };
const blocksBeforeCalls = [
  { type: 'thinking', thinking: 'Let me see.', signature: 'c2ln' },
  { type: 'redacted_thinking', data: 'aGlkZGVu' },
  { type: 'text', text: 'I look.' },
];

/** Tests of the Anthropic-compatible messages: format, charges and repeats. */
export function messagesSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  describe('a message of the Anthropic-compatible API', () => {
    test('has the format of Anthropic, and the balance and the id of the request in headers', async () => {
      const { api, auth } = await opened();
      const response = await createMessage(api, auth);
      expect(response.status, response.text).toBe(200);
      expect(response.headers.get('X-Remaining-Tokens')).toBe('3900');
      expect(response.headers.get('request-id')).toBe(response.headers.get('X-Request-Id'));
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.body).toEqual({
        id: expect.stringMatching(/^msg_[0-9a-f-]{36}$/) as string,
        ...{ type: 'message', role: 'assistant', model: 'echo', container: null },
        content: [{ type: 'text', text: 'Echo: Hi' }],
        ...{ stop_reason: 'end_turn', stop_sequence: null },
        usage: {
          ...{ input_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
          ...{ output_tokens: 3, output_tokens_details: { thinking_tokens: 0 } },
        },
      });
      expect(await exchanges(api, auth)).toMatchObject([
        { message: 'Hi', response: 'Echo: Hi', conversation_id: null, tokens_charged: 100 },
      ]);
    });

    test('is authenticated by a bearer as well', async () => {
      const { api, auth } = await opened();
      const headers = { 'x-api-key': 'mck_wrong', Authorization: `Bearer ${auth}` };
      expect((await createMessage(api, auth, { headers })).status).toBe(200);
    });

    test('has its blocks in their order, the usage of the cache apart, and the bytes of inputs', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...reasoned)] });
      const response = await createMessage(api, auth, { json: { tools: [tool] } });
      expect(response.body).toMatchObject({ stop_reason: 'tool_use', usage });
      expect(response.body['content']).toEqual([
        ...blocksBeforeCalls,
        { type: 'tool_use', id: 'toolu_1', name: 'look', input: JSON.parse(input) as object, caller },
        { type: 'tool_use', id: 'toolu_2', name: 'look', input: {}, caller },
      ]);
      expect(response.text).toContain(`"input":${input}}`);
    });

    test('says which of its stop sequences ended the reply, if the provider does, also when it is repeated', async () => {
      const ending = (stopSequence?: string) =>
        modelYielding(text('One'), {
          type: 'finish',
          reason: 'stop',
          usage: null,
          ...(stopSequence !== undefined && { stopSequence }),
        });
      const json = { stop_sequences: ['\n\nEND', 'ä'] };
      const ended = { stop_reason: 'stop_sequence', stop_sequence: '\n\nEND' };
      const { api, auth } = await opened({ models: [ending('\n\nEND')] });
      for (const key of ['s', 's', undefined]) {
        const parts = key === undefined ? {} : { key };
        expect((await createMessage(api, auth, { json, ...parts })).body).toMatchObject(ended);
      }
      const streamed = await createMessage(api, auth, { json: { ...json, stream: true }, key: 's' });
      expect(messageEventsIn(streamed.text).at(-2)).toMatchObject({ type: 'message_delta', delta: ended });
      for (const unsaid of [undefined, 'another one', '']) {
        const other = await opened({ models: [ending(unsaid)] });
        expect((await createMessage(other.api, other.auth, { json })).body).toMatchObject({
          ...{ stop_reason: 'end_turn', stop_sequence: null },
        });
      }
    });

    test('is streamed block by block', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...reasoned)] });
      const response = await createMessage(api, auth, { json: { tools: [tool], stream: true } });
      expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      const events = messageEventsIn(response.text);
      expect(events[0]).toMatchObject({
        type: 'message_start',
        message: {
          model: 'echo',
          content: [],
          stop_reason: null,
          usage: { input_tokens: 10, output_tokens: 0 },
        },
      });
      expect(streamedContent(events)).toEqual([
        ...blocksBeforeCalls,
        { type: 'tool_use', id: 'toolu_1', name: 'look', input, caller },
        { type: 'tool_use', id: 'toolu_2', name: 'look', input: '{}', caller },
      ]);
      expect(events.at(-2)).toEqual({
        type: 'message_delta',
        delta: { stop_reason: 'tool_use', stop_sequence: null },
        usage,
      });
      expect(events.at(-1)).toEqual({ type: 'message_stop' });
      expect(events.filter(({ type }) => type === 'content_block_start')).toHaveLength(5);
    });

    test('streams one call after the other, even if the model writes their inputs in turns', async () => {
      const model = modelYielding(
        { type: 'tool_call', call: { id: 'call_1', name: 'look', arguments: '{"a":' } },
        { type: 'tool_call', call: { id: 'call_2', name: 'look', arguments: '{"b":' } },
        { type: 'tool_arguments', index: 1, text: '"}"' },
        text('Between.'),
        { type: 'tool_arguments', index: 0, text: '{"}":1}' },
        { type: 'tool_call', call: { id: 'call_3', name: 'look', arguments: '' } },
        { type: 'tool_arguments', index: 0, text: '}' },
        { type: 'tool_arguments', index: 1, text: '}' },
        finish,
      );
      const { api, auth } = await opened({ models: [model] });
      const { text: streamed } = await createMessage(api, auth, { json: { tools: [tool], stream: true } });
      expect(streamedContent(messageEventsIn(streamed))).toMatchObject([
        { id: 'call_1', input: '{"a":{"}":1}}' },
        { id: 'call_2', input: '{"b":"}"}' },
        { type: 'text', text: 'Between.' },
        { id: 'call_3', input: '{}' },
      ]);
    });

    test.each([
      ['stop', 'end_turn'],
      ['length', 'max_tokens'],
      ['content_filter', 'refusal'],
      ['other', 'end_turn'],
    ] as const)(
      'that ended with %s has the stop reason %s, with a text or without',
      async (reason, presented) => {
        for (const chunks of [[text('Hi')], []]) {
          const model = modelYielding(...chunks, { type: 'finish', reason, usage: null });
          const { api, auth } = await opened({ models: [model] });
          const plain = await createMessage(api, auth);
          expect(plain.body).toMatchObject({ stop_reason: presented });
          expect(plain.body['content']).toHaveLength(chunks.length);
          const events = messageEventsIn((await createMessage(api, auth, { json: { stream: true } })).text);
          expect(events.at(-2)).toMatchObject({ delta: { stop_reason: presented } });
          expect(streamedContent(events)).toHaveLength(chunks.length);
        }
      },
    );

    test('with arguments that are no object has their text as its input', async () => {
      const call = { id: 'call_1', name: 'look', arguments: '{"at": "ho' };
      const model = modelYielding(
        { type: 'tool_call', call },
        { type: 'finish', reason: 'length', usage: null },
      );
      const { api, auth } = await opened({ models: [model] });
      const { body } = await createMessage(api, auth, { json: { tools: [tool] } });
      expect(body).toMatchObject({
        stop_reason: 'max_tokens',
        content: [{ type: 'tool_use', input: { arguments: '{"at": "ho' } }],
      });
    });

    test('sends the model every block, and the inputs of earlier calls byte for byte', async () => {
      const model = { ...modelYielding(text('Hi'), finish), system: 'Be kind.' };
      const { api, auth } = await opened({ models: [model] });
      const image = { type: 'base64', media_type: 'image/png', data: 'aGk=' };
      const before = JSON.stringify({
        ...minimalBody,
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
        tools: [{ ...tool, cache_control: { type: 'ephemeral' } }],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Look!' },
              { type: 'image', source: image },
              { type: 'image', source: { type: 'url', url: 'https://example.test/a.png' } },
              {
                type: 'document',
                title: 'A',
                source: { type: 'text', media_type: 'text/plain', data: '☃' },
              },
            ],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'See.', signature: 'c2ln' },
              { type: 'thinking', thinking: 'Unsigned.', signature: '' },
              { type: 'redacted_thinking', data: 'aGlkZGVu' },
              { type: 'text', text: 'I look.', citations: null },
              { type: 'tool_use', id: 'toolu_1', name: 'look', input: { placeholder: true }, caller },
              { type: 'tool_use', id: 'toolu_2', name: 'look', input: {} },
            ],
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 'toolu_1', content: 'Snow.', is_error: true },
              {
                type: 'tool_result',
                tool_use_id: 'toolu_2',
                content: [
                  { type: 'text', text: 'Ice.' },
                  { type: 'image', source: image },
                ],
                cache_control: { type: 'ephemeral' },
              },
              { type: 'text', text: 'Well?' },
            ],
          },
        ],
      });
      const raw = before.replace('{"placeholder":true}', input);
      expect((await createMessage(api, auth, { raw })).status).toBe(200);
      const [request] = model.requests;
      const png = { type: 'base64', mediaType: 'image/png', data: 'aGk=' };
      expect(request?.messages).toEqual([
        { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.', cacheControl: { ttl: '1h' } }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Look!' },
            { type: 'image', source: png },
            { type: 'image', source: { type: 'url', url: 'https://example.test/a.png' } },
            { type: 'file', name: 'A', source: { type: 'base64', mediaType: 'text/plain', data: '4piD' } },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'See.', signature: 'c2ln', isRedacted: false },
            { type: 'reasoning', text: 'Unsigned.', signature: null, isRedacted: false },
            { type: 'reasoning', text: '', signature: 'aGlkZGVu', isRedacted: true },
            { type: 'text', text: 'I look.' },
            { type: 'tool_call', id: 'toolu_1', name: 'look', arguments: input },
            { type: 'tool_call', id: 'toolu_2', name: 'look', arguments: '{}' },
          ],
        },
        {
          role: 'tool',
          parts: [
            {
              ...{ type: 'tool_result', toolCallId: 'toolu_1', isError: true },
              content: [{ type: 'text', text: 'Snow.' }],
            },
            {
              ...{ type: 'tool_result', toolCallId: 'toolu_2', isError: false },
              content: [
                { type: 'text', text: 'Ice.' },
                { type: 'image', source: png },
              ],
              cacheControl: { ttl: null },
            },
          ],
        },
        { role: 'user', parts: [{ type: 'text', text: 'Well?' }] },
      ]);
      expect(request?.tools).toEqual([
        {
          ...{ name: 'look', description: 'Looks.', parameters: { type: 'object' } },
          cacheControl: { ttl: null },
        },
      ]);
      expect(await exchanges(api, auth)).toMatchObject([{ message: 'Well?' }]);
    });

    test('passes its parameters to the model', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      const tools = [{ ...tool, type: 'custom', eager_input_streaming: true }];
      const schema = { type: 'object', properties: {} };
      const parameters = [
        {
          ...{ temperature: 0, top_p: 0.5, top_k: 4, stop_sequences: ['END'], tools },
          tool_choice: { type: 'any', disable_parallel_tool_use: true },
          ...{ metadata: { user_id: 'u' }, service_tier: 'auto', container: null },
        },
        { thinking: { type: 'enabled', budget_tokens: 2048 }, tools, tool_choice: { type: 'none' } },
        {
          ...{ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
          context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
        },
        { thinking: { type: 'adaptive', display: 'summarized' }, tools, tool_choice: { type: 'auto' } },
        { thinking: { type: 'disabled' }, tool_choice: { type: 'auto' } },
        { output_config: { effort: 'max' } },
        {
          ...{ output_config: { format: { type: 'json_schema', schema } }, tools },
          tool_choice: { type: 'tool', name: 'look' },
        },
        { cache_control: { type: 'ephemeral' }, system: 'Be brief.' },
      ];
      for (const json of parameters) {
        const response = await createMessage(api, auth, { json });
        expect(response.status, response.text).toBe(200);
      }
      const base = { maxOutputTokens: 100, sampling: {} };
      const hi = { role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
      const format = { type: 'json_schema', name: 'reply', description: null, schema, strict: null };
      expect(model.requests).toMatchObject([
        {
          ...{ toolChoice: 'required', parallelToolCalls: false, messages: [hi] },
          sampling: { temperature: 0, topP: 0.5, topK: 4, stop: ['END'] },
        },
        { ...base, toolChoice: 'none', reasoning: { mode: 'budget', maxTokens: 2048 } },
        { ...base, toolChoice: null, reasoning: { mode: 'adaptive', effort: 'high' } },
        { ...base, toolChoice: 'auto', reasoning: { mode: 'adaptive' } },
        { ...base, toolChoice: null, reasoning: { mode: 'off' } },
        { ...base, reasoning: { mode: 'effort', effort: 'max' } },
        { ...base, toolChoice: { name: 'look' }, format },
        {
          messages: [
            { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
            { role: 'user', parts: [{ type: 'text', text: 'Hi', cacheControl: { ttl: null } }] },
          ],
        },
      ]);
    });

    test('sends ping while nothing comes, after the start of the message', async () => {
      const model = waitingModel();
      const { api, auth } = await opened({ models: [model], streamKeepAliveMs: 5 });
      const response = await openMessage(api, auth, { json: { stream: true } });
      const body: ReadableStream<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
      const reader = body.getReader();
      let received = '';
      const decoder = new TextDecoder();
      const readOn = async () => {
        const next: Awaited<ReturnType<typeof reader.read>> = await reader.read();
        received += decoder.decode(next.value);
        return next.done;
      };
      await until(async () => {
        await readOn();
        return (received.match(/event: ping/g)?.length ?? 0) >= 2;
      });
      model.letGo();
      await until(readOn);
      const types = messageEventsIn(received).map(({ type }) => type);
      expect(types.slice(0, 3)).toEqual(['message_start', 'ping', 'ping']);
      expect(types.filter((type) => type !== 'ping')).toEqual([
        ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop'],
        ...['message_delta', 'message_stop'],
      ]);
    });

    test('that fails midway ends with an error event, and is not charged', async () => {
      const failing = modelYielding(text('Half'));
      const { api, auth } = await opened({ models: [failing] });
      const response = await createMessage(api, auth, { json: { stream: true } });
      expect(messageEventsIn(response.text).at(-1)).toEqual({
        type: 'error',
        error: {
          ...{ type: 'api_error', message: 'The reply ended before it was finished.' },
          ...{ code: 'provider_failed', details: { error_code: 'provider_failed' } },
        },
        request_id: response.headers.get('X-Request-Id'),
      });
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });
  });

  describe('a repeat of an Anthropic-compatible message', () => {
    test('has the first reply in the form that it asks for, and is charged once', async () => {
      const model = modelYielding(...reasoned);
      const { api, auth } = await opened({ models: [model] });
      const json = { tools: [tool] };
      const first = await createMessage(api, auth, { json, key: 'first' });
      const plain = await createMessage(api, auth, { json: { ...json, metadata: {} }, key: 'first' });
      const streamed = await createMessage(api, auth, { json: { ...json, stream: true }, key: 'first' });
      expect(first.headers.get('Idempotent-Replayed')).toBeNull();
      expect(plain.text).toBe(first.text);
      for (const { headers } of [plain, streamed]) {
        expect(headers.get('Idempotent-Replayed')).toBe('true');
        expect(headers.get('X-Remaining-Tokens')).toBe('3900');
      }
      const events = messageEventsIn(streamed.text);
      expect(streamedContent(events)).toMatchObject([
        ...blocksBeforeCalls,
        { id: 'toolu_1', input },
        { id: 'toolu_2', input: '{}' },
      ]);
      expect(events[0]).toMatchObject({ message: { id: first.body['id'] } });
      expect(events.at(-2)).toMatchObject({ usage });
      expect(model.requests).toHaveLength(1);
      expect(await balance(api, auth)).toEqual({ tokens: 3900, held: 0 });
    });

    test('after a stream has the same content', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...reasoned)] });
      const json = { tools: [tool] };
      await createMessage(api, auth, { json: { ...json, stream: true }, key: 'streamed' });
      const plain = await createMessage(api, auth, { json, key: 'streamed' });
      expect(plain.text).toContain(`"input":${input}}`);
      expect(plain.body).toMatchObject({ usage });
      expect((plain.body['content'] as unknown[]).slice(0, 3)).toEqual(blocksBeforeCalls);
    });

    test('with a different request is 422, also if only the bytes of an input differ', async () => {
      const { api, auth } = await opened();
      await createMessage(api, auth, { key: 'same' });
      for (const json of [{ temperature: 1 }, { max_tokens: 99 }, { system: 'Else' }]) {
        const response = await createMessage(api, auth, { key: 'same', json });
        expect(response.status).toBe(422);
        expect(response.body).toMatchObject({ error: { code: 'idempotency_key_reused' } });
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
      expect((await complete(api, auth, { key: 'same' })).status).toBe(422);
    });
  });

  test('after all messages the ledger is consistent', async () => {
    const report = await testApi(engine()).core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  });

  describe('the models of the Anthropic-compatible API', () => {
    const names = ['a', 'b', 'c/d', 'e'] as const;
    const models = names.map((name) => ({ ...modelYielding(text('Hi'), finish), name }));
    const [firstModel, ...others] = models;
    const headers = { 'anthropic-version': '2023-06-01' };
    const listed = async (query: string) => {
      if (firstModel === undefined) throw new Error('No model.');
      const { api, auth } = await opened({ models: [firstModel, ...others] });
      return ask(api, 'GET', `/v1/models${query}`, { headers: { ...headers, 'x-api-key': auth } });
    };

    test.each([
      ['', ['a', 'b', 'c/d', 'e'], false],
      ['?limit=1000&beta=true', ['a', 'b', 'c/d', 'e'], false],
      ['?limit=2', ['a', 'b'], true],
      ['?limit=2&after_id=b', ['c/d', 'e'], false],
      ['?limit=1&after_id=b', ['c/d'], true],
      ['?limit=2&before_id=e', ['b', 'c/d'], true],
      ['?before_id=c/d', ['a', 'b'], false],
      ['?after_id=e', [], false],
      ['?after_id=none', [], false],
    ] as const)('are listed in pages: %s', async (query, ids, hasMore) => {
      const { body } = await listed(query);
      expect((body['data'] as { id: string }[]).map(({ id }) => id)).toEqual(ids);
      expect(body).toMatchObject({
        has_more: hasMore,
        first_id: ids[0] ?? null,
        last_id: ids.at(-1) ?? null,
      });
    });

    test.each(['?limit=0', '?limit=1001', '?limit=x', '?after_id=a&before_id=b'])(
      'are not listed with %s',
      async (query) => {
        const response = await listed(query);
        expect(response.status).toBe(400);
        expect(response.body).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
      },
    );

    test('are read by name', async () => {
      const { body } = await listed('/c/d');
      expect(body).toEqual({
        ...{ type: 'model', id: 'c/d', display_name: 'c/d', created_at: '1970-01-01T00:00:00Z' },
        ...{ max_input_tokens: firstModel?.contextTokens, max_tokens: firstModel?.maxOutputTokens },
      });
      expect((await listed('/none')).body).toMatchObject({
        type: 'error',
        error: { type: 'not_found_error', code: 'model_not_found' },
      });
    });
  });
}
