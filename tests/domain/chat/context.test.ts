import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contextFor } from '../../../src/domain/chat/prepare-message.js';
import { estimateInput } from '../../../src/domain/metering/usage.js';
import { messageText } from '../../../src/domain/chat/model-message.js';

const turns = ['one', 'two', 'six'].map((word) => ({ message: word, reply: word.toUpperCase() }));

/** Three characters count as one token, so that each of these exchanges has two tokens and the message has one. */
function shown(contextTokens: number, system: string | null = null, maxOutputTokens = 10): string[] {
  return contextFor({ system, contextTokens, maxOutputTokens }, turns, { message: 'new' }).map(
    (message) => `${message.role}: ${messageText(message)}`,
  );
}

test('a model reads the whole conversation if it fits, in order, the new message last', () => {
  expect(shown(10 + 8, 'sys')).toEqual([
    'system: sys',
    'user: one',
    'assistant: ONE',
    'user: two',
    'assistant: TWO',
    'user: six',
    'assistant: SIX',
    'user: new',
  ]);
});

test('the oldest exchanges are left out first, and whole', () => {
  expect(shown(10 + 7, 'sys').slice(0, 3)).toEqual(['system: sys', 'user: two', 'assistant: TWO']);
  expect(shown(10 + 4)).toEqual(['user: six', 'assistant: SIX', 'user: new']);
});

test('no earlier exchange is read once one is left out, however short it is', () => {
  const long = { message: 'x'.repeat(90), reply: '' };
  const messages = contextFor(
    { system: null, contextTokens: 20, maxOutputTokens: 10 },
    [{ message: 'a', reply: 'b' }, long, { message: 'c', reply: 'd' }],
    { message: 'e' },
  );
  expect(messages.map(messageText)).toEqual(['c', 'd', 'e']);
});

test('the system prompt and the new message are read whatever their length', () => {
  expect(shown(0, 'a long system prompt')).toEqual(['system: a long system prompt', 'user: new']);
});

test('apart from those two, exactly the exchanges are read that fit', () => {
  const turn = fc.record({ message: fc.string(), reply: fc.string() });
  fc.assert(
    fc.property(fc.array(turn), fc.nat(100), fc.string(), (conversation, inputTokens, message) => {
      const terms = { system: 'sys', contextTokens: inputTokens + 5, maxOutputTokens: 5 };
      const messages = contextFor(terms, conversation, { message });
      const kept = (messages.length - 2) / 2;
      if (kept > 0) expect(estimateInput(messages, Infinity)).toBeLessThanOrEqual(inputTokens);
      const next = conversation.at(-kept - 1);
      if (next !== undefined) {
        const more = [next.message, next.reply].map(
          (text) => ({ role: 'user', parts: [{ type: 'text', text }] }) as const,
        );
        expect(estimateInput([...messages, ...more], Infinity)).toBeGreaterThan(inputTokens);
      }
    }),
  );
});
