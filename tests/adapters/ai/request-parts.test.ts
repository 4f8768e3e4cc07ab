import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anthropicBody } from '../../../src/adapters/ai/anthropic-request.js';
import { openAiBody } from '../../../src/adapters/ai/openai-request.js';
import type {
  FilePart,
  ImagePart,
  ModelMessage,
  ReplyPart,
  ReplyRequest,
  TextPart,
  ToolResultPart,
} from '../../../src/ports/ai-model.js';
import { requestFor } from './gathered.js';

type Body = Record<string, unknown> & { messages: Record<string, unknown>[] };

const openAiText = (asked: Partial<ReplyRequest>, isOpenAi = true, model = 'gpt-4o') =>
  openAiBody(model, requestFor(asked), { isOpenAi, asksForUsage: true, sendsReasoning: true });
const openAi = (asked: Partial<ReplyRequest>, isOpenAi = true, model = 'gpt-4o') =>
  JSON.parse(openAiText(asked, isOpenAi, model)) as Body;
const anthropic = (asked: Partial<ReplyRequest>, model = 'claude-sonnet-4-5') =>
  JSON.parse(anthropicBody(model, requestFor(asked))) as Body;

const text = (words: string, more: Partial<TextPart> = {}): TextPart => ({
  type: 'text',
  text: words,
  ...more,
});
const user = (...parts: (TextPart | ImagePart | FilePart)[]): ModelMessage => ({ role: 'user', parts });
const assistant = (...parts: ReplyPart[]): ModelMessage => ({ role: 'assistant', parts });
const call = (id: string, json = '{}'): ReplyPart => ({
  type: 'tool_call',
  id,
  name: 'look',
  arguments: json,
});
const result = (toolCallId: string, ...content: ToolResultPart['content']): ToolResultPart => ({
  type: 'tool_result',
  toolCallId,
  content,
  isError: false,
});
const thought = (words: string, signature: string | null = null, isRedacted = false): ReplyPart => ({
  type: 'reasoning',
  text: words,
  signature,
  isRedacted,
});

const png: ImagePart = {
  type: 'image',
  source: { type: 'base64', mediaType: 'image/png', data: 'iVBORw==' },
};
const linked: ImagePart = {
  type: 'image',
  source: { type: 'url', url: 'https://x.example/a.png' },
  detail: 'low',
};
const pdf: FilePart = {
  type: 'file',
  source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
  name: 'a.pdf',
};
const notes: FilePart = {
  type: 'file',
  source: { type: 'base64', mediaType: 'text/markdown', data: Buffer.from('# Größe 🦉').toString('base64') },
  name: 'notes.md',
};
const linkedPdf: FilePart = {
  type: 'file',
  source: { type: 'url', url: 'https://x.example/a.pdf' },
  name: null,
};

describe('a message of the user', () => {
  test('is sent to OpenAI with its images and files in their order, and text files as texts', () => {
    const { messages } = openAi({ messages: [user(png, text('Look'), linked, pdf, notes)] });
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'https://x.example/a.png', detail: 'low' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
          { type: 'text', text: 'notes.md:\n# Größe 🦉' },
        ],
      },
    ]);
  });

  test('is sent to Anthropic with images and documents in their order', () => {
    const { messages } = anthropic({ messages: [user(png, text('Look'), linked, pdf, notes, linkedPdf)] });
    expect(messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
          { type: 'text', text: 'Look' },
          { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            title: 'a.pdf',
          },
          {
            type: 'document',
            source: { type: 'text', media_type: 'text/plain', data: '# Größe 🦉' },
            title: 'notes.md',
          },
          { type: 'document', source: { type: 'url', url: 'https://x.example/a.pdf' } },
        ],
      },
    ]);
  });

  test('has the media type image/jpeg where clients say image/jpg', () => {
    const jpg: ImagePart = {
      type: 'image',
      source: { type: 'base64', mediaType: 'image/jpg', data: '/9g=' },
    };
    expect(JSON.stringify(openAi({ messages: [user(jpg)] }))).toContain('data:image/jpeg;base64,/9g=');
    expect(JSON.stringify(anthropic({ messages: [user(jpg)] }))).toContain('"media_type":"image/jpeg"');
  });

  test('of several texts has several parts for OpenAI, and one text for others, which often accept no more', () => {
    const messages = [user(text('One'), text('Two'))];
    const parts = [
      { type: 'text', text: 'One' },
      { type: 'text', text: 'Two' },
    ];
    expect(openAi({ messages }).messages[0]?.['content']).toEqual(parts);
    expect(openAi({ messages }, false).messages[0]?.['content']).toBe('One\nTwo');
    expect(anthropic({ messages }).messages[0]?.['content']).toEqual(parts);
  });

  test('has its name for OpenAI', () => {
    const named: ModelMessage[] = [
      { role: 'system', parts: [text('Be kind.')], name: 'rules' },
      { role: 'user', parts: [text('Hi')], name: 'ada' },
      { role: 'assistant', parts: [text('Hello')], name: 'bot' },
    ];
    expect(openAi({ messages: named }).messages.map(({ name }) => name)).toEqual(['rules', 'ada', 'bot']);
  });
});

