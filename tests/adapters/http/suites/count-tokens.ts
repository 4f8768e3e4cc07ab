import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { createMessage } from '../messages.js';
import { balance, exchanges, newAccount } from '../requests.js';
import { testApi } from '../test-api.js';
import { finish, modelYielding, text } from '../test-models.js';

const hi = { role: 'user', content: 'abc' };
const abc = { type: 'text', text: 'abc' };
const of = (role: string, ...content: object[]) => ({ role, content });
const called = { type: 'tool_use', id: 'a', name: 'look', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a' };

/** A PNG of 280×280 pixels, as far as its header: 10×10 squares that count a token each. */
const png = Buffer.alloc(24);
png.write('\x89PNG', 'latin1');
png.writeUInt32BE(280, 16);
png.writeUInt32BE(280, 20);
const image = {
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: png.toString('base64') },
};
const pdf = Buffer.from('/Type /Page /Type /Page').toString('base64');

/** What is added to a request, and how many tokens it adds. Three letters are one. */
const added: [what: string, tokens: number, json: object][] = [
  ['nothing', 0, {}],
  ['a system prompt', 2, { system: 'abcdef' }],
  ['blocks of a system prompt', 2, { system: [abc, abc] }],
  ['a message of the assistant', 1, { messages: [hi, { role: 'assistant', content: 'abc' }] }],
  ['a message within the conversation', 1, { messages: [hi, { role: 'system', content: 'abc' }] }],
  ['a block of text', 2, { messages: [hi, of('user', { type: 'text', text: 'abcdef' })] }],
  ['an image', 100, { messages: [hi, of('user', image)] }],
  [
    'an image by its address',
    1568,
    { messages: [hi, of('user', { type: 'image', source: { type: 'url', url: 'https://a.test/a.png' } })] },
  ],
  [
    'a document of text',
    2,
    {
      messages: [
        hi,
        of('user', { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'abcdef' } }),
      ],
    },
  ],
  [
    'the title of a document',
    1 + 2,
    {
      messages: [
        hi,
        of('user', {
          ...{ type: 'document', title: 'abcdef' },
          source: { type: 'text', media_type: 'text/plain', data: 'abc' },
        }),
      ],
    },
  ],
  [
    'the pages of a PDF',
    6000,
    {
      messages: [
        hi,
        of('user', {
          type: 'document',
          source: { type: 'base64', media_type: 'application/pdf', data: pdf },
        }),
      ],
    },
  ],
  [
    'a PDF by its address',
    15_000,
    {
      messages: [hi, of('user', { type: 'document', source: { type: 'url', url: 'https://a.test/a.pdf' } })],
    },
  ],
  [
    'thinking, without its signature',
    2,
    { messages: [hi, of('assistant', { type: 'thinking', thinking: 'abcdef', signature: 'abcabcabc' })] },
  ],
  [
    'thinking that only its signature has',
    3,
    { messages: [hi, of('assistant', { type: 'thinking', thinking: '', signature: 'abcabcabc' })] },
  ],
  [
    'redacted thinking',
    3,
    { messages: [hi, of('assistant', { type: 'redacted_thinking', data: 'abcabcabc' })] },
  ],
  [
    'a call with its input, and its result',
    (4 + 9 + 5) / 3,
    {
      messages: [
        hi,
        of('assistant', { ...called, input: { a: 'b' } }),
        of('user', { ...result, content: 'abcde' }),
      ],
    },
  ],
  [
    'blocks of a result',
    2 + 1 + 100,
    {
      messages: [hi, of('assistant', called), of('user', { ...result, content: [abc, image] })],
    },
  ],
  [
    'a tool: its name, its description and its schema',
    (3 + 5 + 7) / 3,
    { tools: [{ name: 'abc', description: 'abcde', input_schema: { a: 1 } }] },
  ],
  [
    'the schema of the output, with its name',
    (5 + 7) / 3,
    { output_config: { format: { type: 'json_schema', schema: { a: 1 } } } },
  ],
  [
    'what changes only the reply',
    0,
    {
      ...{ max_tokens: 5000, stream: true, temperature: 0.5, stop_sequences: ['abc'] },
      ...{ thinking: { type: 'enabled', budget_tokens: 2000 }, metadata: { user_id: 'abc' } },
      cache_control: { type: 'ephemeral' },
    },
  ],
];

/** What a request has of input, counted without sending it. */
export function countTokensSuite(engine: OpenedEngine): void {
  describe('the count of the tokens of an Anthropic-compatible message', () => {
    const count = async (json: object) => {
      const model = modelYielding(text('Hi'), finish);
      const api = testApi(engine(), { models: [{ ...model, system: 'Not part of it.' }] });
      const { auth } = await newAccount(api);
      const response = await createMessage(api, auth, {
        path: '/v1/messages/count_tokens',
        json: { messages: [hi], max_tokens: undefined, ...json },
      });
      expect(response.status, response.text).toBe(200);
      expect(model.requests).toEqual([]);
      expect(await balance(api, auth)).toEqual({ tokens: 4000, held: 0 });
      expect(await exchanges(api, auth)).toEqual([]);
      return response.body;
    };

    test.each(added)('includes %s: %i', async (_, tokens, json) => {
      expect(await count(json)).toEqual({ input_tokens: 1 + tokens });
    });

    test('is what a reply without a report of usage has as its input', async () => {
      const api = testApi(engine(), { models: [modelYielding(text('Hi'), finish)] });
      const { auth } = await newAccount(api);
      const json = {
        ...{ messages: [hi, of('user', image)], system: 'abcdef' },
        output_config: { format: { type: 'json_schema', schema: { a: 1 } } },
      };
      const sent = await createMessage(api, auth, { json });
      const counted = await createMessage(api, auth, { path: '/v1/messages/count_tokens', json });
      expect(counted.body).toEqual({ input_tokens: 1 + 100 + 2 + 4 });
      expect(sent.body).toMatchObject({ usage: counted.body });
    });
  });
}
