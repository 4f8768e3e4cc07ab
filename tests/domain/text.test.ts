import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '../cpu-time.js';
import { codePointCount, isBlank, unstorableReason } from '../../src/domain/text.js';

describe('text', () => {
  test('cannot be stored with NUL, a lone surrogate or a leading U+FEFF', () => {
    expect(unstorableReason('a\0')).toMatch(/NUL/);
    for (const text of ['\ud800', 'a\udfff', '\udc00\ud800', '\ud800\ud800\udc00']) {
      expect(unstorableReason(text)).toMatch(/surrogates/);
    }
    expect(unstorableReason('\uFEFFa')).toMatch(/U\+FEFF/);
  });

  test('can be stored if and only if it survives UTF-8 and contains none of these', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          const survives = Buffer.from(text, 'utf8').toString('utf8') === text;
          const storable = survives && !text.includes('\0') && !text.startsWith('\uFEFF');
          expect(unstorableReason(text) === null).toBe(storable);
        },
      ),
    );
  });

  test('is blank if it consists of Unicode white space only', () => {
    for (const text of ['', ' ', '\u00A0', '\u3000\n', '\u0085', '\u2028', '\u1680'])
      expect(isBlank(text)).toBe(true);
    for (const text of ['a', '\u200B', '\uFEFF', '\u2800', '\0', '  .  ']) expect(isBlank(text)).toBe(false);
  });

  test('is measured in code points', () => {
    expect(codePointCount('')).toBe(0);
    expect(codePointCount('é🦉e\u0301')).toBe(4);
    expect(codePointCount('\ud83e')).toBe(1);
  });

  test('is checked quickly, whatever its length', async () => {
    const adversaries = [
      `${' '.repeat(1_000_000)}a`,
      '\ud800'.repeat(500_000),
      '🦉'.repeat(500_000),
      '\u3000'.repeat(1_000_000),
    ];
    for (const text of adversaries) {
      const scanner = () => [isBlank(text), unstorableReason(text), codePointCount(text)];
      expect(await cpuTimeMs(scanner)).toBeLessThan(1000);
    }
  });
});
