import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeSettings, readSettings, type Settings } from '../../src/config/settings.js';

function valid(environment: Record<string, string>): Settings {
  const read = readSettings(environment);
  if (read.outcome === 'invalid') throw new Error(read.faults.join('\n'));
  return read.settings;
}

function faults(environment: Record<string, string>): string[] {
  const read = readSettings(environment);
  return read.outcome === 'invalid' ? read.faults : [];
}

test('nothing needs to be set', () => {
  expect(valid({})).toMatchObject({
    PORT: 8000,
    HOST: '127.0.0.1',
    DATABASE_URL: null,
    DATA_DIR: './data',
    STARTING_TOKENS: 4000,
    TOKENS_PER_MESSAGE: 100,
    MAX_MESSAGE_CHARS: null,
    MAX_BODY: 4 * 1024 * 1024,
    STREAM_KEEP_ALIVE: 5000,
    ACCESS_TOKEN_TTL: 24 * 60 * 60 * 1000,
    BCRYPT_COST: 12,
    HOLD_TTL: 10 * 60 * 1000,
    CORS_ORIGINS: null,
    SHUTDOWN_TIMEOUT: 10_000,
    LOG_LEVEL: 'info',
  });
});

test('an empty or blank value counts as absent, and space around a value does not count', () => {
  expect(valid({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: ' debug\t' })).toMatchObject({
    PORT: 8000,
    DATABASE_URL: null,
    LOG_LEVEL: 'debug',
  });
});

test('a variable that is no setting is none of our business', () => {
  expect(valid({ PATH: '/bin', constructor: 'x' })).toEqual(valid({}));
});

test.each([
  ['30s', 30_000],
  ['15m', 900_000],
  ['24h', 86_400_000],
  ['30d', 2_592_000_000],
])('the duration %s is %i milliseconds', (text, milliseconds) => {
  expect(valid({ HOLD_TTL: text, AI_TOTAL_TIMEOUT: '1s' }).HOLD_TTL).toBe(milliseconds);
});

test.each(['30', 's', '0s', '-1s', '1.5h', '1 h', '1w', '1H', '1000000s', '10m '.repeat(2)])(
  'the duration "%s" is refused',
  (text) => {
    expect(faults({ HOLD_TTL: text })).toEqual([
      expect.stringContaining('HOLD_TTL must be a duration such as 30s'),
    ]);
  },
);

test.each([
  'HOLD_LEASE',
  'SHUTDOWN_TIMEOUT',
  'AI_FIRST_CHUNK_TIMEOUT',
  'AI_IDLE_TIMEOUT',
  'WRITE_TIMEOUT',
  'STREAM_KEEP_ALIVE',
])('%s is refused where no timer could wait that long', (name) => {
  expect(faults({ [name]: '24d' })).toEqual([]);
  expect(faults({ [name]: '25d' })).toEqual([expect.stringContaining(`${name} must be a duration`)]);
});

test.each([
  ['PORT', ['0', '65535'], ['-1', '65536', '80.5', '8e3', '0x50', 'http']],
  ['BCRYPT_COST', ['10', '15'], ['9', '16', '4', '']],
  ['STARTING_TOKENS', ['0', '9007199254740991'], ['9007199254740992', '9007199254740993', '-1', '1e3']],
  ['TOKENS_PER_MESSAGE', ['0', '9007199254740991'], ['99999999999999999999']],
  ['MAX_MESSAGE_CHARS', ['1', '100000000'], ['0', '100000001']],
  ['AI_RETRIES', ['0', '10'], ['-1', '11']],
  ['MAX_REPLY_CHARS', ['1', '10000000'], ['0', '10000001']],
] as const)('%s is a whole number within its bounds', (name, accepted, refused) => {
  for (const text of accepted) expect(valid({ [name]: text })[name]).toBe(Number(text));
  for (const text of refused.filter((text) => text !== '')) {
    expect(faults({ [name]: text }), text).toEqual([
      expect.stringMatching(`^${name} must be a whole number from`),
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
    expect(faults({ MAX_BODY: text })).toEqual([
      'MAX_BODY must be a size such as 4MiB, 512KiB or 1048576, from 1KiB to 64MiB',
    ]);
  },
);

test('AI_FIRST_PIECE_TIMEOUT is the old name of AI_FIRST_CHUNK_TIMEOUT', () => {
  const [oldName, name] = ['AI_FIRST_PIECE_TIMEOUT', 'AI_FIRST_CHUNK_TIMEOUT'];
  expect(valid({ [oldName]: '7s' }).AI_FIRST_CHUNK_TIMEOUT).toBe(7000);
  expect(valid({ [name]: '8s', [oldName]: ' ' }).AI_FIRST_CHUNK_TIMEOUT).toBe(8000);
  expect(valid({ [name]: '8s', [oldName]: '8s' }).AI_FIRST_CHUNK_TIMEOUT).toBe(8000);
  expect(faults({ [name]: '8s', [oldName]: '7s' })).toEqual([
    'AI_FIRST_PIECE_TIMEOUT is the old name of AI_FIRST_CHUNK_TIMEOUT, and has another value',
  ]);
  expect(faults({ [oldName]: '7' })).toEqual([expect.stringMatching(/^AI_FIRST_PIECE_TIMEOUT must be/)]);
});

test.each(['postgres://localhost/chat', 'postgresql://me:p%40ss@[::1]:5432/chat?sslmode=require'])(
  'the PostgreSQL %s is accepted',
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
])('the PostgreSQL "%s" is refused, and its secret is not repeated', (url) => {
  const found = faults({ DATABASE_URL: url });
  expect(found).toEqual([expect.stringContaining('DATABASE_URL must be a URL')]);
  expect(found.join()).not.toContain('secret');
});

test('origins are separated by commas, and nothing but origins', () => {
  expect(valid({ CORS_ORIGINS: 'https://a.example, http://localhost:3000' }).CORS_ORIGINS).toEqual([
    'https://a.example',
    'http://localhost:3000',
  ]);
  for (const text of ['*', 'https://a.example/', 'a.example', 'https://a.example,', 'null']) {
    expect(faults({ CORS_ORIGINS: text }), text).toEqual([
      expect.stringContaining('CORS_ORIGINS must be origins'),
    ]);
  }
});

test('every fault is named at once', () => {
  expect(faults({ PORT: 'x', BCRYPT_COST: '4', LOG_LEVEL: 'loud' })).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'BCRYPT_COST must be a whole number from 10 to 15',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  ]);
});

test('.env.example holds every setting with its default', async () => {
  const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const [heading, ...settings] = example.trimEnd().split('\n');
  expect(heading).toMatch(/^# /);
  expect(settings.join('\n')).toBe(describeSettings());
});
