import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeSettings } from '../../src/config/read-settings.js';
import { problems, valid } from './read.js';

test('an empty or blank value counts as absent, and space around a value is ignored', () => {
  expect(valid({ PORT: '', DATABASE_URL: ' ', LOG_LEVEL: ' debug\t' })).toEqual(
    valid({ LOG_LEVEL: 'debug' }),
  );
});

test('unknown variables are ignored', () => {
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
  'the duration "%s" is rejected',
  (text) => {
    expect(problems({ HOLD_TTL: text })).toEqual([
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
])('%s is at most what a timer can wait', (name) => {
  expect(problems({ [name]: '24d' })).toEqual([]);
  expect(problems({ [name]: '25d' })).toEqual([expect.stringContaining(`${name} must be a duration`)]);
});

test.each([
  ['PORT', ['0', '65535'], ['-1', '65536', '80.5', '8e3', '0x50', 'http']],
  ['BCRYPT_COST', ['10', '15'], ['9', '16', '4']],
  ['STARTING_TOKENS', ['0', '9007199254740991'], ['9007199254740992', '9007199254740993', '-1', '1e3']],
  ['TOKENS_PER_MESSAGE', ['0', '9007199254740991'], ['99999999999999999999']],
  ['MAX_MESSAGE_CHARS', ['1', '100000000'], ['0', '100000001']],
  ['CREDIT_DECIMALS', ['0', '12'], ['-1', '13', '1.5']],
  ['AI_RETRIES', ['0', '10'], ['-1', '11']],
  ['MAX_REPLY_CHARS', ['1', '10000000'], ['0', '10000001']],
] as const)('%s is a whole number within its bounds', (name, accepted, rejected) => {
  for (const text of accepted) expect(valid({ [name]: text })[name]).toBe(Number(text));
  for (const text of rejected) {
    expect(problems({ [name]: text }), text).toEqual([
      expect.stringMatching(`^${name} must be a whole number from`),
    ]);
  }
});

test('AI_FIRST_PIECE_TIMEOUT is the old name of AI_FIRST_CHUNK_TIMEOUT', () => {
  const [oldName, name] = ['AI_FIRST_PIECE_TIMEOUT', 'AI_FIRST_CHUNK_TIMEOUT'];
  expect(valid({ [oldName]: '7s' }).AI_FIRST_CHUNK_TIMEOUT).toBe(7000);
  expect(valid({ [name]: '8s', [oldName]: ' ' }).AI_FIRST_CHUNK_TIMEOUT).toBe(8000);
  expect(valid({ [name]: '8s', [oldName]: '8s' }).AI_FIRST_CHUNK_TIMEOUT).toBe(8000);
  expect(problems({ [name]: '8s', [oldName]: '7s' })).toEqual([
    `${oldName} is the old name of ${name}, and both are set; remove ${oldName}`,
  ]);
  expect(problems({ [oldName]: '7' })).toEqual([expect.stringMatching(`^${oldName} must be`)]);
});

test.each(['tokens', 'USD', '€', 'AI credits', 'Münzen', 'kr'])('CREDIT_UNIT can be %s', (text) => {
  expect(valid({ CREDIT_UNIT: text }).CREDIT_UNIT).toBe(text);
});

test.each(['=USD', 'U,S', '10', '<b>', 'US\nD', 'two  spaces', 'a'.repeat(21)])(
  'CREDIT_UNIT cannot be %j, which would break a sentence or a CSV file',
  (text) => {
    expect(problems({ CREDIT_UNIT: text })).toEqual([
      'CREDIT_UNIT must be 1 to 20 letters or currency signs, such as tokens, USD or €',
    ]);
  },
);

test('all problems are reported at once', () => {
  expect(problems({ PORT: 'x', BCRYPT_COST: '4', LOG_LEVEL: 'loud' })).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'BCRYPT_COST must be a whole number from 10 to 15',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  ]);
});

test('.env.example describes every setting', async () => {
  const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const [heading, blank, ...settings] = example.trimEnd().split('\n');
  expect(heading).toMatch(/^# /);
  expect(blank).toBe('');
  expect(settings.join('\n')).toBe(describeSettings());
});