describe('the result of a tool', () => {
  test('has images, files and an error in the format of Anthropic', () => {
    const failed = { ...result('b', text('No such file')), isError: true };
    const several = result('c', text('One'), text(' '), text('Two'));
    const messages: ModelMessage[] = [
      assistant(call('a'), call('b'), call('c'), call('d')),
      { role: 'tool', parts: [result('a', text('Here'), png, pdf), failed, several] },
      { role: 'tool', parts: [result('d')] },
    ];
    expect(anthropic({ messages }).messages[1]).toEqual({
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'a',
          content: [
            { type: 'text', text: 'Here' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
            {
              type: 'document',
              source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
              title: 'a.pdf',
            },
          ],
        },
        { type: 'tool_result', tool_use_id: 'b', content: 'No such file', is_error: true },
        {
          type: 'tool_result',
          tool_use_id: 'c',
          content: [
            { type: 'text', text: 'One' },
            { type: 'text', text: 'Two' },
          ],
        },
        { type: 'tool_result', tool_use_id: 'd', content: '' },
      ],
    });
  });

  test('is a text for OpenAI; its images follow in a message of the user, after all results of the reply', () => {
    const failed = { ...result('b', text('No such file')), isError: true };
    const calls = assistant(call('a'), call('b'));
    const results: ModelMessage[] = [
      { role: 'tool', parts: [result('a', text('Here'), png)] },
      { role: 'tool', parts: [failed] },
    ];
    const note = 'Here\n(Images and files of this result are in the next message.)';
    const toolMessages = [
      { role: 'tool', tool_call_id: 'a', content: note },
      { role: 'tool', tool_call_id: 'b', content: 'Error: No such file' },
    ];
    const media = [
      { type: 'text', text: 'Result of the tool call a:' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==' } },
    ];
    const atTheEnd = openAi({ messages: [calls, ...results] }).messages;
    expect(atTheEnd.slice(1)).toEqual([...toolMessages, { role: 'user', content: media }]);
    const withQuestion = openAi({ messages: [calls, ...results, user(text('So?'))] }).messages;
    expect(withQuestion.slice(1)).toEqual([
      ...toolMessages,
      { role: 'user', content: [...media, { type: 'text', text: 'So?' }] },
    ]);
    const withReply = openAi({ messages: [calls, ...results, assistant(text('A cat.'))] }).messages;
    expect(withReply.map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool', 'user', 'assistant']);
  });
});

describe('reasoning of earlier replies', () => {
  const messages: ModelMessage[] = [
    user(text('Go')),
    assistant(
      thought('First', 'sig/1+=='),
      thought('', 'encrypted', true),
      thought('without a signature'),
      text('Then'),
      call('a', '{"n":1.0}'),
      thought('', 'sig2'),
      call('b'),
    ),
    { role: 'tool', parts: [result('a', text('1')), result('b', text('2'))] },
  ];

  test('goes back to Anthropic in its order, with signatures and redacted blocks', () => {
    expect(anthropic({ messages }).messages[1]).toEqual({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'First', signature: 'sig/1+==' },
        { type: 'redacted_thinking', data: 'encrypted' },
        { type: 'text', text: 'Then' },
        { type: 'tool_use', id: 'a', name: 'look', input: { n: 1 } },
        { type: 'thinking', thinking: '', signature: 'sig2' },
        { type: 'tool_use', id: 'b', name: 'look', input: {} },
      ],
    });
  });

  test('goes back with tool calls to compatible providers, which require it, and never to OpenAI', () => {
    expect(openAi({ messages }, false).messages[1]?.['reasoning_content']).toBe('Firstwithout a signature');
    const plain = [user(text('Go')), assistant(thought('First'), text('Done')), user(text('Again'))];
    expect(JSON.stringify(openAi({ messages: plain }, false))).not.toContain('First');
    expect(JSON.stringify(openAi({ messages }))).not.toContain('First');
  });

  test('is sent byte for byte, whatever its texts, signatures and arguments', () => {
    const part = fc.oneof(
      fc.record({
        type: fc.constant('reasoning' as const),
        text: fc.string({ unit: 'binary' }),
        signature: fc.string({ minLength: 1, unit: 'binary' }),
        isRedacted: fc.constant(false),
      }),
      fc.record({
        type: fc.constant('tool_call' as const),
        id: fc.stringMatching(/^[\w-]{1,9}$/),
        name: fc.string({ minLength: 1 }),
        arguments: fc
          .dictionary(
            fc.string(),
            fc.json().map((json) => JSON.parse(json) as unknown),
          )
          .map((object) => JSON.stringify(object, null, 1)),
      }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const messages = [user(text('Go')), assistant(...parts), user(text('On'))];
        const json = anthropicBody('claude-x', requestFor({ messages }));
        const sent = (JSON.parse(json) as Body).messages[1]?.['content'] as Record<string, unknown>[];
        expect(sent).toEqual(
          parts.map((one) =>
            one.type === 'reasoning'
              ? { type: 'thinking', thinking: one.text, signature: one.signature }
              : { type: 'tool_use', id: one.id, name: one.name, input: JSON.parse(one.arguments) as unknown },
          ),
        );
        for (const one of parts)
          if (one.type === 'tool_call') expect(json).toContain(`"input":${one.arguments}}`);
        const calls = (openAi({ messages }, false).messages[1]?.['tool_calls'] ?? []) as {
          function: { arguments: string };
        }[];
        expect(calls.map((sentCall) => sentCall.function.arguments)).toEqual(
          parts.flatMap((one) => (one.type === 'tool_call' ? [one.arguments] : [])),
        );
      }),
    );
  });
});

