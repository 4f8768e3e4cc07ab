import { afterEach, expect, test } from 'vitest';
import {
  currentLanguage,
  currentLocale,
  preferredLanguage,
  showLanguage,
} from '../../web/language/language.js';
import { messageParts, type Catalogue } from '../../web/language/message.js';
import { fieldError } from '../../web/api/field-errors.js';
import { validatePassword } from '../../src/domain/auth/password.js';
import { validateUsername } from '../../src/domain/users/user.js';
import { englishFields } from '../../web/language/common-texts/fields-en.js';
import { germanFields } from '../../web/language/common-texts/fields-de.js';
import { german as commonGerman } from '../../web/language/common-texts/de.js';
import { english as commonEnglish } from '../../web/language/common-texts/en.js';
import { germanErrors } from '../../web/language/common-texts/errors-de.js';
import { englishErrors } from '../../web/language/common-texts/errors-en.js';
import { creditAmount } from '../../web/api/credits.js';
import { german as chatGerman } from '../../web/chat/texts/de/index.js';
import { english as chatEnglish } from '../../web/chat/texts/en/index.js';
import { german as adminGerman } from '../../web/admin/texts/de/index.js';
import { german as adminPagesGerman } from '../../web/admin/texts/de/pages.js';
import { english as adminEnglish } from '../../web/admin/texts/en/index.js';
import { english as adminPagesEnglish } from '../../web/admin/texts/en/pages.js';
import { text, textParts } from '../../web/chat/texts/texts.js';

const catalogues: [name: string, english: Catalogue, german: Catalogue][] = [
  ['all pages', commonEnglish, commonGerman],
  ['errors', englishErrors, germanErrors],
  ['fields', englishFields, germanFields],
  ['the chat page', chatEnglish, chatGerman],
  ['the administration at first', adminEnglish, adminGerman],
  ['the other pages of the administration', adminPagesEnglish, adminPagesGerman],
];

const placeholders = (message: Catalogue[string]) =>
  (typeof message === 'string' ? [message] : [message.one, message.other]).map((form) =>
    [...form.matchAll(/\{\w+\}/g)].map(([name]) => name).sort(),
  );

test.each(catalogues)('the texts of %s are the same in both languages', (_, english, german) => {
  expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  for (const key of Object.keys(english)) {
    const [first = '', second = ''] = [english[key], german[key]];
    expect([key, placeholders(second)]).toEqual([key, placeholders(first)]);
  }
});

afterEach(() => showLanguage('en', []));

test('the first language of the browser that the pages have is used', () => {
  expect(preferredLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(preferredLanguage(['en-GB', 'de'])).toBe('en');
  expect(preferredLanguage(['fr', 'constructor'])).toBe('en');
  expect(preferredLanguage([])).toBe('en');
});

test('texts, numbers and amounts are in the language and its variant in the browser', async () => {
  await showLanguage('de', ['en', 'de-AT']);
  expect([currentLanguage(), currentLocale()]).toEqual(['de', 'de-AT']);
  expect(text('signIn.title')).toBe('Anmelden');
  expect(creditAmount(1)).toBe('1 Token');
  expect(creditAmount(12_500)).toMatch(/^12.500 Tokens$/);
});

test('what the server says of the fields of a sign-up is said in the language of the page', async () => {
  const said = [
    ...validateUsername('é'),
    ...validatePassword('1234567', { username: '1234567', email: '1234567@x.org' }, () => true),
  ];
  expect(said.length).toBe(7);
  expect(said.map(fieldError)).toEqual(said);
  await showLanguage('de', []);
  expect(said.map(fieldError).filter((error) => said.includes(error))).toEqual([]);
  expect(fieldError('Must have at least 8 characters.')).toBe('Muss mindestens 8 Zeichen haben.');
  expect(fieldError('Something new.')).toBe('Something new.');
});

test('a plural has the form of its count, and numbers are written in the language', () => {
  const plural = { one: '{count} message', other: '{count} messages' };
  expect(messageParts(plural, { count: 1 }).join('')).toBe('1 message');
  expect(messageParts(plural, { count: 1200 }).join('')).toBe('1,200 messages');
  expect(messageParts(plural, { count: 0 }).join('')).toBe('0 messages');
});

test('a value is inserted as it is, even if it looks like a placeholder', () => {
  expect(messageParts('{a} and {b}', { a: '{b}', b: '$&' }).join('')).toBe('{b} and $&');
  expect(messageParts('{missing}.', {}).join('')).toBe('{missing}.');
  expect(textParts('moment.day', { day: 'x' })).toEqual(['on ', 'x']);
});
