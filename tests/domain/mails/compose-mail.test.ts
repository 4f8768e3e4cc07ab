import { describe, expect, test } from 'vitest';
import { composeMail } from '../../../src/domain/mails/compose-mail.js';
import { languages } from '../../../src/domain/mails/language.js';
import type { MailText, MailTexts } from '../../../src/domain/mails/mail-texts.js';

const to = { userId: '1', username: 'jane<b>', email: 'jane@example.com' };
const link = 'https://chat.example.com/page?a=1&b="2"';
const key = { name: 'Night job', lastCharacters: 'x7Zq' };

/** Each mail with values, and what it must contain in each language. */
const mails: Record<string, { textOf: (texts: MailTexts) => MailText; contains: readonly string[] }> = {
  confirmation: { textOf: (texts) => texts.confirmation(link), contains: [link, '24'] },
  reset: { textOf: (texts) => texts.reset(link), contains: [link] },
  'password changed by the owner': {
    textOf: (texts) => texts.passwordChanged({ by: 'owner', removedKeys: 0 }, link),
    contains: [link],
  },
  'password reset': {
    textOf: (texts) => texts.passwordChanged({ by: 'reset', removedKeys: 3 }, link),
    contains: [link, '3'],
  },
  'password set by an administrator': {
    textOf: (texts) => texts.passwordChanged({ by: 'administrator', removedKeys: 1 }, link),
    contains: [link, '1'],
  },
  'new key': { textOf: (texts) => texts.newKey(key, link), contains: [link, 'Night job', 'x7Zq'] },
  'linked identity': {
    textOf: (texts) => texts.linkedIdentity('Example SSO', link),
    contains: [link, 'Example SSO'],
  },
  'new service key': {
    textOf: (texts) => texts.newServiceKey({ ...key, scopes: ['read', 'spend'] }, link),
    contains: [link, 'Night job', 'x7Zq', 'read, spend'],
  },
  'email change': {
    textOf: (texts) => texts.emailChange('new@example.com', link),
    contains: [link, 'new@example.com', '7'],
  },
  'email removed': { textOf: (texts) => texts.emailChange(null, link), contains: [link] },
  'email changed by an administrator': {
    textOf: (texts) => texts.emailChangedByAdmin('new@example.com'),
    contains: ['new@example.com'],
  },
  'email removed by an administrator': {
    textOf: (texts) => texts.emailChangedByAdmin(null),
    contains: [],
  },
  'email restored': { textOf: (texts) => texts.emailRestored(), contains: [] },
  'app added': { textOf: (texts) => texts.factorAdded({ kind: 'totp' }, link), contains: [link] },
  'passkey added': {
    textOf: (texts) => texts.factorAdded({ kind: 'passkey', name: 'Laptop' }, link),
    contains: [link, 'Laptop'],
  },
  'app removed': { textOf: (texts) => texts.factorRemoved({ kind: 'totp' }, link), contains: [link] },
  'passkey removed': {
    textOf: (texts) => texts.factorRemoved({ kind: 'passkey', name: null }, link),
    contains: [link],
  },
  'copied passkey': {
    textOf: (texts) => texts.copiedPasskey('Laptop', link),
    contains: [link, 'Laptop'],
  },
  'factors reset': { textOf: (texts) => texts.factorsReset(link), contains: [link] },
};

describe.each(languages)('mails in %s', (language) => {
  test.each(Object.entries(mails))('%s: contains its values in the text and in the HTML', (_name, mail) => {
    const { text, html, subject } = composeMail(to, language, mail.textOf);
    expect(subject).not.toBe('');
    expect(text).toContain('jane<b>');
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain('jane&lt;b&gt;');
    expect(html).not.toContain('<b>');
    for (const value of mail.contains) {
      expect(text).toContain(value);
      expect(html).toContain(value.replaceAll('&', '&amp;').replaceAll('"', '&quot;'));
    }
    expect(`${subject} ${text}`).not.toMatch(/undefined|null|\[object/);
  });

  test('says different things in different mails', () => {
    const texts = Object.values(mails).map(({ textOf }) => composeMail(to, language, textOf).text);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

test.each(Object.entries(mails))('%s: is translated as a whole', (_name, { textOf }) => {
  const [english, german] = languages.map((language) => composeMail(to, language, textOf));
  expect(german?.subject).not.toBe(english?.subject);
  const paragraphs = (text = '') => text.split('\n\n').filter((part) => !part.startsWith('https:'));
  const inEnglish = new Set(paragraphs(english?.text));
  expect(paragraphs(german?.text).filter((paragraph) => inEnglish.has(paragraph))).toEqual([]);
  expect(german?.text.match(/\b(the|your|you|and|with|is)\b/g)).toBeNull();
});
