import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { validatePassword } from '../../src/domain/auth/password.js';
import { german } from '../../web/account/german.js';

const folder = new URL('../../web/account/', import.meta.url);
const names = readdirSync(folder);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const ownScripts = names.filter((name) => name.endsWith('.js') && name !== 'german.js').map(read);

/** The texts of a page that its script translates. */
function textsOf(page: string): string[] {
  const marked = page.matchAll(/<(\w+)[^>]*\sdata-text\b[^>]*>([^<]*)<\/\1>/g);
  return [...marked].map(([, , text = '']) => text.trim().replaceAll(/\s+/g, ' '));
}

const pages = names.filter((name) => name.endsWith('.html') && !name.startsWith('not-found'));
const pageTexts = pages.flatMap((name) => textsOf(read(name)));

test.each(pages)('every text of %s that is marked has a translation', (name) => {
  const page = read(name);
  const texts = textsOf(page);
  expect(texts).toHaveLength(page.match(/\bdata-text\b/g)?.length ?? 0);
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.filter((text) => !Object.hasOwn(german, text))).toEqual([]);
});

test('what the server says of a password has a translation', () => {
  const owner = { username: 'jane_doe_x', email: 'kim@example.com' };
  const passwords = ['', '1234567', 'x'.repeat(1025), 'jane_doe_x1', 'kim@example.com'];
  const reasons = passwords.flatMap((password) =>
    validatePassword(password, owner, (lowerCased) => lowerCased === '1234567'),
  );
  expect(new Set(reasons).size).toBe(6);
  expect(reasons.filter((reason) => !Object.hasOwn(german, reason))).toEqual([]);
});

test('no translation is left of a text that is no longer there', () => {
  const reasons = /^(Must|Is) /;
  const unused = Object.keys(german).filter(
    (text) =>
      !pageTexts.includes(text) &&
      !reasons.test(text) &&
      !ownScripts.some((script) => script.includes(`'${text}'`)),
  );
  expect(unused).toEqual([]);
});

test('a translation has the values of its text, and no English', () => {
  for (const [english, translated] of Object.entries(german)) {
    expect(translated.match(/\{\w+\}/g), english).toEqual(english.match(/\{\w+\}/g));
    expect(translated, english).not.toMatch(/\b(the|your|you|and|with|is)\b/);
  }
});
