import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

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
])('the SMTP_URL "%s" is rejected, and its secret is not repeated', (url) => {
  const found = problems({ SMTP_URL: url, MAIL_FROM: 'a@example.com' });
  expect(found).toEqual([expect.stringContaining('SMTP_URL must be a URL')]);
  expect(found.join()).not.toContain('secret');
});

test('SMTP_URL requires MAIL_FROM, but not the reverse', () => {
  expect(problems({ SMTP_URL: 'smtp://localhost' })).toEqual(['MAIL_FROM is required if SMTP_URL is set']);
  expect(problems({ MAIL_FROM: 'a@example.com' })).toEqual([]);
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
])('MAIL_FROM "%s" is rejected', (text) => {
  expect(problems({ MAIL_FROM: text })).toEqual([expect.stringContaining('MAIL_FROM must be an address')]);
});

test('REQUIRE_VERIFIED_EMAIL is true or false', () => {
  expect(valid({ REQUIRE_VERIFIED_EMAIL: 'true' }).REQUIRE_VERIFIED_EMAIL).toBe(true);
  expect(problems({ REQUIRE_VERIFIED_EMAIL: 'yes' })).toEqual([
    'REQUIRE_VERIFIED_EMAIL must be true or false',
  ]);
});
