import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findJsonError } from '../../../src/adapters/django/find-json-error.js';
import type { LayoutOptions } from '../../../src/adapters/django/detect-layout.js';
import { readDjangoDump } from '../../../src/adapters/django/read-dump.js';
import { dumpedAuthToken, dumpedChat, dumpedUser, dumpOf } from './dumps.js';

const secret = 'ab'.repeat(20);

function rejectionOf(bytes: Uint8Array, options: LayoutOptions = {}): string {
  const reading = readDjangoDump(bytes, options);
  return reading.outcome === 'rejected' ? reading.reasons.join() : 'read';
}

function read(bytes: Uint8Array, options: LayoutOptions = {}) {
  const reading = readDjangoDump(bytes, options);
  if (reading.outcome === 'rejected') throw new Error(reading.reasons.join());
  const records = [...reading.records];
  return {
    notes: reading.notes,
    accounts: records.flatMap((record) => (record.outcome === 'read' ? [record.account] : [])),
    unreadable: records.flatMap((record) =>
      record.outcome === 'read'
        ? []
        : [{ label: record.label, reasons: record.reasons, identity: record.identity }],
    ),
  };
}

describe('the models of a dump', () => {
  test('are detected by their fields', () => {
    const user = { ...dumpedUser(7, 'jane_doe', { tokens: undefined, credits: 12 }), model: 'people.member' };
    const chat = {
      model: 'talk.entry',
      pk: 3,
      fields: { member: 7, prompt: 'Hi', response: 'Hello', created_at: '2024-01-02T03:04:05+00:00' },
    };
    const authToken = { model: 'keys.token', pk: 1, fields: { owner: 7, key: secret, created: null } };
    const other = { model: 'sessions.session', pk: 'x', fields: {} };
    const { accounts, notes } = read(dumpOf(authToken, chat, other, user));
    expect(accounts).toMatchObject([
      {
        username: 'jane_doe',
        balance: 12,
        chats: [{ message: 'Hi', reply: 'Hello', createdAt: new Date('2024-01-02T03:04:05Z') }],
        authTokens: [{ secret }],
      },
    ]);
    expect(notes).toContain('Accounts: people.member, with credits as the balance.');
    expect(notes).toContain('Ignored: sessions.session (1).');
  });

  test('of auth tokens can have the secret as the primary key or in the field key', () => {
    const byField = {
      model: 'keys.token',
      fields: { user: 7, key: secret, created: '2024-01-02T03:04:05Z' },
    };
    for (const authToken of [byField, dumpedAuthToken(secret, 7)]) {
      expect(read(dumpOf(dumpedUser(7, 'jane_doe'), authToken)).accounts[0]?.authTokens).toMatchObject([
        { secret },
      ]);
    }
  });

  test('can refer to users by natural keys', () => {
    const user = dumpedUser(undefined, 'jane_doe');
    const { accounts } = read(
      dumpOf(user, dumpedChat(1, ['jane_doe']), dumpedAuthToken(secret, ['jane_doe'])),
    );
    expect(accounts).toMatchObject([{ chats: [{ message: 'Message 1' }], authTokens: [{ secret }] }]);
  });

  test('that are ambiguous are rejected with the option to set', () => {
    const historic = { ...dumpedUser(1, 'jane_doe'), model: 'chatapp.historicaluser' };
    expect(rejectionOf(dumpOf(dumpedUser(1, 'jane_doe'), historic))).toMatch(
      /chatapp\.user, chatapp\.historicaluser\..*--user-model/,
    );
    expect(rejectionOf(dumpOf(dumpedUser(1, 'jane_doe'), historic), { 'user-model': 'chatapp.user' })).toBe(
      'read',
    );
    const twoBalances = dumpedUser(1, 'jane_doe', { credits: 5 });
    expect(rejectionOf(dumpOf(twoBalances))).toMatch(/tokens, credits.*--balance-field/);
    expect(read(dumpOf(twoBalances), { 'balance-field': 'credits' }).accounts[0]?.balance).toBe(5);
    const archived = { ...dumpedChat(1, 1), model: 'chatapp.archive' };
    expect(rejectionOf(dumpOf(dumpedUser(1, 'jane_doe'), dumpedChat(1, 1), archived))).toContain(
      '--chat-model',
    );
    const tokens = [dumpedAuthToken(secret, 1), { ...dumpedAuthToken(secret, 1), model: 'old.token' }];
    expect(rejectionOf(dumpOf(dumpedUser(1, 'jane_doe'), ...tokens))).toContain('--token-model');
  });

  test('that are missing, or lack a field, are rejected with the option to set', () => {
    const user = dumpedUser(1, 'jane_doe');
    expect(rejectionOf(dumpOf())).toContain('--user-model');
    expect(rejectionOf(dumpOf(dumpedChat(1, 1)))).toContain('--user-model');
    expect(rejectionOf(dumpOf(user), { 'user-model': 'chatapp.person' })).toContain('chatapp.person');
    expect(rejectionOf(dumpOf(user), { 'chat-model': 'chatapp.talk' })).toContain('chatapp.talk');
    expect(rejectionOf(dumpOf(user), { 'balance-field': 'coins' })).toContain('coins');
    expect(rejectionOf(dumpOf(dumpedUser(1, 'jane_doe', { tokens: undefined, coins: 5 })))).toContain(
      '--balance-field',
    );
    expect(rejectionOf(dumpOf(user, dumpedChat(1, 1, { timestamp: undefined, at: 'x' })))).toContain(
      '--time-field',
    );
    expect(rejectionOf(dumpOf(user, dumpedChat(1, 1, { user: undefined, person: 1 })))).toContain(
      '--user-field',
    );
  });

  test('can have any field names if options are set', () => {
    const chat = {
      model: 'a.b',
      pk: 1,
      fields: { person: 1, input: 'Hi', output: 'Hello', at: '2024-01-01T00:00:00Z' },
    };
    const dump = dumpOf(dumpedUser(1, 'jane_doe'), chat);
    expect(read(dump).accounts[0]?.chats).toEqual([]);
    const names = {
      'message-field': 'input',
      'response-field': 'output',
      'time-field': 'at',
      'user-field': 'person',
    };
    expect(read(dump, names).accounts[0]?.chats).toMatchObject([{ message: 'Hi', reply: 'Hello' }]);
  });

  test('of chats and auth tokens can be ignored', () => {
    const dump = dumpOf(dumpedUser(1, 'jane_doe'), dumpedChat(1, 1), dumpedAuthToken(secret, 1));
    const { accounts, notes } = read(dump, { 'chat-model': 'none', 'token-model': 'none' });
    expect(accounts).toMatchObject([{ chats: [], authTokens: [] }]);
    expect(notes.at(-1)).toBe('Ignored: chatapp.chat (1), authtoken.token (1).');
  });
});