describe('cache control', () => {
  const hour = { cacheControl: { ttl: '1h' as const } };
  const usual = { cacheControl: { ttl: null } };
  const tools = [{ name: 'look', description: null, parameters: {}, ...hour }];

  test('is sent to Anthropic on system texts, tools, parts and results, and to no other provider', () => {
    const messages: ModelMessage[] = [
      { role: 'system', parts: [text('Be kind.'), text('Rules', usual)] },
      user(text('Hi'), { ...pdf, ...usual }),
      assistant({ ...call('a'), ...usual }),
      { role: 'tool', parts: [result('a', text('1'))] },
    ];
    const body = anthropic({ messages, tools });
    expect(body['system']).toEqual([
      { type: 'text', text: 'Be kind.' },
      { type: 'text', text: 'Rules', cache_control: { type: 'ephemeral' } },
    ]);
    expect(body['tools']).toMatchObject([{ cache_control: { type: 'ephemeral', ttl: '1h' } }]);
    expect(body.messages).toMatchObject([
      { content: [{ text: 'Hi' }, { type: 'document', cache_control: { type: 'ephemeral' } }] },
      { content: [{ type: 'tool_use', cache_control: { type: 'ephemeral' }, input: {} }] },
      { content: [{ type: 'tool_result', content: '1' }] },
    ]);
    for (const isOpenAi of [true, false]) {
      expect(openAiText({ messages, tools }, isOpenAi)).not.toMatch(/cache/i);
    }
  });

  test('of more than four parts is rejected by name', () => {
    const four = [text('1', usual), text('2', usual), text('3', usual)];
    const inResult: ModelMessage = { role: 'tool', parts: [result('a', text('4', usual))] };
    expect(anthropic({ messages: [user(...four), inResult] }).messages).toHaveLength(1);
    expect(() => anthropic({ messages: [user(...four), inResult], tools })).toThrow(
      expect.objectContaining({
        code: 'unsupported_parameter',
        details: { fieldErrors: { cacheControl: [expect.stringContaining('the request has 5')] } },
      }),
    );
  });
});

