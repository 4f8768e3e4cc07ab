import { expect, test } from 'vitest';
import { anthropicBody } from '../../../src/adapters/ai/anthropic-request.js';
import { openAiBody } from '../../../src/adapters/ai/openai-request.js';
import type { ModelMessage, ReplyRequest } from '../../../src/ports/ai-model.js';
import { requestFor } from './gathered.js';

type Body = Record<string, unknown> & { messages: Record<string, unknown>[] };

const openAi = (asked: Partial<ReplyRequest>, model = 'gpt-4o', isOpenAi = true) =>
  JSON.parse(
    openAiBody(model, requestFor(asked), { isOpenAi, asksForUsage: true, sendsReasoning: true }),
  ) as Body;
const anthropic = (asked: Partial<ReplyRequest>) =>
  JSON.parse(anthropicBody('claude', requestFor(asked))) as Body;

const call = (json: string, id = 'call_1') => ({ id, name: 'look', arguments: json });
const asksFor = (...toolCalls: ReturnType<typeof call>[]): ModelMessage => ({
  role: 'assistant',
  parts: [...toolCalls.map((call) => ({ type: 'tool_call' as const, ...call }))],
});
const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
const result = (text: string, toolCallId = 'call_1'): ModelMessage => ({
  role: 'tool',
  parts: [{ type: 'tool_result', toolCallId, content: [{ type: 'text', text }], isError: false }],
});

test.each([
  '{"id":2512292042121000001,"x":1.0}',
  ' {"a" : "\\u00e9\\ud83d",\n"a":1e400, "__proto__":{} } ',
  '{"deep":[[[]]]}',
])('arguments of the history are sent byte for byte: %s', (json) => {
  const messages = [user('Look.'), asksFor(call(json)), result('There.')];
  const sent = openAi({ messages }).messages[1] as { tool_calls: { function: { arguments: string } }[] };
  expect(sent.tool_calls[0]?.function.arguments).toBe(json);
  expect(anthropicBody('claude', requestFor({ messages }))).toContain(`"input":${json}}`);
});

test.each(['', ' ', '\n'])('arguments that are empty are an empty object: %j', (json) => {
  const messages = [user('Look.'), asksFor(call(json)), result('There.')];
  expect(JSON.stringify(openAi({ messages }))).toContain('"arguments":"{}"');
  expect(anthropicBody('claude', requestFor({ messages }))).toContain('"input":{}}');
});

test.each(['{"x":', 'null', '[1]', '"text"', '7', '{} {}'])(
  'arguments that are no object are sent to Anthropic as a text in one: %s',
  (json) => {
    const messages = [user('Look.'), asksFor(call(json)), result('It is no object.')];
    const sent = anthropic({ messages }).messages[1];
    expect(sent).toEqual({
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'call_1', name: 'look', input: { arguments: json } }],
    });
    expect(JSON.stringify(openAi({ messages }))).toContain(`"arguments":${JSON.stringify(json)}`);
  },
);

test('an assistant message without text has no content for OpenAI, and no block for Anthropic', () => {
  const messages = [
    user('Look.'),
    asksFor(call('{}')),
    result(''),
    { role: 'assistant', parts: [] } as const,
    user('So?'),
  ];
  expect(openAi({ messages }).messages.map((message) => message['content'])).toEqual([
    'Look.',
    null,
    '',
    '',
    'So?',
  ]);
  expect(anthropic({ messages }).messages).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Look.' }] },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'look', input: {} }] },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_1', content: '' },
        { type: 'text', text: 'So?' },
      ],
    },
  ]);
});

