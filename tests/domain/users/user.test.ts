import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '../../cpu-time.js';
import { emailFaults, emailKey, usernameFaults, usernameKey } from '../../../src/domain/users/user.js';

describe('a username', () => {
  test.each(['abc', 'Jane.Doe+1_-', '123', '...', 'a'.repeat(150)])('may be %s', (username) => {
    expect(usernameFaults(username)).toEqual([]);
  });

  test.each(['jane@doe', 'jane doe', 'jäne', 'jane\n', '\njane', 'jаne', 'jane\u200B', 'jane\0'])(
    'may not be %j',
    (username) => {
      expect(usernameFaults(username)).toEqual(['May hold only ASCII letters, digits and . + - _']);
    },
  );

  test('names every fault at once', () => {
    expect(usernameFaults('é')).toHaveLength(2);
    expect(usernameFaults('')).toEqual(['Must have at least 3 characters.']);
    expect(usernameFaults('a'.repeat(151))).toEqual(['Must have at most 150 characters.']);
  });

  test('is the same in any case, in every locale', () => {
    expect(usernameKey('TITI')).toBe(usernameKey('titi'));
  });
});

describe('an email', () => {
  test.each(['a@b.co', 'jane+tag@mail.example.com', "o'hara@example.com", 'jané@exämple.com', 'x@1.2.3.4'])(
    'may be %s',
    (email) => {
      expect(emailFaults(email)).toEqual([]);
    },
  );

  test.each([
    '',
    '@',
    'a@',
    '@b.co',
    'a@b',
    'a@b.',
    'a@.co',
    'a@b..co',
    'a@b@c.co',
    'a b@c.co',
    'a@b c.co',
    '<a@b.co>',
    'a@b.co\r\nBcc: c@d.co',
    'a\0@b.co',
    'a@b.co\u202E',
    'a@[127.0.0.1]',
  ])('may not be %j', (email) => {
    expect(emailFaults(email)).toEqual(['Must be an email address.']);
  });

  test('of 254 characters is the longest', () => {
    const ofLength = (length: number) => `a@${'b'.repeat(60)}.${'c'.repeat(length - 67)}.com`;
    expect(emailFaults(ofLength(254))).toEqual([]);
    expect(emailFaults(ofLength(255))).toHaveLength(1);
  });

  test('is the same in any case and composition', () => {
    expect(emailKey('ZOË@Example.com')).toBe(emailKey('zoe\u0308@example.COM'));
  });

  test('is judged in a moment, however long it is', async () => {
    for (const email of [
      'a'.repeat(1_000_000),
      `a@${'b.'.repeat(500_000)}`,
      'a@'.repeat(500_000),
      `a@${'.'.repeat(1_000_000)}`,
    ]) {
      expect(emailFaults(email)).toHaveLength(1);
      expect(await cpuTimeMs(() => emailFaults(email))).toBeLessThan(500);
    }
  });
});