describe('a file that is not a dump', () => {
  test.each(['', '{', 'null', '{}', '"text"', '[]]', '\u{feff}{}'])('is rejected: %j', (text) => {
    expect(rejectionOf(new TextEncoder().encode(text))).toContain('not the JSON that dumpdata writes');
  });

  test('is rejected if it is not in UTF-8', () => {
    expect(rejectionOf(Buffer.from('[]', 'utf16le'))).toContain('UTF-8');
    expect(rejectionOf(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d))).toContain('UTF-8');
  });
});

describe('records', () => {
  const errorsOf = (fields: Record<string, unknown>, ...others: unknown[]) =>
    read(dumpOf(dumpedUser(1, 'jane_doe'), dumpedUser(2, 'john_doe', fields), ...others)).unreadable;

  test.each([
    [{ username: 5 }, 'its username is not a string'],
    [{ password: null }, 'its password is not a string'],
    [{ email: 5 }, 'its email is not a string'],
    [{ is_superuser: 'yes' }, 'its is_superuser is not true or false'],
    [{ is_active: null }, 'its is_active is not true or false'],
    [{ date_joined: 'yesterday' }, 'its date_joined is not a date with a time'],
    [{ date_joined: '2024-13-45T00:00:00Z' }, 'its date_joined is not a date with a time'],
    [{ tokens: '3800.50' }, 'its tokens is not a whole number: "3800.50"'],
    [{ tokens: '1,000.00' }, 'its tokens is not a whole number: "1,000.00"'],
    [{ tokens: '1E-3' }, 'its tokens is not a whole number: "1E-3"'],
    [{ tokens: '1E+999999999' }, 'its tokens is not a whole number: "1E+999999999"'],
    [{ tokens: ' 5' }, 'its tokens is not a whole number: " 5"'],
    [{ tokens: '' }, 'its tokens is not a whole number: ""'],
    [{ tokens: 'NaN' }, 'its tokens is not a whole number: "NaN"'],
    [{ tokens: 1.5 }, 'its tokens is not a whole number'],
    [{ tokens: null }, 'its tokens is not a whole number'],
    [{ tokens: undefined }, 'its tokens is not a whole number'],
  ])('that are malformed are reported with the reason: %j', (fields, reason) => {
    expect(errorsOf(fields)).toMatchObject([
      { label: expect.stringContaining('chatapp.user 2') as string, reasons: [reason] },
    ]);
  });

  test('are reported with all reasons, including those of their chats', () => {
    const chats = [dumpedChat(8, 2, { message: null, timestamp: 5 }), dumpedChat(9, 1)];
    expect(errorsOf({ tokens: null }, ...chats)[0]?.reasons).toEqual([
      'its tokens is not a whole number',
      'chatapp.chat 8: its message is not a string',
      'chatapp.chat 8: its timestamp is not a date with a time',
    ]);
  });

  test('without a user are reported, auth tokens without their secret', () => {
    const orphans = [
      dumpedChat(8, 99),
      dumpedChat(9, null),
      dumpedAuthToken(secret, 99),
      'nothing',
      { model: 'a.b' },
    ];
    const { unreadable, accounts } = read(dumpOf(dumpedUser(1, 'jane_doe'), ...orphans));
    expect(accounts).toHaveLength(1);
    expect(unreadable.map(({ label }) => label)).toEqual([
      'chatapp.chat 8',
      'chatapp.chat 9',
      'one of authtoken.token',
      'object 5 of the dump',
      'object 6 of the dump',
    ]);
    expect(JSON.stringify(unreadable)).not.toContain(secret);
  });

  test('have labels on one line without control characters', () => {
    const [account] = read(dumpOf(dumpedUser('\u001b[2J\n', `\u009b31m\u202e${'x'.repeat(500)}`))).accounts;
    expect(account?.label).not.toMatch(/[\p{C}]/u);
    expect(account?.label.length).toBeLessThan(200);
  });

  test.each([
    ['2024-02-03T04:05:06.789Z', '2024-02-03T04:05:06.789Z'],
    ['2024-02-03T04:05:06.789123+02:00', '2024-02-03T02:05:06.789Z'],
    ['2024-02-03 04:05:06', '2024-02-03T04:05:06.000Z'],
    ['2024-02-03T04:05:06-0330', '2024-02-03T07:35:06.000Z'],
  ])('have their time, by default in UTC: %s', (text, time) => {
    const { accounts } = read(dumpOf(dumpedUser(1, 'jane_doe', { date_joined: text })));
    expect(accounts[0]?.createdAt?.toISOString()).toBe(time);
  });

  test('have a unique identity that does not change with the username', () => {
    const identityOf = (...user: Parameters<typeof dumpedUser>) =>
      read(dumpOf(dumpedUser(...user))).accounts[0]?.identity;
    const first = identityOf(1, 'jane_doe');
    expect(identityOf(1, 'jane', { email: 'jane@example.org', tokens: 5 })).toBe(first);
    const others = [
      identityOf(2, 'jane_doe'),
      identityOf('1', 'jane_doe'),
      identityOf(1, 'jane_doe', { date_joined: '2024-02-03T04:05:06.788Z' }),
      identityOf(1, 'jane_doe', { date_joined: undefined }),
      identityOf(1, 'john_doe', { date_joined: undefined }),
    ];
    expect(new Set([first, ...others]).size).toBe(6);
  });
});

