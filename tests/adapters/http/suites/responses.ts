import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src/domain/errors.js';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { errorIn } from '../completions.js';
import { ask, balance, exchanges, newAccount } from '../requests.js';
import { lastResponse, openResponse, respond, responseEventsIn } from '../responses.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelThat, modelYielding, text } from '../test-models.js';

const hex = '[0-9a-f]{32}';
const looksAt = { type: 'function', name: 'look', parameters: { type: 'object' } };
const call = { id: 'call_1', name: 'look', arguments: '{"at":"☃","x":1.0}' };
const start = (id: string, json = ''): ReplyChunk => ({
  type: 'tool_call',
  call: { id, name: 'look', arguments: json },
});
const more = (index: number, json: string): ReplyChunk => ({ type: 'tool_arguments', index, text: json });

/** A reply with every kind of part. */
const everyPart: ReplyChunk[] = [
  { type: 'reasoning', text: 'Well ' },
  { type: 'reasoning', text: 'now.' },
  { type: 'reasoning_end', signature: 'c2ln', isRedacted: false },
  { type: 'reasoning_end', signature: 'c2VjcmV0', isRedacted: true },
  text('Once '),
  text('upon.'),
  start('call_1'),
  more(0, '{"at":"☃",'),
  more(0, '"x":1.0}'),
  start('call_2', '{}'),
  {
    type: 'finish',
    reason: 'tool_calls',
    usage: { input: 20, cachedInput: 12, cacheWrite: 3, output: 9, reasoning: 6 },
  },
];
const showsAll = {
  reasoning: { summary: 'auto' },
  include: ['reasoning.encrypted_content'],
  tools: [looksAt],
};

