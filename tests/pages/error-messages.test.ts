import { expect, test } from 'vitest';
import { problemOf } from '../../src/adapters/http/kit/problem.js';
import { DomainError, errorKinds, type ErrorCode } from '../../src/domain/errors.js';
import { Problem } from '../../web/api/problem.js';
import { errorMessage } from '../../web/api/error-messages.js';
import { englishErrors } from '../../web/language/common-texts/errors-en.js';

const codes = Object.keys(errorKinds).map((code) => problemOf(new DomainError(code as ErrorCode, '')).code);

test.each(codes)('the pages have a message for the error code %s', (code) => {
  expect(Object.keys(englishErrors)).toContain(code);
  expect(errorMessage(new Problem(400, { code }))).toMatch(/^[A-Z].*\.$/);
});

test('the message about a low balance has both amounts', () => {
  const document = { code: 'insufficient_tokens', remaining_tokens: 40, required_tokens: 1100 };
  expect(errorMessage(new Problem(402, document))).toContain('requires 1,100 tokens and you have 40');
});

test('an unknown error code gets a message with the status, whatever its name', () => {
  for (const code of ['constructor', '__proto__', 'new_one']) {
    expect(errorMessage(new Problem(418, { code }))).toBe('The server rejected the request (418).');
  }
});