describe('balances as decimal strings', () => {
  test.each([
    ['250.00', 250],
    ['250', 250],
    ['250.', 250],
    ['0.00', 0],
    ['-0.00', 0],
    ['0E-8', 0],
    ['2.50E+2', 250],
    ['1E+3', 1000],
    ['25000E-2', 250],
    ['+7.0', 7],
    ['9007199254740991.000', 9007199254740991],
  ])('%s is a whole number', (text, balance) => {
    expect(read(dumpOf(dumpedUser(1, 'jane_doe', { tokens: text }))).accounts[0]?.balance).toBe(balance);
  });
});

describe('the file of a dump', () => {
  const dump = JSON.stringify([dumpedUser(1, 'jane_doe', { email: 'jané🦉@example.org' })]);
  const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${dump}`)],
    ['little-endian UTF-16', Buffer.from(`\ufeff${dump}`, 'utf16le')],
    ['big-endian UTF-16', bigEndian(`\ufeff${dump}`)],
  ])('can be in %s', (_, bytes) => {
    expect(read(bytes).accounts).toMatchObject([{ username: 'jane_doe', email: 'jané🦉@example.org' }]);
  });

  const pretty = JSON.stringify([dumpedUser(1, 'jane_doe')], null, 1);
  test.each([
    ['', /ends too early, at line 1, byte 1\b/],
    [pretty.slice(0, -20), new RegExp(`ends too early, at line \\d+, byte ${pretty.length - 19}\\b`)],
    [pretty.slice(0, 70), /ends too early, at line 6, byte 71\b/],
    ['[{"model": "a.b", "fields": {"x": tru', /ends too early, at line 1, byte 38\b/],
    ['[{"model": "a.b", "fields": {"x": -', /ends too early, at line 1, byte 36\b/],
    ['[1,\n2,\n', /ends too early, at line 3, byte 8\b/],
    ['Loading the settings …\n[]', /the JSON is invalid at line 1, byte 1\b/],
    ['[]\nDone.', /the JSON is invalid at line 2, byte 4\b/],
    ["[\n {'model': 1}]", /the JSON is invalid at line 2, byte 5\b/],
    ['["\u00e9", x]', /the JSON is invalid at line 1, byte 8\b/],
    ['["a\nb"]', /the JSON is invalid at line 1, byte 4\b/],
    ['["a\\qb"]', /the JSON is invalid at line 1, byte 4\b/],
    ['[1,]', /the JSON is invalid at line 1, byte 4\b/],
    ['{"a":1,}', /the JSON is invalid at line 1, byte 8\b/],
    ['[01]', /the JSON is invalid at line 1, byte 3\b/],
    ['[nulls]', /the JSON is invalid at line 1, byte 2\b/],
    ['[]]', /the JSON is invalid at line 1, byte 3\b/],
    ['["a\u0000"]', /a NUL at line 1, byte 4\b/],
  ])('with incomplete or invalid JSON is rejected with the position: %j', (text, position) => {
    const reason = rejectionOf(Buffer.from(text));
    expect(reason).toMatch(position);
    expect(reason).toMatch(/^This is not the JSON that dumpdata writes/);
    expect(reason).not.toContain('jane_doe');
    // The position is in bytes of the file.
    const inUtf16 = rejectionOf(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(inUtf16.replace(/byte \d+/, '')).toBe(reason.replace(/byte \d+/, ''));
  });

  test.each([
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('[\n"'), Buffer.of(0xff), Buffer.from('"]')]),
      /UTF-8 at line 2, byte 4\b/,
    ],
    ['an incomplete character', Buffer.from('["🦉').subarray(0, 4), /UTF-8 at line 1, byte 3\b/],
    [
      'an incomplete unit of UTF-16',
      Buffer.from(`\ufeff${dump}`, 'utf16le').subarray(0, 31),
      /UTF-16 at line 1, byte 31\b/,
    ],
    [
      'UTF-16 without a mark',
      Buffer.from(dump, 'utf16le'),
      /NUL at line 1, byte 2; .*UTF-16 .*byte order mark/,
    ],
    ['gzip', gzipSync(dump), /compressed with gzip: decompress it first/],
    ['a ZIP archive', Buffer.from('PK\x03\x04...'), /ZIP/],
    ['an SQLite database', Buffer.from('SQLite format 3\0...'), /SQLite.*dumpdata/],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0]), /UTF-32/],
  ])('of another kind is rejected with its kind: %s', (_, bytes, name) => {
    expect(rejectionOf(bytes)).toMatch(name);
  });

  test('can have any depth and length', () => {
    expect(rejectionOf(Buffer.from('['.repeat(200_000)))).toMatch(/ends too early, at line 1, byte 200001\b/);
    const long = `["${'a\\n'.repeat(1_000_000)}", "${'b'.repeat(5_000_000)}`;
    expect(rejectionOf(Buffer.from(long))).toMatch(
      new RegExp(`ends too early, at line 1, byte ${long.length + 1}\\b`),
    );
  });

  test('has its syntax error at the position of an inserted control character, or before it', () => {
    for (let at = 0; at <= pretty.length; at += 1) {
      for (const text of [pretty.slice(0, at), `${pretty.slice(0, at)}\u0001${pretty.slice(at)}`]) {
        const isJson = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        if (isJson) continue;
        const { at: found, isEnd } = findJsonError(text);
        expect(isEnd, text).toBe(text.length === at);
        expect(found).toBeLessThanOrEqual(at);
      }
    }
  });
});