test('Anthropic gets system messages in a field of their own, alternating roles, all results in one message and no blank text', () => {
  const messages: ModelMessage[] = [
    { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
    { role: 'system', parts: [{ type: 'text', text: ' ' }] },
    user('One'),
    user(' '),
    user('Two'),
    {
      role: 'assistant',
      parts: [
        { type: 'text', text: '\n' },
        { type: 'tool_call', ...call('{}', 'functions.look:0') },
        { type: 'tool_call', ...call('{}', 'b') },
      ],
    },
    result('first', 'functions.look:0'),
    result('second', 'b'),
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'assistant', parts: [{ type: 'text', text: 'So ' }] },
    { role: 'assistant', parts: [{ type: 'text', text: 'far ' }] },
  ];
  expect(anthropic({ messages })).toMatchObject({
    system: [
      { type: 'text', text: 'Be kind.' },
      { type: 'text', text: 'Be brief.' },
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'functions_look_0', name: 'look', input: {} },
          { type: 'tool_use', id: 'b', name: 'look', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'functions_look_0', content: 'first' },
          { type: 'tool_result', tool_use_id: 'b', content: 'second' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'So ' },
          { type: 'text', text: 'far' },
        ],
      },
    ],
  });
});

test('each option is sent under the name of its format, and nothing else is', () => {
  const tools = [
    { name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: true },
    { name: 'find', description: null, parameters: {} },
  ];
  const asked = {
    maxOutputTokens: 77,
    sampling: {
      temperature: 0.5,
      topP: 0.9,
      presencePenalty: 1,
      frequencyPenalty: -1,
      seed: 7,
      stop: ['END'],
    },
    tools,
    toolChoice: { name: 'look' },
  };
  expect(openAi(asked)).toEqual({
    model: 'gpt-4o',
    messages: [{ role: 'user', content: 'Hi' }],
    max_tokens: 77,
    temperature: 0.5,
    top_p: 0.9,
    presence_penalty: 1,
    frequency_penalty: -1,
    seed: 7,
    stop: ['END'],
    tools: [
      {
        type: 'function',
        function: { name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: true },
      },
      { type: 'function', function: { name: 'find', parameters: {} } },
    ],
    tool_choice: { type: 'function', function: { name: 'look' } },
    stream: true,
    stream_options: { include_usage: true },
  });
  expect(anthropic(asked)).toEqual({
    model: 'claude',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    max_tokens: 77,
    temperature: 0.5,
    top_p: 0.9,
    stop_sequences: ['END'],
    tools: [
      { name: 'look', description: 'Looks.', input_schema: { type: 'object' }, strict: true },
      { name: 'find', input_schema: {} },
    ],
    tool_choice: { type: 'tool', name: 'look' },
    stream: true,
  });
  const plain = { model: 'claude', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] };
  expect(anthropic({})).toEqual({ ...plain, max_tokens: 4096, stream: true });
  expect(Object.keys(openAi({}))).toEqual(['model', 'messages', 'stream', 'stream_options']);
});

test.each([
  ['auto', 'auto', { type: 'auto' }],
  ['none', 'none', { type: 'none' }],
  ['required', 'required', { type: 'any' }],
] as const)('the tool choice "%s" is translated to each format', (toolChoice, forOpenAi, forAnthropic) => {
  const tools = [{ name: 'look', description: null, parameters: {} }];
  expect(openAi({ tools, toolChoice })['tool_choice']).toEqual(forOpenAi);
  expect(anthropic({ tools, toolChoice })['tool_choice']).toEqual(forAnthropic);
});

test.each([
  ['gpt-4o', false],
  ['gpt-4.1-mini', false],
  ['gpt-5-chat-latest', false],
  ['chatgpt-4o-latest', false],
  ['o1', true],
  ['o3-mini', true],
  ['o4-mini-2025-04-16', true],
  ['gpt-5', true],
  ['gpt-5.1', true],
  ['gpt-5-nano', true],
  ['gpt-6-large', true],
])("OpenAI's %s gets the request of a reasoning model: %s", (model, reasons) => {
  const asked = {
    maxOutputTokens: 7,
    messages: [{ role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] } as const, user('Hi')],
  };
  const body = openAi(asked, model);
  expect([body['max_completion_tokens'], body['max_tokens']]).toEqual(
    reasons ? [7, undefined] : [undefined, 7],
  );
  expect(body.messages[0]?.['role']).toBe(reasons ? 'developer' : 'system');
  const compatible = openAi(asked, model, false);
  expect(compatible['max_tokens']).toBe(7);
  expect(compatible.messages[0]?.['role']).toBe('system');
});