describe('the form of a reply', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
  const format = {
    type: 'json_schema',
    name: 'weather',
    description: 'The weather.',
    schema,
    strict: true,
  } as const;

  test('is a schema in the fields of each format', () => {
    expect(openAi({ format })['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'weather', description: 'The weather.', schema, strict: true },
    });
    const bare = { ...format, description: null, strict: null };
    expect(openAi({ format: bare })['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'weather', schema },
    });
    expect(anthropic({ format })['output_config']).toEqual({
      format: { type: 'json_schema', schema: { description: 'The weather.', ...schema } },
    });
    expect(anthropic({ format: bare })['output_config']).toEqual({ format: { type: 'json_schema', schema } });
  });

  test('is any JSON object for OpenAI', () => {
    expect(openAi({ format: { type: 'json' } })['response_format']).toEqual({ type: 'json_object' });
  });

  test('has its verbosity, and parallel calls only with tools', () => {
    const tools = [{ name: 'look', description: null, parameters: {} }];
    expect(openAi({ verbosity: 'low', parallelToolCalls: false })).toMatchObject({ verbosity: 'low' });
    expect(openAi({ parallelToolCalls: false })).not.toHaveProperty('parallel_tool_calls');
    expect(openAi({ parallelToolCalls: false, tools })['parallel_tool_calls']).toBe(false);
    const choiceOf = (asked: Partial<ReplyRequest>) => anthropic({ tools, ...asked })['tool_choice'];
    expect(choiceOf({ parallelToolCalls: false })).toEqual({ type: 'auto', disable_parallel_tool_use: true });
    expect(choiceOf({ parallelToolCalls: true, toolChoice: 'required' })).toEqual({
      type: 'any',
      disable_parallel_tool_use: false,
    });
    expect(choiceOf({ parallelToolCalls: false, toolChoice: 'none' })).toEqual({ type: 'none' });
    expect(anthropic({ parallelToolCalls: false })).not.toHaveProperty('tool_choice');
  });

  test('has top_k for Anthropic and compatible providers', () => {
    expect(anthropic({ sampling: { topK: 40 } })['top_k']).toBe(40);
    expect(openAi({ sampling: { topK: 40 } }, false)['top_k']).toBe(40);
  });
});

