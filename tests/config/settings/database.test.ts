import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

test.each(['postgres://localhost/chat', 'postgresql://me:p%40ss@[::1]:5432/chat?sslmode=require'])(
  'the DATABASE_URL %s is accepted',
  (url) => {
    expect(valid({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
  },
);

test.each([
  'localhost:5432',
  'mysql://localhost/chat',
  'postgresql://me:secret@host with spaces/chat',
  'postgresql://me:secret@host:99999/chat',
  'postgresql://me:100%secret@host/chat',
  'postgresql://',
])('the DATABASE_URL "%s" is rejected, and its secret is not repeated', (url) => {
  const found = problems({ DATABASE_URL: url });
  expect(found).toEqual([expect.stringContaining('DATABASE_URL must be a URL')]);
  expect(found.join()).not.toContain('secret');
});
