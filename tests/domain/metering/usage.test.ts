import { describe, expect, test } from 'vitest';
import {
  estimateInput,
  estimateOutput,
  estimateTokens,
  longestMessageChars,
} from '../../../src/domain/metering/usage.js';
import type { ModelMessage } from '../../../src/ports/ai-model.js';

describe('an estimate', () => {
  test.each([
    ['', 0],
    ['a', 1],
    ['abc', 1],
    ['abcd', 2],
    ['🦉🦉🦉', 1],
    ['🦉🦉🦉🦉', 2],
  ])('of %j is %i: one for every three characters, rounded up', (text, count) => {
    expect(estimateOutput(text, null)).toBe(count);
  });

  test('of the input counts all that a model reads, rounded up once', () => {
    const messages: ModelMessage[] = [
      { role: 'system', text: 'a' },
      { role: 'user', text: 'b' },
      { role: 'assistant', text: 'c', toolCalls: [{ id: '1', name: 'd', arguments: 'ef' }] },
      { role: 'tool', toolCallId: '1', text: 'g' },
    ];
    expect(estimateInput(messages, 100)).toBe(3);
    expect(estimateInput(messages, 2)).toBe(2);
    expect(estimateInput(messages, 100, [{ name: 'd', description: 'hi', parameters: { j: 1 } }])).toBe(6);
  });
});

test('the longest message is as long as the context, by the same estimate', () => {
  expect(longestMessageChars({ contextTokens: 32_768 })).toBe(98_304);
  expect(estimateTokens(longestMessageChars({ contextTokens: 10 }))).toBe(10);
});
