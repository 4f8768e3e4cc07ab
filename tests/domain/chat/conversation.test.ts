import { cpuTimeMs } from '../../cpu-time.js';
import { describe, expect, test } from 'vitest';
import { validateTitle } from '../../../src/domain/chat/conversation.js';
import { conversationTitle } from '../../../src/domain/chat/prepare-message.js';
import { codePointCount, unstorableReason } from '../../../src/domain/text.js';

describe('the title of a conversation', () => {
  const family = '👩‍👩‍👧‍👦';
  test.each([
    ['is a short message itself', 'What is the time?', 'What is the time?'],
    ['has no white space around it', ' \n\u3000What?\u2003\n', 'What?'],
    ['keeps what is within', 'one\ntwo  three', 'one\ntwo  three'],
    ['is 80 characters of a long one', 'a'.repeat(81), 'a'.repeat(80)],
    ['counts code points', '🦉'.repeat(81), '🦉'.repeat(80)],
    ['cuts no character of several code points', 'a'.repeat(78) + family, 'a'.repeat(78)],
    ['keeps one that still fits', `${'a'.repeat(73)}${family}more`, 'a'.repeat(73) + family],
    ['does not end with white space where it is cut', `${'a'.repeat(79)} and more`, 'a'.repeat(79)],
    ['cuts a character that is longer than a title', `e${'\u0301'.repeat(200)}`, `e${'\u0301'.repeat(79)}`],
    [
      'is the first sentence',
      'What is the capital of Peru? I ask for a quiz.',
      'What is the capital of Peru?',
    ],
    [
      'goes on after a greeting',
      'Hi! What is the capital of Peru? Thanks.',
      'Hi! What is the capital of Peru?',
    ],
    ['goes on after an abbreviation', 'Dr. Who lives in what? I forgot.', 'Dr. Who lives in what?'],
    [
      'ends with the first line',
      'A packing list for hiking\nthree days, in May',
      'A packing list for hiking',
    ],
    [
      'ends with a sentence of Chinese',
      '请给我一份去山里徒步三天需要带的东西的清单。谢谢你。',
      '请给我一份去山里徒步三天需要带的东西的清单。',
    ],
    ['cuts no word', `${'word '.repeat(15)}abcdefgh`, 'word '.repeat(15).trimEnd()],
    ['keeps a last word that just fits', `${'word '.repeat(15)}abcde fgh`, `${'word '.repeat(15)}abcde`],
    [
      'cuts a word of which much would be lost',
      `${'word '.repeat(5)}${'a'.repeat(90)}`,
      `${'word '.repeat(5)}${'a'.repeat(55)}`,
    ],
    ['does not begin with what a database drops', ' \uFEFFWhat?', 'What?'],
    ['is made up where nothing is left', ' \uFEFF ', 'Untitled'],
  ])('%s', (_, message, title) => {
    expect(conversationTitle(message)).toBe(title);
  });

  test('generated from any text is one that a user could choose', () => {
    for (let code = 0x20; code < 0x3100; code += 1) {
      const message = `${String.fromCodePoint(code, 0x1f989, code)}.${String.fromCodePoint(code).repeat(100)}`;
      if (unstorableReason(message) !== null) continue;
      const title = conversationTitle(message);
      expect(validateTitle(title), code.toString(16)).toEqual([]);
      expect(codePointCount(title)).toBeLessThanOrEqual(80);
    }
  });

  test('of a message with very many spaces is generated quickly', async () => {
    const tookMs = await cpuTimeMs(() => {
      conversationTitle(`a${' '.repeat(1_000_000)}b`);
      conversationTitle(`${' '.repeat(1_000_000)}b`);
    });
    expect(tookMs).toBeLessThan(500);
  });

  test.each([
    ['a', []],
    ['🦉'.repeat(200), []],
    ['🦉'.repeat(201), ['Must have at most 200 characters.']],
    ['', ['Must not be blank.']],
    [' \u3000', ['Must not be blank.']],
    ['a\0', ['A title must not contain the NUL character.']],
    ['\ud800', ['A title must not contain lone surrogates.']],
    ['\uFEFFa', ['A title must not begin with U+FEFF.']],
  ])('chosen by a user: %j has the problems %j', (title, faults) => {
    expect(validateTitle(title)).toEqual(faults);
  });
});
