import { expect, test } from 'vitest';
import { problemOf } from '../../src/adapters/http/kit/problem.js';
import { DomainError, errorKinds, type ErrorCode } from '../../src/domain/errors.js';
import { Problem } from '../../web/chat/api/problem.js';
import { wordsOf, wordsOfCodes } from '../../web/chat/api/words.js';

const codes = Object.keys(errorKinds).map((code) => problemOf(new DomainError(code as ErrorCode, '')).code);

test.each(codes)('the chat page has words of its own for %s', (code) => {
  expect(Object.keys(wordsOfCodes)).toContain(code);
  expect(wordsOf(new Problem(400, { code }))).toMatch(/^[A-Z].*\.$/);
});

test('what is missing for a message is said in figures', () => {
  const document = { code: 'insufficient_tokens', remaining_tokens: 40, required_tokens: 1100 };
  expect(wordsOf(new Problem(402, document))).toContain('needs 1,100 tokens and you have 40');
});

test('a code that is not known is told by its status, whatever its name', () => {
  for (const code of ['constructor', '__proto__', 'new_one']) {
    expect(wordsOf(new Problem(418, { code }))).toBe('The server refused this (418).');
  }
});
