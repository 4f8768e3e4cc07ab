import { describe, expect, test } from 'vitest';
import { validateUsername, usernameKey } from '../../../src/domain/users/user.js';

describe('a username', () => {
  test.each(['abc', 'Jane.Doe+1_-', '123', '...', 'a'.repeat(150)])('may be %s', (username) => {
    expect(validateUsername(username)).toEqual([]);
  });

  test.each(['jane@doe', 'jane doe', 'jäne', 'jane\n', '\njane', 'jаne', 'jane\u200B', 'jane\0'])(
    'may not be %j',
    (username) => {
      expect(validateUsername(username)).toEqual(['May contain only ASCII letters, digits and . + - _']);
    },
  );

  test('has all of its problems returned at once', () => {
    expect(validateUsername('é')).toHaveLength(2);
    expect(validateUsername('')).toEqual(['Must have at least 3 characters.']);
    expect(validateUsername('a'.repeat(151))).toEqual(['Must have at most 150 characters.']);
  });

  test('is the same in any case, in every locale', () => {
    expect(usernameKey('TITI')).toBe(usernameKey('titi'));
  });
});