describe('reasoning', () => {
  test.each<[ReplyRequest['reasoning'], string | undefined]>([
    [{ mode: 'off' }, 'none'],
    [{ mode: 'adaptive' }, undefined],
    [{ mode: 'effort', effort: 'minimal' }, 'minimal'],
    [{ mode: 'effort', effort: 'xhigh' }, 'xhigh'],
    [{ mode: 'budget', maxTokens: 1024 }, 'low'],
    [{ mode: 'budget', maxTokens: 10_000 }, 'medium'],
    [{ mode: 'budget', maxTokens: 31_999 }, 'high'],
  ])('is an effort for OpenAI: %o', (reasoning, effort) => {
    const asked = reasoning === undefined ? {} : { reasoning };
    expect(openAi(asked, true, 'gpt-5.1')['reasoning_effort']).toBe(effort);
    expect(openAi(asked, false, 'qwen3')['reasoning_effort']).toBe(effort);
  });

  test('that is off is not sent to a model of OpenAI that never reasons', () => {
    expect(openAi({ reasoning: { mode: 'off' } }, true, 'gpt-4o')).not.toHaveProperty('reasoning_effort');
  });

  const adaptive = { type: 'adaptive' };
  const shown = { type: 'adaptive', display: 'summarized' };
  const budget = (tokens: number) => ({ type: 'enabled', budget_tokens: tokens });
  test.each<[string, ReplyRequest['reasoning'], number, object, string | undefined]>([
    ['claude-sonnet-4-5', { mode: 'off' }, 4096, { type: 'disabled' }, undefined],
    ['claude-opus-4-6', { mode: 'adaptive' }, 4096, adaptive, undefined],
    ['claude-opus-4-6', { mode: 'effort', effort: 'minimal' }, 4096, adaptive, 'low'],
    ['claude-opus-4-8-20260501', { mode: 'effort', effort: 'max' }, 4096, shown, 'max'],
    ['anthropic.claude-sonnet-5-v1:0', { mode: 'effort', effort: 'high' }, 4096, shown, 'high'],
    ['claude-fable-5-1', { mode: 'budget', maxTokens: 20_000 }, 4096, shown, 'high'],
    ['claude-opus-4-6', { mode: 'budget', maxTokens: 2000 }, 4096, budget(2000), undefined],
    ['claude-sonnet-4-20250514', { mode: 'effort', effort: 'medium' }, 32_000, budget(8192), undefined],
    ['claude-3-7-sonnet-20250219', { mode: 'effort', effort: 'low' }, 32_000, budget(2048), undefined],
    ['claude-opus-4-5-20251101', { mode: 'effort', effort: 'high' }, 4096, budget(3276), undefined],
    ['MiniMax-M2', { mode: 'budget', maxTokens: 31_999 }, 8192, budget(6553), undefined],
    ['claude-sonnet-4-5', { mode: 'budget', maxTokens: 31_999 }, 1100, budget(1024), undefined],
    ['claude-sonnet-4-5', { mode: 'budget', maxTokens: 4096 }, 4096, budget(3276), undefined],
  ])('is what %s accepts for %o within %i tokens', (model, reasoning, maxOutputTokens, thinking, effort) => {
    const body = anthropic({ maxOutputTokens, ...(reasoning === undefined ? {} : { reasoning }) }, model);
    expect(body['thinking']).toEqual(thinking);
    expect(body['output_config']).toEqual(effort === undefined ? undefined : { effort });
  });

  test('is rejected by name where the output limit leaves no tokens for it', () => {
    const asked = { reasoning: { mode: 'budget', maxTokens: 1024 }, maxOutputTokens: 1024 } as const;
    expect(() => anthropic(asked)).toThrow(
      expect.objectContaining({
        code: 'unsupported_parameter',
        details: { fieldErrors: { reasoning: [expect.stringContaining('more than 1024')] } },
      }),
    );
  });
});

describe('large requests are written in time that grows with their size only', () => {
  const megabyte = 'QUJD'.repeat(262_144);
  test.each<[string, ModelMessage[]]>([
    ['10,000 parts', [user(...Array.from({ length: 10_000 }, (_, index) => text(`part ${index}`)))]],
    ['10,000 images', [user(...Array.from({ length: 10_000 }, () => png))]],
    [
      '10,000 results with images',
      [{ role: 'tool', parts: Array.from({ length: 10_000 }, (_, index) => result(`c${index}`, png)) }],
    ],
    [
      '10,000 messages with results',
      Array.from({ length: 10_000 }, (_, index): ModelMessage => ({
        role: 'tool',
        parts: [result(`c${index}`, png)],
      })),
    ],
    [
      'an image of 24 MB',
      [
        user({
          type: 'image',
          source: { type: 'base64', mediaType: 'image/png', data: megabyte.repeat(24) },
        }),
      ],
    ],
    [
      'reasoning and a signature of 1 MB',
      [user(text('Go')), assistant(thought(megabyte, megabyte), call('a')), user(text('On'))],
    ],
    [
      'a call that names itself again and again',
      [
        assistant(...Array.from({ length: 10_000 }, () => call('a'))),
        { role: 'tool', parts: Array.from({ length: 10_000 }, () => result('a', text('a'))) },
      ],
    ],
  ])('%s', (_, messages) => {
    const startedAt = performance.now();
    const lengths = [
      openAiText({ messages }).length,
      openAiText({ messages }, false).length,
      anthropicBody('claude-x', requestFor({ messages })).length,
    ];
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(Math.max(...lengths)).toBeGreaterThan(100_000);
  });
});
