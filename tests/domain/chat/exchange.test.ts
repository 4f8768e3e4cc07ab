import { describe, expect, test } from 'vitest';
import { validateIdempotencyKey } from '../../../src/domain/chat/exchange.js';
import { validateMessage } from '../../../src/domain/chat/prepare-message.js';

describe('a message', () => {
  test.each([
    ['Hi', []],
    ['Hello!', ['Must have at most 5 characters.']],
    ['🦉🦉🦉🦉🦉', []],
    ['🦉🦉🦉🦉🦉🦉', ['Must have at most 5 characters.']],
    [' ', ['Must not be blank.']],
    ['', ['Must not be blank.']],
    ['a\0', ['A message must not contain the NUL character.']],
    ['\ud800', ['A message must not contain lone surrogates.']],
    ['\uFEFFa', ['A message must not begin with U+FEFF.']],
    ['a\uFEFF', []],
  ])('%j: %j', (message, faults) => {
    expect(validateMessage(message, 5)).toEqual(faults);
  });
});

describe('an idempotency key', () => {
  test.each(['a', ' ', '~', '"', 'a'.repeat(255)])('may be %j', (key) => {
    expect(validateIdempotencyKey(key)).toEqual([]);
  });

  test.each(['', 'a'.repeat(256), 'é', '\t', 'a\n', '\x7f', '\0'])('may not be %j', (key) => {
    expect(validateIdempotencyKey(key)).toEqual(['Must be 1 to 255 printable ASCII characters.']);
  });
});
