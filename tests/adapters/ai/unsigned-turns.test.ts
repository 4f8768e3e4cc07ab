import { expect, test } from 'vitest';
import { anthropicBody } from '../../../src/adapters/ai/anthropic-request.js';
import type { ModelMessage, ReplyPart } from '../../../src/ports/ai-model.js';
import { requestFor } from './gathered.js';

const call: ReplyPart = { type: 'tool_call', id: 'call_1', name: 'look', arguments: '{}' };
const result: ModelMessage = {
  role: 'tool',
  parts: [{ type: 'tool_result', toolCallId: 'call_1', content: [], isError: false }],
};
const question: ModelMessage = { role: 'user', parts: [{ type: 'text', text: 'And now?' }] };
const reasoned = (signature: string | null): ModelMessage => ({
  role: 'assistant',
  parts: [{ type: 'reasoning', text: 'Hm.', signature, isRedacted: false }, call],
});

function thinkingFor(model: string, messages: readonly ModelMessage[]): unknown {
  const reasoning = { mode: 'effort', effort: 'low' } as const;
  const body = anthropicBody(
    model,
    requestFor({ messages: [question, ...messages], reasoning, maxOutputTokens: 8000 }),
  );
  return (JSON.parse(body) as Record<string, unknown>)['thinking'];
}

test('a turn of tools whose thinking is not signed goes on without a budget, which Anthropic would reject', () => {
  const [old, adaptive] = ['claude-sonnet-4-5', 'claude-opus-4-7'];
  const budget = { type: 'enabled' };
  expect(thinkingFor(old, [])).toMatchObject(budget);
  expect(thinkingFor(old, [reasoned('EqQB'), result])).toMatchObject(budget);
  expect(thinkingFor(old, [reasoned(null), result, question])).toMatchObject(budget);
  expect(thinkingFor(old, [reasoned(null), result])).toBeUndefined();
  expect(thinkingFor(old, [{ role: 'assistant', parts: [call] }, result, result])).toBeUndefined();
  expect(thinkingFor(adaptive, [reasoned(null), result])).toMatchObject({ type: 'adaptive' });
});
