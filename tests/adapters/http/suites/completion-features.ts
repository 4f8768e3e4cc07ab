import { describe, expect, test } from 'vitest';
import type { ReplyChunk } from '../../../../src/ports/ai-model.js';
import type { OpenedEngine } from '../api-suites.js';
import { chunksIn, complete, errorIn, type Completion } from '../completions.js';
import { exchanges, newAccount } from '../requests.js';
import { testApi, type TestApiOptions } from '../test-api.js';
import { finish, modelYielding, text } from '../test-models.js';

const user = { role: 'user', content: 'Hi' };
const tools = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }];
const png = 'iVBORw0KGgo=';
const schema = { type: 'object', properties: { city: { type: 'string' } }, additionalProperties: false };

/** What a model reasons, with a signature, before it says a word. */
const reasoning: ReplyChunk[] = [
  { type: 'reasoning', text: 'Well ' },
  { type: 'reasoning', text: 'now.' },
  { type: 'reasoning_end', signature: 'c2ln', isRedacted: false },
  text('Once'),
  {
    type: 'finish',
    reason: 'stop',
    usage: { input: 20, cachedInput: 12, cacheWrite: 3, output: 9, reasoning: 6 },
  },
];

/** Tests of what clients of OpenAI's Chat Completions send besides texts, tools and sampling. */
export function completionFeaturesSuite(engine: OpenedEngine): void {
  const opened = async (options: TestApiOptions = {}) => {
    const api = testApi(engine(), options);
    return { api, auth: (await newAccount(api)).auth };
  };

  /** Returns what the model is asked for a request. */
  const askedFor = async (json: object) => {
    const model = modelYielding(text('Hi'), finish);
    const { api, auth } = await opened({ models: [model] });
    const response = await complete(api, auth, { json });
    expect(response.status, response.text).toBe(200);
    const { signal, ...request } = model.requests[0] ?? { signal: null };
    expect(signal).not.toBeNull();
    return { request, api, auth };
  };

  describe('a completion with', () => {
    test.each<[string, object, object]>([
      ['any JSON object', { response_format: { type: 'json_object' } }, { format: { type: 'json' } }],
      [
        'a JSON schema',
        {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'place', description: 'A place.', schema, strict: true },
          },
        },
        { format: { type: 'json_schema', name: 'place', description: 'A place.', schema, strict: true } },
      ],
      [
        'a JSON schema without strictness',
        { response_format: { type: 'json_schema', json_schema: { name: 'place', schema } } },
        { format: { type: 'json_schema', name: 'place', description: null, schema, strict: null } },
      ],
      [
        'an effort of reasoning',
        { reasoning_effort: 'high' },
        { reasoning: { mode: 'effort', effort: 'high' } },
      ],
      ['no reasoning', { reasoning_effort: 'none' }, { reasoning: { mode: 'off' } }],
      ['a verbosity', { verbosity: 'low' }, { verbosity: 'low' }],
      ['one tool call at a time', { tools, parallel_tool_calls: false }, { parallelToolCalls: false }],
    ])('%s passes it to the model', async (_, json, expected) => {
      const { request } = await askedFor(json);
      expect(request).toMatchObject(expected);
    });

    test('what is the default anyway asks nothing of the model', async () => {
      const { request } = await askedFor({
        ...{ response_format: { type: 'text' }, verbosity: 'medium', tools, parallel_tool_calls: true },
      });
      for (const option of ['format', 'reasoning', 'verbosity', 'parallelToolCalls']) {
        expect(request).not.toHaveProperty(option);
      }
      const withoutTools = await askedFor({ parallel_tool_calls: false });
      expect(withoutTools.request).not.toHaveProperty('parallelToolCalls');
    });

    test('images and files passes them to the model in their order', async () => {
      const { request, api, auth } = await askedFor({
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: `data:image/png;base64,${png}`, detail: 'high' } },
              { type: 'image_url', image_url: { url: 'https://images.example/cat.jpg' } },
              {
                type: 'file',
                file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' },
              },
              { type: 'file', file: { file_data: 'https://files.example/b.pdf' } },
              { type: 'text', text: 'And that?' },
            ],
          },
        ],
      });
      expect(request).toMatchObject({
        messages: [
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'What is this?' },
              {
                type: 'image',
                source: { type: 'base64', mediaType: 'image/png', data: png },
                detail: 'high',
              },
              { type: 'image', source: { type: 'url', url: 'https://images.example/cat.jpg' } },
              {
                type: 'file',
                source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
                name: 'a.pdf',
              },
              { type: 'file', source: { type: 'url', url: 'https://files.example/b.pdf' }, name: null },
              { type: 'text', text: 'And that?' },
            ],
          },
        ],
      });
      expect(await exchanges(api, auth)).toMatchObject([{ message: 'What is this?\nAnd that?' }]);
    });

    test('names of participants passes them to the model', async () => {
      const { request } = await askedFor({
        messages: [
          { role: 'system', name: 'rules', content: 'Be brief.' },
          { role: 'user', name: 'jane', content: 'Hi' },
          { role: 'assistant', name: 'bot', content: 'Hello.' },
          { role: 'user', name: 'joe', content: 'Me too.' },
        ],
      });
      expect(request).toMatchObject({
        messages: ['rules', 'jane', 'bot', 'joe'].map((name) => ({ name })),
      });
    });

    test.each([
      ['only a system message', [{ role: 'system', content: 'Say hi.' }], ''],
      ['only a developer message', [{ role: 'developer', content: 'Say hi.' }], ''],
      ['a blank message of the user', [{ role: 'user', content: ' ' }], ' '],
      ['an empty message of the user', [{ role: 'user', content: '' }], ''],
      ['an empty list of parts', [{ role: 'user', content: [] }], ''],
    ])('%s gets a reply, and is in the history', async (_, messages, message) => {
      const { api, auth } = await askedFor({ messages });
      expect(await exchanges(api, auth)).toMatchObject([{ message, response: 'Hi', status: 'completed' }]);
    });

    test('all that clients get and send back is accepted, whole and streamed', async () => {
      const calling: ReplyChunk[] = [
        { type: 'reasoning', text: 'I must look.' },
        { type: 'tool_call', call: { id: 'call_1', name: 'look', arguments: '{"at":"☃","x":1.0}' } },
        { type: 'finish', reason: 'tool_calls', usage: null },
      ];
      const model = modelYielding(...calling);
      const { api, auth } = await opened({ models: [model] });
      const { choices } = (await complete(api, auth, { json: { tools } })).body as unknown as Completion;
      const received = choices[0]?.message ?? {};
      expect(received).toMatchObject({ content: null, refusal: null, reasoning_content: 'I must look.' });
      const streamed = chunksIn((await complete(api, auth, { json: { tools, stream: true } })).text);
      const deltas = streamed.chunks.flatMap(({ choices: [choice] }) => choice?.delta?.['tool_calls'] ?? []);
      expect(deltas).toMatchObject([{ index: 0 }]);
      const messages = [
        user,
        { ...received, annotations: [], audio: null, function_call: null, parsed: { any: 'thing' } },
        { role: 'tool', tool_call_id: 'call_1', content: 'Snow.' },
        { role: 'assistant', content: '', reasoning_content: '', tool_calls: deltas },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'Ice.' }] },
      ];
      const response = await complete(api, auth, { json: { tools, messages } });
      expect(response.status, response.text).toBe(200);
      const call = { type: 'tool_call', id: 'call_1', name: 'look', arguments: '{"at":"☃","x":1.0}' };
      expect(model.requests[2]?.messages).toMatchObject([
        { role: 'user' },
        {
          role: 'assistant',
          parts: [{ type: 'reasoning', text: 'I must look.', signature: null, isRedacted: false }, call],
        },
        { role: 'tool' },
        { role: 'assistant', parts: [call] },
        { role: 'tool' },
      ]);
    });

    test('reasoning shows it, whole, streamed and repeated, with the classes of its usage', async () => {
      const { api, auth } = await opened({ models: [modelYielding(...reasoning)] });
      const usage = {
        ...{ prompt_tokens: 20, completion_tokens: 9, total_tokens: 29 },
        prompt_tokens_details: { cached_tokens: 12, cache_write_tokens: 3 },
        completion_tokens_details: { reasoning_tokens: 6 },
      };
      const whole = (await complete(api, auth, { key: 'one' })).body as unknown as Completion;
      expect(whole.choices[0]?.message).toEqual({
        ...{ role: 'assistant', content: 'Once', refusal: null, reasoning_content: 'Well now.' },
      });
      expect(whole.usage).toEqual(usage);
      const json = { stream: true, stream_options: { include_usage: true } };
      for (const key of ['one', 'two']) {
        const { chunks } = chunksIn((await complete(api, auth, { json, key })).text);
        const shown = chunks.map(({ choices }) => choices[0]?.delta?.['reasoning_content'] as string);
        expect(shown.join('')).toBe('Well now.');
        expect(chunks.at(-1)?.usage).toEqual(usage);
      }
    });

    test('reasoning whose usage is not reported has an estimate', async () => {
      const model = modelYielding({ type: 'reasoning', text: 'Well now.' }, text('Once'), finish);
      const { api, auth } = await opened({ models: [model] });
      const { usage } = (await complete(api, auth)).body as unknown as Completion;
      expect(usage).toMatchObject({
        completion_tokens: 5,
        completion_tokens_details: { reasoning_tokens: 3 },
      });
    });
  });

  describe('a completion for a model without any capability', () => {
    test.each<[string, object]>([
      ['response_format', { response_format: { type: 'json_object' } }],
      ['reasoning_effort', { reasoning_effort: 'low' }],
      ['verbosity', { verbosity: 'high' }],
      ['parallel_tool_calls', { tools, parallel_tool_calls: false }],
      ['messages[].name', { messages: [{ ...user, name: 'jane' }] }],
      [
        'messages[].content[].image_url',
        {
          messages: [
            {
              role: 'user',
              content: [{ type: 'image_url', image_url: { url: 'https://a.example/b.png' } }],
            },
          ],
        },
      ],
      [
        'messages[].content[].file',
        {
          messages: [
            { role: 'user', content: [{ type: 'file', file: { file_data: 'https://a.example/b.pdf' } }] },
          ],
        },
      ],
    ])('is rejected with the parameter %s, before credits are held', async (param, json) => {
      const offer = modelYielding(text('Hi'), finish);
      const unsupported = [
        ...(['images', 'files', 'json', 'reasoning', 'verbosity', 'names', 'parallelToolCalls'] as const),
      ];
      const { api, auth } = await opened({
        models: [{ ...offer, model: { ...offer.model, unsupported } }],
      });
      const response = await complete(api, auth, { json });
      expect(response.status).toBe(400);
      expect(errorIn(response)).toMatchObject({ param, code: 'unsupported_parameter' });
      expect(offer.requests).toEqual([]);
      expect(await exchanges(api, auth)).toEqual([]);
    });
  });
}
