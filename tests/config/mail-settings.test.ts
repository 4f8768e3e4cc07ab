import { expect, test } from 'vitest';
import { readSettings, type Settings } from '../../src/config/settings.js';

function valid(environment: Record<string, string>): Settings {
  const read = readSettings(environment);
  if (read.outcome === 'invalid') throw new Error(read.faults.join('\n'));
  return read.settings;
}

function faults(environment: Record<string, string>): string[] {
  const read = readSettings(environment);
  return read.outcome === 'invalid' ? read.faults : [];
}

test('without any of them mails go to files, and anybody may chat', () => {
  expect(valid({})).toMatchObject({
    PUBLIC_URL: null,
    SMTP_URL: null,
    MAIL_FROM: null,
    REQUIRE_VERIFIED_EMAIL: false,
  });
});

test.each([
  ['https://chat.example.com', 'https://chat.example.com'],
  ['https://chat.example.com/', 'https://chat.example.com'],
  ['http://localhost:8000', 'http://localhost:8000'],
  ['https://example.com/chat/', 'https://example.com/chat'],
])('the PUBLIC_URL %s is accepted, and has no slash at its end', (text, url) => {
  expect(valid({ PUBLIC_URL: text }).PUBLIC_URL).toBe(url);
});

test.each([
  'chat.example.com',
  'ftp://example.com',
  'https://me@example.com',
  'https://a.example?x=1',
  'https://',
])('the PUBLIC_URL "%s" is refused', (text) => {
  expect(faults({ PUBLIC_URL: text })).toEqual([expect.stringContaining('PUBLIC_URL must be a URL')]);
});

test.each(['smtp://localhost:1025', 'smtps://me%40example.com:p%40ss@mail.example.com', 'smtp://[::1]:25/'])(
  'the SMTP_URL %s is accepted',
  (url) => {
    expect(valid({ SMTP_URL: url, MAIL_FROM: 'a@example.com' }).SMTP_URL).toBe(url);
  },
);

test.each([
  'mail.example.com:25',
  'http://me:secret@mail.example.com',
  'smtp://me:100%secret@mail.example.com',
  'smtp://me:secret@mail.example.com:99999',
  'smtp://me:secret@mail.example.com/?pool=true',
  'smtp://',
])('the SMTP_URL "%s" is refused, and its secret is not repeated', (url) => {
  const found = faults({ SMTP_URL: url, MAIL_FROM: 'a@example.com' });
  expect(found).toEqual([expect.stringContaining('SMTP_URL must be a URL')]);
  expect(found.join()).not.toContain('secret');
});

test('SMTP_URL needs MAIL_FROM, which may stand alone', () => {
  expect(faults({ SMTP_URL: 'smtp://localhost' })).toEqual(['MAIL_FROM is needed with SMTP_URL']);
  expect(faults({ MAIL_FROM: 'a@example.com' })).toEqual([]);
});

test.each([
  ['chat@example.com', '', 'chat@example.com'],
  ['Metered Chat <chat@example.com>', 'Metered Chat', 'chat@example.com'],
  ['"Chat, metered" <chat@example.com>', 'Chat, metered', 'chat@example.com'],
])('MAIL_FROM %s is a name and an address', (text, name, address) => {
  expect(valid({ MAIL_FROM: text }).MAIL_FROM).toEqual({ name, address });
});

test.each([
  'chat',
  'a@example.com, b@example.com',
  'Chat <a@example.com',
  'Chat <>',
  'a@example.com\nBcc: b@example.com',
])('MAIL_FROM "%s" is refused', (text) => {
  expect(faults({ MAIL_FROM: text })).toEqual([expect.stringContaining('MAIL_FROM must be an address')]);
});

test('REQUIRE_VERIFIED_EMAIL is true or false', () => {
  expect(valid({ REQUIRE_VERIFIED_EMAIL: 'true' }).REQUIRE_VERIFIED_EMAIL).toBe(true);
  expect(faults({ REQUIRE_VERIFIED_EMAIL: 'yes' })).toEqual(['REQUIRE_VERIFIED_EMAIL must be true or false']);
});
