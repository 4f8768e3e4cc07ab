import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

test.each([
  ['https://chat.example.com', 'https://chat.example.com'],
  ['https://chat.example.com/', 'https://chat.example.com'],
  ['http://localhost:8000', 'http://localhost:8000'],
  ['https://example.com/chat/', 'https://example.com/chat'],
])('the PUBLIC_URL %s is accepted, and loses a slash at its end', (text, url) => {
  expect(valid({ PUBLIC_URL: text }).PUBLIC_URL).toBe(url);
});

test.each([
  'chat.example.com',
  'ftp://example.com',
  'https://me@example.com',
  'https://a.example?x=1',
  'https://',
])('the PUBLIC_URL "%s" is rejected', (text) => {
  expect(problems({ PUBLIC_URL: text })).toEqual([expect.stringContaining('PUBLIC_URL must be a URL')]);
});

test.each([
  ['10.0.0.1', ['10.0.0.1']],
  ['10.0.0.0/8, 2001:db8::/32,::1', ['10.0.0.0/8', '2001:db8::/32', '::1']],
  ['loopback', ['loopback']],
])('the proxies "%s" are trusted', (text, proxies) => {
  expect(valid({ TRUSTED_PROXIES: text }).TRUSTED_PROXIES).toEqual(proxies);
});

test.each(['all', '10.0.0.0/33', '10.0.0.1,', 'proxy.example.com', '*', '2001:db8::/129'])(
  'the proxies "%s" are rejected',
  (text) => {
    expect(problems({ TRUSTED_PROXIES: text })).toEqual([
      'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, separated by commas',
    ]);
  },
);

test('CORS_ORIGINS are origins, separated by commas', () => {
  expect(valid({ CORS_ORIGINS: 'https://a.example, http://localhost:3000' }).CORS_ORIGINS).toEqual([
    'https://a.example',
    'http://localhost:3000',
  ]);
  for (const text of ['*', 'https://a.example/', 'a.example', 'https://a.example,', 'null']) {
    expect(problems({ CORS_ORIGINS: text }), text).toEqual([
      expect.stringContaining('CORS_ORIGINS must be origins'),
    ]);
  }
});

test.each([
  ['1024', 1024],
  ['1024B', 1024],
  ['1KiB', 1024],
  ['4MiB', 4_194_304],
  ['64MiB', 67_108_864],
  ['65536KiB', 67_108_864],
])('the size %s is %i bytes', (text, bytes) => {
  expect(valid({ MAX_BODY: text }).MAX_BODY).toBe(bytes);
});

test.each(['0', '1023', '65MiB', '67108865', '4MB', '4mib', '4 MiB', '0.5MiB', '-1', '1GiB', '04MiB', '1e6'])(
  'the size "%s" is rejected',
  (text) => {
    expect(problems({ MAX_BODY: text })).toEqual([
      'MAX_BODY must be a size such as 4MiB, 512KiB or 1048576, from 1KiB to 64MiB',
    ]);
  },
);

test('DRAIN_DELAY is 0s or a duration', () => {
  expect(valid({ DRAIN_DELAY: '0s' }).DRAIN_DELAY).toBe(0);
  expect(valid({ DRAIN_DELAY: '15s' }).DRAIN_DELAY).toBe(15_000);
  for (const text of ['0', '-1s', '25d', 'off']) {
    expect(problems({ DRAIN_DELAY: text }), text).toEqual([
      expect.stringMatching(/^DRAIN_DELAY must be 0s or a duration/),
    ]);
  }
});

test('WORKERS is one process unless a number or auto says otherwise', () => {
  const database = { DATABASE_URL: 'postgresql://localhost/chat' };
  expect(valid({}).WORKERS).toBe(1);
  expect(valid({ ...database, WORKERS: '4' }).WORKERS).toBe(4);
  expect(valid({ ...database, WORKERS: 'auto' }).WORKERS).toBe(availableParallelism());
});

test.each(['0', '257', 'all', '-1', '1.5'])('%s WORKERS are rejected', (text) => {
  expect(problems({ WORKERS: text })).toEqual(['WORKERS must be auto or a whole number from 1 to 256']);
});

test('several WORKERS require PostgreSQL and a PORT that all can use', () => {
  expect(problems({ WORKERS: '2' })).toEqual([
    'WORKERS above 1 requires DATABASE_URL: the embedded database serves one process at a time',
  ]);
  expect(problems({ WORKERS: '2', PORT: '0', DATABASE_URL: 'postgresql://localhost/chat' })).toEqual([
    'WORKERS above 1 requires a PORT: each process would choose another',
  ]);
});