/** Tests of OpenAI's Responses API. */
export function responsesSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  /** Returns what the model is asked for a request. */
  const askedFor = async (json: object) => {
    const model = modelYielding(text('Hi'), finish);
    const { api, auth } = await opened({ models: [model] });
    const response = await respond(api, auth, { json });
    expect(response.status, response.text).toBe(200);
    return { request: model.requests[0], api, auth };
  };

  describe('a response', () => {
    test('has the format of OpenAI, and the balance in a header', async () => {
      const { api, auth } = await opened();
      const response = await respond(api, auth, { json: { instructions: 'Be brief.', temperature: 0.5 } });
      expect(response.headers.get('X-Remaining-Tokens')).toBe('3900');
      expect(response.body).toEqual({
        id: expect.stringMatching(`^resp_${hex}$`) as string,
        object: 'response',
        created_at: expect.any(Number) as number,
        status: 'completed',
        ...{ background: false, error: null, incomplete_details: null, instructions: 'Be brief.' },
        ...{ max_output_tokens: null, metadata: {}, model: 'echo', parallel_tool_calls: true },
        ...{ previous_response_id: null, reasoning: { effort: null, summary: null }, store: false },
        ...{
          service_tier: 'default',
          temperature: 0.5,
          text: { format: { type: 'text' }, verbosity: 'medium' },
        },
        ...{ tool_choice: 'auto', tools: [], top_p: null, truncation: 'disabled' },
        output: [
          {
            id: expect.stringMatching(`^msg_${hex}_0$`) as string,
            ...{ type: 'message', role: 'assistant', status: 'completed' },
            content: [{ type: 'output_text', text: 'Echo: Hi', annotations: [], logprobs: [] }],
          },
        ],
        usage: {
          ...{ input_tokens: 4, output_tokens: 3, total_tokens: 7 },
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens_details: { reasoning_tokens: 0 },
        },
      });
      expect(await exchanges(api, auth)).toMatchObject([
        { message: 'Hi', response: 'Echo: Hi', conversation_id: null, tokens_charged: 100 },
      ]);
    });

    test("streams OpenAI's sequence of events for a text", async () => {
      const { api, auth } = await opened();
      const response = await respond(api, auth, { json: { stream: true } });
      expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
      const events = responseEventsIn(response.text);
      expect(events.map(({ type }) => type)).toEqual([
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'response.output_text.delta',
        'response.output_text.delta',
        'response.output_text.done',
        'response.content_part.done',
        'response.output_item.done',
        'response.completed',
      ]);
      expect(events[0]).toMatchObject({
        sequence_number: 0,
        response: { status: 'in_progress', output: [], usage: null },
      });
      expect(events[2]).toMatchObject({ output_index: 0, item: { status: 'in_progress', content: [] } });
      expect(events[6]).toMatchObject({ output_index: 0, content_index: 0, text: 'Echo: Hi' });
      expect(lastResponse(events)).toMatchObject({ status: 'completed', usage: { output_tokens: 3 } });
    });

    test('streams reasoning, a text and calls as items, each done before the next begins', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...everyPart)] });
      const events = responseEventsIn(
        (await respond(api, auth, { json: { ...showsAll, stream: true } })).text,
      );
      const item = (name: string, ...between: string[]) => [
        `${name} response.output_item.added`,
        ...between.map((type) => `${name} response.${type}`),
        `${name} response.output_item.done`,
      ];
      const named = events.flatMap(({ type, output_index: index }) =>
        typeof index === 'number' ? [`${index} ${type}`] : [],
      );
      expect(named).toEqual([
        ...item(
          '0',
          'reasoning_summary_part.added',
          ...['reasoning_summary_text.delta', 'reasoning_summary_text.delta', 'reasoning_summary_text.done'],
          'reasoning_summary_part.done',
        ),
        ...item('1'),
        ...item(
          '2',
          ...['content_part.added', 'output_text.delta', 'output_text.delta', 'output_text.done'],
          'content_part.done',
        ),
        ...item(
          '3',
          ...[
            'function_call_arguments.delta',
            'function_call_arguments.delta',
            'function_call_arguments.done',
          ],
        ),
        ...item('4', 'function_call_arguments.delta', 'function_call_arguments.done'),
      ]);
      const { output, usage } = lastResponse(events);
      expect(output).toMatchObject([
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Well now.' }] },
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ text: 'Once upon.' }] },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: call.arguments },
        { type: 'function_call', call_id: 'call_2', name: 'look', arguments: '{}' },
      ]);
      expect(usage).toEqual({
        ...{ input_tokens: 20, output_tokens: 9, total_tokens: 29 },
        input_tokens_details: { cached_tokens: 12, cache_write_tokens: 3 },
        output_tokens_details: { reasoning_tokens: 6 },
      });
    });

    test('streams calls whose arguments come by turns, and ends them with their whole arguments', async () => {
      const model = modelYielding(
        start('call_1', '{"a":'),
        start('call_2', '{"b"'),
        more(0, '1}'),
        more(1, ':2}'),
        start('call_3'),
        { type: 'finish', reason: 'tool_calls', usage: null },
      );
      const { api, auth } = await opened({ models: [model] });
      const json = { tools: [looksAt], stream: true };
      const events = responseEventsIn((await respond(api, auth, { json })).text);
      const done = events.filter(({ type }) => type === 'response.function_call_arguments.done');
      expect(done.map(({ arguments: whole }) => whole)).toEqual(['{"a":1}', '{"b":2}', '{}']);
      for (const [index, whole] of ['{"a":1}', '{"b":2}', '{}'].entries()) {
        const deltas = events.filter(
          ({ type, output_index }) =>
            type === 'response.function_call_arguments.delta' && output_index === index,
        );
        expect(deltas.map(({ delta }) => delta as string).join('')).toBe(whole);
      }
    });

    test('is the same whole, streamed, and repeated with its key in the other form', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...everyPart)] });
      const whole = await respond(api, auth, { json: showsAll, key: 'k' });
      const repeated = await respond(api, auth, { json: { ...showsAll, stream: true }, key: 'k' });
      expect(repeated.headers.get('Idempotent-Replayed')).toBe('true');
      expect(lastResponse(responseEventsIn(repeated.text))).toEqual(whole.body);
      const streamed = await respond(api, auth, { json: { ...showsAll, stream: true }, key: 'other' });
      const again = await respond(api, auth, { json: showsAll, key: 'other' });
      expect(again.body).toEqual(lastResponse(responseEventsIn(streamed.text)));
      expect(await balance(api, auth)).toEqual({ tokens: 3800, held: 0 });
    });

    test('shows reasoning, and has it in a form to send back, only on request', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...everyPart)] });
      const { body } = await respond(api, auth, { json: { tools: [looksAt] } });
      const [first] = body['output'] as Record<string, unknown>[];
      expect(first).toMatchObject({ type: 'reasoning', summary: [] });
      expect(first).not.toHaveProperty('encrypted_content');
      const stream = await respond(api, auth, { json: { tools: [looksAt], stream: true } });
      expect(stream.text).not.toContain('Well');
    });

    test.each(['length', 'content_filter'] as const)('that ended with %s is incomplete', async (reason) => {
      const model = modelYielding(text('Once'), { type: 'finish', reason, usage: null });
      const { api, auth } = await opened({ models: [model] });
      const incomplete = {
        status: 'incomplete',
        incomplete_details: { reason: reason === 'length' ? 'max_output_tokens' : reason },
        output: [{ status: 'incomplete' }],
      };
      expect((await respond(api, auth)).body).toMatchObject(incomplete);
      const events = responseEventsIn((await respond(api, auth, { json: { stream: true } })).text);
      expect(events.at(-1)).toMatchObject({ type: 'response.incomplete', response: incomplete });
    });

    test('that is empty has no items', async () => {
      const model = modelYielding({ type: 'finish', reason: 'stop', usage: { input: 3, output: 5 } });
      const { api, auth } = await opened({ models: [model] });
      expect((await respond(api, auth)).body).toMatchObject({ status: 'completed', output: [] });
      const events = responseEventsIn((await respond(api, auth, { json: { stream: true } })).text);
      expect(events.map(({ type }) => type)).toEqual([
        ...['response.created', 'response.in_progress', 'response.completed'],
      ]);
    });

    test('that fails midway ends with an error and response.failed, and costs nothing', async () => {
      const model = modelThat(async function* () {
        yield text('Half');
        await Promise.reject(new Error('a private reason'));
      });
      const { api, auth } = await opened({ models: [model] });
      const response = await respond(api, auth, { json: { stream: true } });
      const events = responseEventsIn(response.text);
      expect(events.slice(-2)).toMatchObject([
        {
          ...{ type: 'error', code: 'provider_failed', param: null },
          error: { type: 'server_error', code: 'provider_failed' },
        },
        {
          type: 'response.failed',
          response: { status: 'failed', error: { code: 'provider_failed' }, output: [{ type: 'message' }] },
        },
      ]);
      expect(response.text).not.toContain('private');
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
    });
  });

  describe('the input of a response', () => {
    test('with items of every kind is given to the model as messages, byte for byte', async () => {
      const { request, api, auth } = await askedFor({
        instructions: 'Be exact.',
        tools: [{ ...looksAt, description: 'Looks.', strict: true }],
        tool_choice: { type: 'function', name: 'look' },
        parallel_tool_calls: false,
        input: [
          { role: 'developer', content: 'Be brief.' },
          {
            type: 'message',
            role: 'user',
            content: [
              { type: 'input_text', text: 'Look!' },
              { type: 'input_image', detail: 'low', image_url: 'data:image/png;base64,iVBORw0KGgo=' },
              { type: 'input_image', detail: 'auto', image_url: 'https://images.example/cat.jpg' },
              { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
              { type: 'input_file', file_url: 'https://files.example/b.pdf' },
            ],
          },
          { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'I must look.' }] },
          {
            ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
            content: [{ type: 'output_text', text: 'I look.', annotations: [], logprobs: [] }],
          },
          {
            ...{ type: 'function_call', id: 'fc_1', status: 'completed' },
            ...{ call_id: 'call_1', name: 'look', arguments: call.arguments },
          },
          { type: 'function_call', call_id: 'call_2', name: 'look', arguments: '' },
          { type: 'function_call_output', call_id: 'call_1', output: 'Snow.' },
          {
            type: 'function_call_output',
            call_id: 'call_2',
            output: [
              { type: 'input_text', text: 'Ice.' },
              { type: 'input_image', image_url: 'https://images.example/ice.jpg' },
            ],
          },
          { role: 'assistant', content: 'Winter.' },
          { role: 'user', content: 'Sure?' },
        ],
      });
      const result = { type: 'tool_result', isError: false };
      const image = { type: 'image', source: { type: 'url', url: 'https://images.example/ice.jpg' } };
      expect(request).toMatchObject({
        tools: [{ name: 'look', description: 'Looks.', strict: true }],
        toolChoice: { name: 'look' },
        parallelToolCalls: false,
      });
      expect(request?.messages).toEqual([
        { role: 'system', parts: [{ type: 'text', text: 'Be exact.' }] },
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Look!' },
            {
              ...{ type: 'image', detail: 'low' },
              source: { type: 'base64', mediaType: 'image/png', data: 'iVBORw0KGgo=' },
            },
            {
              ...{ type: 'image', detail: 'auto' },
              source: { type: 'url', url: 'https://images.example/cat.jpg' },
            },
            {
              ...{ type: 'file', name: 'a.pdf' },
              source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
            },
            { type: 'file', name: null, source: { type: 'url', url: 'https://files.example/b.pdf' } },
          ],
        },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'I must look.', signature: null, isRedacted: false },
            { type: 'text', text: 'I look.' },
            { type: 'tool_call', ...call },
            { type: 'tool_call', id: 'call_2', name: 'look', arguments: '{}' },
          ],
        },
        {
          role: 'tool',
          parts: [{ ...result, toolCallId: 'call_1', content: [{ type: 'text', text: 'Snow.' }] }],
        },
        {
          role: 'tool',
          parts: [{ ...result, toolCallId: 'call_2', content: [{ type: 'text', text: 'Ice.' }, image] }],
        },
        { role: 'assistant', parts: [{ type: 'text', text: 'Winter.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'Sure?' }] },
      ]);
      expect(await exchanges(api, auth)).toMatchObject([{ message: 'Sure?' }]);
    });

    test.each([
      ['a format', { text: { format: { type: 'json_object' } } }, { format: { type: 'json' } }],
      [
        'a schema',
        { text: { format: { type: 'json_schema', name: 'place', schema: {}, strict: true } } },
        { format: { type: 'json_schema', name: 'place', description: null, schema: {}, strict: true } },
      ],
      ['a verbosity', { text: { verbosity: 'high' } }, { verbosity: 'high' }],
      ['an effort', { reasoning: { effort: 'low' } }, { reasoning: { mode: 'effort', effort: 'low' } }],
      ['no reasoning', { reasoning: { effort: 'none' } }, { reasoning: { mode: 'off' } }],
      ['an output limit', { max_output_tokens: 7 }, { maxOutputTokens: 7 }],
      ['sampling', { temperature: 1.5, top_p: 0.5 }, { sampling: { temperature: 1.5, topP: 0.5 } }],
    ])('with %s passes it to the model', async (_, json, expected) => {
      expect((await askedFor(json)).request).toMatchObject(expected);
    });

    test('takes back all items of a reply, with the reasoning as the provider signed it', async () => {
      const model = modelYielding(...everyPart);
      const { api, auth } = await opened({ models: [model] });
      const { body } = await respond(api, auth, { json: showsAll });
      const outputs = ['call_1', 'call_2'].map((call_id) => ({
        ...{ type: 'function_call_output', call_id, output: 'Snow.' },
      }));
      const input = [{ role: 'user', content: 'Look!' }, ...(body['output'] as object[]), ...outputs];
      const response = await respond(api, auth, { json: { ...showsAll, input } });
      expect(response.status, response.text).toBe(200);
      expect(model.requests[1]?.messages[1]).toEqual({
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Well now.', signature: 'c2ln', isRedacted: false },
          { type: 'reasoning', text: '', signature: 'c2VjcmV0', isRedacted: true },
          { type: 'text', text: 'Once upon.' },
          { type: 'tool_call', ...call },
          { type: 'tool_call', id: 'call_2', name: 'look', arguments: '{}' },
        ],
      });
    });

    test('may refer to items of earlier replies of the same account', async () => {
      const model = modelYielding(...everyPart);
      const { api, auth } = await opened({ models: [model] });
      const { body } = await respond(api, auth, { json: { tools: [looksAt] } });
      const ids = (body['output'] as { id: string }[]).map(({ id }) => id);
      const outputs = ['call_1', 'call_2'].map((call_id) => ({
        ...{ type: 'function_call_output', call_id, output: 'Snow.' },
      }));
      const references = ids.map((id) => ({ type: 'item_reference', id }));
      const json = { tools: [looksAt], input: [{ role: 'user', content: 'Hi' }, ...references, ...outputs] };
      const response = await respond(api, auth, { json });
      expect(response.status, response.text).toBe(200);
      expect(model.requests[1]?.messages[1]?.parts).toHaveLength(5);
      expect(model.requests[1]?.messages[1]?.parts[0]).toEqual({
        ...{ type: 'reasoning', text: 'Well now.', signature: 'c2ln', isRedacted: false },
      });
      const stranger = await newAccount(api);
      const rejected = await respond(api, stranger.auth, { json });
      expect([rejected.status, errorIn(rejected)['param']]).toEqual([400, 'input[1].id']);
      const unknown = ['msg_1', `msg_${'0'.repeat(32)}_0`, `${ids[2] ?? ''}9`, '__proto__', ''];
      for (const id of unknown) {
        const input = [{ type: 'item_reference', id }];
        const notFound = await respond(api, auth, { json: { input } });
        expect([notFound.status, errorIn(notFound)['param']], id).toEqual([400, 'input[0].id']);
      }
    });

    test('with the reasoning of another service is rejected', async () => {
      const { api, auth } = await opened();
      const wrong = Buffer.from('{"text":1}').toString('base64url');
      for (const encrypted_content of ['gAAAAABo', 'mc1.', `mc1.${wrong}`, 'mc1.%%%', '']) {
        const input = [{ type: 'reasoning', summary: [], encrypted_content }];
        const response = await respond(api, auth, { json: { input } });
        expect([response.status, errorIn(response)['param']]).toEqual([400, 'input[0].encrypted_content']);
      }
    });
  });

  describe('a response that is requested wrongly', () => {
    const user = { role: 'user', content: 'Hi' };
    const withPart = (part: object) => ({ input: [{ role: 'user', content: [part] }] });
    const rejected: [param: string, json: object][] = [
      ['previous_response_id', { previous_response_id: 'resp_1' }],
      ['conversation', { conversation: 'conv_1' }],
      ['background', { background: true }],
      ['store', { store: true }],
      ['prompt', { prompt: { id: 'pmpt_1' } }],
      ['truncation', { truncation: 'auto' }],
      ['top_logprobs', { top_logprobs: 2 }],
      ['service_tier', { service_tier: 'flex' }],
      ['context_management', { context_management: [{ type: 'compaction' }] }],
      ['moderation', { moderation: { model: 'omni' } }],
      ['max_tokens', { max_tokens: 7 }],
      ['seed', { seed: 7 }],
      ['stream', { stream: 'yes' }],
      ['stream_options.include_obfuscation', { stream: true, stream_options: { include_obfuscation: true } }],
      ['model', { model: null }],
      ['input', { input: null }],
      ['input', { input: {} }],
      ['input', { input: [] }],
      ['input[0]', { input: [null] }],
      ['input[0].type', { input: [{ type: 'computer_call', id: 'cc_1' }] }],
      ['input[0].type', { input: [{ type: 'web_search_call', id: 'ws_1' }] }],
      ['input[0].type', { input: [{ type: 'local_shell_call', id: 'lsh_1' }] }],
      ['input[0].role', { input: [{ role: 'tool', content: 'Hi' }] }],
      ['input[0].content', { input: [{ role: 'user' }] }],
      ['input[0].phase', { input: [{ role: 'assistant', content: 'Hi', phase: 'commentary' }] }],
      ['input[0].content[0].type', withPart({ type: 'input_audio' })],
      ['input[0].content[0].type', withPart({ type: 'text', text: 'Hi' })],
      ['input[0].content[0].image_url', withPart({ type: 'input_image' })],
      ['input[0].content[0].image_url', withPart({ type: 'input_image', image_url: 'http://a.example/b' })],
      [
        'input[0].content[0].file_id',
        withPart({ type: 'input_image', image_url: 'https://a.example/b', file_id: 'f' }),
      ],
      ['input[0].content[0]', withPart({ type: 'input_file', filename: 'a.pdf' })],
      [
        'input[0].content[0].file_id',
        withPart({ type: 'input_file', file_id: 'f', file_url: 'https://a.b/c' }),
      ],
      ['input[0].content[0].type', { input: [{ role: 'system', content: [{ type: 'input_image' }] }] }],
      [
        'input[0].content[0].annotations',
        {
          input: [{ role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [{}] }] }],
        },
      ],
      ['input[1].call_id', { input: [user, { type: 'function_call_output', call_id: 'c', output: '' }] }],
      ['input[0].call_id', { input: [{ type: 'function_call', call_id: '', name: 'a', arguments: '' }] }],
      ['input[0].arguments', { input: [{ type: 'function_call', call_id: 'c', name: 'a', arguments: {} }] }],
      [
        'input[0].namespace',
        { input: [{ type: 'function_call', call_id: 'c', name: 'a', arguments: '', namespace: 'n' }] },
      ],
      ['input[0].summary', { input: [{ type: 'reasoning', id: 'rs_1' }] }],
      ['tools', { tools: {} }],
      ['tools[0].type', { tools: [{ type: 'web_search' }] }],
      ['tools[0].type', { tools: [{ type: 'local_shell' }] }],
      ['tools[0].type', { tools: [{ type: 'mcp', server_label: 'a' }] }],
      ['tools[0].name', { tools: [{ type: 'function', name: 'no spaces' }] }],
      ['tools[1].name', { tools: [looksAt, looksAt] }],
      ['tool_choice', { tool_choice: 'required' }],
      ['tool_choice', { tool_choice: { type: 'function', name: 'other' }, tools: [looksAt] }],
      ['tool_choice.type', { tool_choice: { type: 'web_search' }, tools: [looksAt] }],
      ['text.format.type', { text: { format: { type: 'grammar' } } }],
      ['text.format.schema', { text: { format: { type: 'json_schema', name: 'a' } } }],
      ['text.verbosity', { text: { verbosity: 'chatty' } }],
      ['reasoning.effort', { reasoning: { effort: 'extreme' } }],
      ['reasoning.summary', { reasoning: { summary: 'concise' } }],
      ['reasoning.context', { reasoning: { context: 'all_turns' } }],
      ['include[0]', { include: ['message.output_text.logprobs'] }],
      ['temperature', { temperature: 2.1 }],
      ['max_output_tokens', { max_output_tokens: 0 }],
      ['metadata.a', { metadata: { a: 1 } }],
    ];

    test('is rejected with the name of the parameter, and costs nothing', async () => {
      const model = modelYielding(text('Hi'), finish);
      const { api, auth } = await opened({ models: [model] });
      for (const [param, json] of rejected) {
        const response = await respond(api, auth, { json });
        const request = JSON.stringify(json).slice(0, 200);
        expect(response.status, `${request}: ${response.text}`).toBe(400);
        expect(errorIn(response)['param'], `${request}: ${response.text}`).toBe(param);
        expect(response.headers.get('X-Should-Retry')).toBe('false');
      }
      expect(model.requests).toEqual([]);
      expect(await exchanges(api, auth)).toEqual([]);
    });

    test('but not because of parameters that do not change the reply', async () => {
      const { api, auth } = await opened();
      const json = {
        ...{ store: false, background: false, truncation: 'disabled', service_tier: 'auto', top_logprobs: 0 },
        ...{ metadata: { a: 'b' }, user: 'jane', safety_identifier: 'x', prompt_cache_key: 'y' },
        ...{ prompt_cache_retention: '24h', client_metadata: { a: 'b' }, max_tool_calls: 3 },
        ...{ previous_response_id: null, conversation: null, prompt: null, instructions: null, include: [] },
        ...{ tools: [], tool_choice: 'auto', parallel_tool_calls: true, text: { verbosity: 'medium' } },
        ...{ reasoning: { effort: null, summary: null }, stream_options: null },
      };
      const response = await respond(api, auth, { json });
      expect(response.status, response.text).toBe(200);
      expect(response.body).toMatchObject({ metadata: { a: 'b' } });
    });

    test.each<[string, object]>([
      ['text.format', { text: { format: { type: 'json_object' } } }],
      ['text.verbosity', { text: { verbosity: 'low' } }],
      ['reasoning.effort', { reasoning: { effort: 'low' } }],
      ['tools[].strict', { tools: [{ ...looksAt, strict: true }] }],
      [
        'input[].content[].image_url',
        withPart({ type: 'input_image', image_url: 'https://a.example/b.png' }),
      ],
      ['input[].content[].file_data', withPart({ type: 'input_file', file_url: 'https://a.example/b.pdf' })],
    ])('for a model that does not support it is rejected with %s', async (param, json) => {
      const offer = modelYielding(text('Hi'), finish);
      const unsupported = (
        ['images', 'files', 'json', 'reasoning', 'verbosity', 'strictTools'] as const
      ).slice();
      const { api, auth } = await opened({ models: [{ ...offer, model: { ...offer.model, unsupported } }] });
      const response = await respond(api, auth, { json });
      expect(response.status).toBe(400);
      expect(errorIn(response)).toMatchObject({ param, code: 'unsupported_parameter' });
      expect(offer.requests).toEqual([]);
    });

    test('or that cannot be paid has the format of the errors of OpenAI', async () => {
      const { api, auth } = await opened({ policy: { startingCredits: 99 } });
      for (const json of [{}, { stream: true }]) {
        const response = await respond(api, auth, { json });
        expect(response.status).toBe(402);
        expect(errorIn(response)).toMatchObject({
          ...{ code: 'insufficient_tokens', type: 'insufficient_quota', remaining_tokens: 99 },
        });
      }
      const unknown = await respond(api, auth, { json: { model: 'none' } });
      expect([unknown.status, errorIn(unknown)['code']]).toEqual([404, 'model_not_found']);
    });

    test('or is longer than the context of the model is rejected with input', async () => {
      const { api, auth } = await opened({
        models: [{ ...modelYielding(text('Hi'), finish), contextTokens: 1000 }],
      });
      const tooLong = await respond(api, auth, { json: { instructions: 'a'.repeat(4000) } });
      expect(errorIn(tooLong)).toMatchObject({ code: 'context_length_exceeded', param: 'input' });
    });

    test.each([
      ['context_length_exceeded', 400],
      ['content_filtered', 400],
      ['provider_busy', 429],
      ['provider_timeout', 504],
      ['provider_failed', 502],
    ] as const)('or fails at its provider with %s has its code and status', async (code, status) => {
      const model = modelThat(() => {
        throw new DomainError(code, 'The provider rejects it.');
      });
      const { api, auth } = await opened({ models: [model] });
      for (const json of [{}, { stream: true }]) {
        const response = await respond(api, auth, { json });
        expect([response.status, errorIn(response)['code']]).toEqual([status, code]);
      }
    });

    test('of an account whose email is not confirmed is 403', async () => {
      const { api, auth } = await opened({ policy: { requireVerifiedEmail: true } });
      const response = await respond(api, auth);
      expect([response.status, errorIn(response)['code']]).toEqual([403, 'email_not_verified']);
    });

    test('with a used idempotency key and another input is 422', async () => {
      const { api, auth } = await opened();
      await respond(api, auth, { key: 'k' });
      const changed = await respond(api, auth, { key: 'k', json: { input: 'Ho' } });
      expect([changed.status, errorIn(changed)['code']]).toEqual([422, 'idempotency_key_reused']);
      const completion = await ask(api, 'POST', '/v1/chat/completions', {
        auth,
        json: { model: 'echo', messages: [{ role: 'user', content: 'Hi' }] },
        headers: { 'Idempotency-Key': 'k' },
      });
      expect([completion.status, completion.headers.get('Idempotent-Replayed')]).toEqual([200, 'true']);
    });

    test('cannot reach properties of all objects', async () => {
      const { api, auth } = await opened();
      const response = await openResponse(api, auth, {
        json: { ...(JSON.parse('{"__proto__":{"model":"x"}}') as object) },
      });
      expect(response.status).toBe(400);
      expect(({} as Record<string, unknown>)['model']).toBeUndefined();
    });
  });
}
