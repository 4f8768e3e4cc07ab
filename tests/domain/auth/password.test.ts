import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '../../cpu-time.js';
import {
  canonicalPassword,
  isOverlongPassword,
  validatePassword,
} from '../../../src/domain/auth/password.js';

const owner = { username: 'jane_doe', email: 'jane.smith@example.com' };
const notCommon = () => false;
const faults = (password: string) => validatePassword(password, owner, notCommon);

describe('a password', () => {
  test('of the sample is valid', () => {
    expect(faults('StrongPass123!')).toEqual([]);
  });

  test.each([
    ['1234567', ['Must have at least 8 characters.', 'Must not be only digits.']],
    ['12345678', ['Must not be only digits.']],
    ['١٢٣٤٥٦٧٨', ['Must not be only digits.']],
    ['', ['Must have at least 8 characters.']],
    ['🦉🦉🦉🦉', ['Must have at least 8 characters.']],
    ['🦉🦉🦉🦉🦉🦉🦉🦉', []],
    ['abc\0defgh', ['A password must not contain the NUL character.']],
    ['abc\ud800defgh', ['A password must not contain lone surrogates.']],
    ['jane_doe', ['Is too similar to the username.']],
    ['JANE_DOE1', ['Is too similar to the username.']],
    ['jane_d0e', ['Is too similar to the username.']],
    ['ｊａｎｅ＿ｄｏｅ', ['Is too similar to the username.']],
    ['jane.smith@example.com', ['Is too similar to the email.']],
    ['example.c', ['Is too similar to the email.']],
    ['smith@example', ['Is too similar to the email.']],
    ['a jane of one’s own', []],
  ])('%j: %j', (password, expected) => {
    expect(faults(password)).toEqual(expected);
  });

  test('is looked up among the common ones as it is hashed, in lower case', () => {
    const asked: string[] = [];
    validatePassword('ＰａｓｓＷｏｒｄ', owner, (lowerCased) => asked.push(lowerCased) > 0);
    expect(asked).toEqual(['password']);
  });

  test('of 1,024 characters is the longest', () => {
    for (const character of ['a', '🦉']) {
      expect(isOverlongPassword(character.repeat(1024))).toBe(false);
      expect(isOverlongPassword(character.repeat(1025))).toBe(true);
      expect(faults(character.repeat(1025))).toEqual(['Must have at most 1024 characters.']);
    }
  });

  test('is the same however its characters are composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (password) => {
        const canonical = canonicalPassword(password);
        expect(canonicalPassword(password.normalize('NFD'))).toBe(canonical);
        expect(canonicalPassword(canonical)).toBe(canonical);
      }),
    );
  });

  test("is checked quickly, whatever its length and that of its owner's names", async () => {
    const longest = '\uFDFA'.repeat(1024);
    const owners = [
      { username: `${'b'.repeat(278)}.`.repeat(3500), email: null },
      { username: 'a'.repeat(1_000_000), email: `${'b.'.repeat(500_000)}com` },
      { username: 'a'.repeat(150), email: `${'b'.repeat(64)}@${'c.'.repeat(92)}com` },
    ];
    for (const password of [
      longest,
      'a'.repeat(1024),
      'a'.repeat(278),
      `a${'\u0300\u0316'.repeat(500_000)}`,
    ]) {
      for (const longOwner of owners) {
        const scanner = () => validatePassword(password, longOwner, notCommon);
        expect(await cpuTimeMs(scanner)).toBeLessThan(500);
      }
    }
  });
});
