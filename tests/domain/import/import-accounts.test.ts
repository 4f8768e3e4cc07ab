import { beforeEach, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { readDjangoDump } from '../../../src/adapters/django/read-dump.js';
import type { ImportReport } from '../../../src/domain/import/import-accounts.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import {
  dumpedAuthToken,
  dumpedChat,
  dumpedUser,
  dumpOf,
  oldPassword,
  type Fields,
} from '../../adapters/django/dumps.js';
import { openEngine, type Engine } from '../../adapters/http/engines.js';
import { newAccount } from '../../adapters/http/requests.js';
import { testApi, type TestApi } from '../../adapters/http/test-api.js';

describe('importing accounts', () => {
  let engine: Engine;
  let api: TestApi;
  beforeEach(async () => {
    engine = await openEngine('memory');
    api = testApi(engine);
  });

  const bring = async (...objects: unknown[]): Promise<ImportReport> => {
    const reading = readDjangoDump(dumpOf(...objects), {});
    if (reading.outcome === 'rejected') throw new Error(reading.reasons.join());
    return api.core.admin.importAccounts({ caller: operatorCaller, records: reading.records });
  };
  const find = (username: string) => engine.stores.userStore.findByName({ usernameKey: username });
  const reasons = ({ rejected: refused }: ImportReport) => refused.map((refusal) => refusal.reasons);

  test('reports what was imported', async () => {
    const report = await bring(
      dumpedUser(1, 'jane_doe', { tokens: 100 }),
      dumpedUser(2, 'john_doe', { tokens: 0 }),
      dumpedChat(1, 1),
      dumpedChat(2, 1),
      dumpedAuthToken('c'.repeat(40), 2),
    );
    expect(report).toEqual({
      accounts: 2,
      credits: 100n,
      chats: 2,
      authTokens: 1,
      alreadyImported: 0,
      rejected: [],
    });
  });

  test('derives a username from the email of an account without one, and reports it', async () => {
    const nameless = (pk: number, email: string) => dumpedUser(pk, '', { email, username: undefined });
    const objects = [
      nameless(1, 'anna@one.example'),
      nameless(2, 'anna@two.example'),
      dumpedUser(3, 'anna2', { email: 'Anna2@example.org' }),
      dumpedUser(4, 'Kim@example.org', { email: 'kim@example.org' }),
      dumpedUser(5, '', { email: 'o@example.org' }),
      dumpedUser(6, '', { email: "j.o'neill+x@example.org" }),
      nameless(7, 'anna@one.example'),
      dumpedUser(8, '', { email: '' }),
    ];
    await newAccount(api, { username: 'KIM' });
    const report = await bring(...objects, dumpedChat(1, 2));
    expect(report.derivedUsernames?.map(({ username }) => username)).toEqual([
      ...['anna', 'anna3', 'kim2', 'o_user', 'j.o_neill+x'],
    ]);
    expect(report.derivedUsernames?.[0]?.label).toBe('chatapp.user 1 "anna@one.example"');
    expect(report).toMatchObject({ accounts: 6, chats: 1 });
    expect(reasons(report)).toEqual([
      [expect.stringContaining('username')],
      [expect.stringContaining('email: Is also the email of chatapp.user 1')],
    ]);
    const again = await bring(...objects);
    expect(again).toMatchObject({ accounts: 0, alreadyImported: 6 });
    expect(again.derivedUsernames).toBeUndefined();
    for (const username of ['anna', 'anna@one.example']) {
      const origin = { address: null, userAgent: null };
      const signedIn = await api.core.auth.signIn({ name: username, password: oldPassword, origin });
      expect(signedIn).toBeDefined();
    }
  });

  test('imports accounts of a project without usernames', async () => {
    const fields = { ...dumpedUser(1, 'x').fields, username: undefined, email: 'lee@example.org' };
    const user = JSON.parse(JSON.stringify({ model: 'people.person', pk: 1, fields })) as object;
    const settings = { model: 'mail.account', pk: 1, fields: { host: 'x' } };
    const report = await bring(settings, user, dumpedChat(1, ['lee@example.org']));
    expect(report).toMatchObject({
      accounts: 1,
      chats: 1,
      rejected: [],
      derivedUsernames: [{ username: 'lee' }],
    });
  });

  test('records each imported account in the audit log, once', async () => {
    for (let round = 0; round < 2; round += 1) await bring(dumpedUser(1, 'jane_doe', {}));
    const userId = (await find('jane_doe'))?.user.id ?? '';
    const { results } = await engine.stores.auditLog.events(userId, { limit: 10, before: null });
    expect(results.map(({ action, origin }) => ({ action, origin }))).toEqual([
      { action: 'imported', origin: { address: null, userAgent: null } },
    ]);
  });

  test.each<[string, Fields, string[]]>([
    [
      'an @ in the username',
      { username: 'jane@example.org' },
      ['username: May contain only ASCII letters, digits and . + - _'],
    ],
    [
      'a username of other letters',
      { username: 'Žofie' },
      ['username: May contain only ASCII letters, digits and . + - _'],
    ],
    ['a username that is too short', { username: 'li' }, ['username: Must have at least 3 characters.']],
    ['an email that is none', { email: 'jane at example.org' }, ['email: Must be an email address.']],
    ['a negative balance', { tokens: -1 }, [`its balance is not a whole number from 0 to ${2 ** 53 - 1}`]],
    [
      'a balance beyond 2^53 − 1',
      { tokens: 2 ** 53 },
      [`its balance is not a whole number from 0 to ${2 ** 53 - 1}`],
    ],
    ['no usable password', { password: '!x' }, ['it has no usable password']],
    [
      'a date before 1970',
      { date_joined: '1969-12-31T23:59:59Z' },
      ['it is dated before 1970 or after 9999'],
    ],
    [
      'several of these',
      { username: 'é', tokens: -5, password: 'x' },
      [
        'username: Must have at least 3 characters.',
        'username: May contain only ASCII letters, digits and . + - _',
        `its balance is not a whole number from 0 to ${2 ** 53 - 1}`,
        'its password hash uses an unknown algorithm',
      ],
    ],
  ])('rejects an account with %s, and imports the others', async (_, fields, expected) => {
    const report = await bring(dumpedUser(1, 'john_doe', fields), dumpedUser(2, 'jane_doe'));
    expect(reasons(report)).toEqual([expected]);
    expect(report.rejected[0]?.label).toContain('chatapp.user 1');
    expect(report.accounts).toBe(1);
    expect(await find('jane_doe')).not.toBeNull();
  });

  test.each<[string, Fields, string]>([
    [
      'a NUL in its message',
      { message: 'a\0b' },
      'the message of chatapp.chat 5 must not contain the NUL character',
    ],
    [
      'a lone surrogate in its reply',
      { response: 'a\ud800' },
      'the reply of chatapp.chat 5 must not contain lone surrogates',
    ],
    [
      'a date before 1970',
      { timestamp: '1960-01-01T00:00:00Z' },
      'chatapp.chat 5 is dated before 1970 or after 9999',
    ],
  ])('imports nothing of an account with a chat that has %s', async (_, fields, expected) => {
    const report = await bring(
      dumpedUser(1, 'jane_doe'),
      dumpedChat(4, 1),
      dumpedChat(5, 1, fields),
      dumpedAuthToken('d'.repeat(40), 1),
    );
    expect(reasons(report)).toEqual([[expected]]);
    expect(await find('jane_doe')).toBeNull();
    expect(report).toMatchObject({ accounts: 0, credits: 0n, chats: 0, authTokens: 0 });
  });

  test('does not apply the rules of new messages to imported ones', async () => {
    const chats = [
      dumpedChat(1, 1, { message: '', response: '' }),
      dumpedChat(2, 1, { message: 'm'.repeat(40_000), response: null }),
    ];
    expect(await bring(dumpedUser(1, 'jane_doe'), ...chats)).toMatchObject({ chats: 2, rejected: [] });
  });

  test('rejects an account whose auth token is not one of REST framework, or belongs to another account', async () => {
    const [shared, short] = ['e'.repeat(40), 'f'.repeat(39)];
    const report = await bring(
      ...[dumpedUser(1, 'jane_doe'), dumpedUser(2, 'john_doe'), dumpedUser(3, 'li.wei')],
      ...[dumpedAuthToken(shared, 1), dumpedAuthToken(shared, 2), dumpedAuthToken(short, 3)],
    );
    expect(reasons(report)).toEqual([
      ['its auth token is in use already'],
      ['its auth token is not 40 hexadecimal digits'],
    ]);
    expect(JSON.stringify(report.rejected)).not.toContain(short);
  });

  test('imports at most the first of several accounts with one email or username', async () => {
    const report = await bring(
      dumpedUser(1, 'jane@x', { email: 'Jane@Example.org' }),
      dumpedUser(2, 'jane_doe', { email: 'jane@example.org' }),
      dumpedUser(3, 'john_doe'),
      dumpedUser(4, 'John_Doe', { email: 'john@example.org' }),
    );
    expect(report.accounts).toBe(1);
    expect(reasons(report).slice(1)).toEqual([
      ['email: Is also the email of chatapp.user 1 "jane@x".'],
      ['username: Is also the username of chatapp.user 3 "john_doe".'],
    ]);
    expect((await find('john_doe'))?.user.username).toBe('john_doe');
  });

  test('any number of accounts have no email', async () => {
    const users = [
      dumpedUser(1, 'jane_doe'),
      dumpedUser(2, 'john_doe', { email: null }),
      dumpedUser(3, 'li.wei', { email: undefined }),
    ];
    expect(await bring(...users)).toMatchObject({ accounts: 3, rejected: [] });
  });

  test('rejects an account whose username or email is taken', async () => {
    const { username } = await newAccount(api, { email: 'taken@example.org' });
    const report = await bring(
      dumpedUser(1, username),
      dumpedUser(2, 'jane_doe', { email: 'Taken@Example.org' }),
    );
    expect(reasons(report)).toEqual([['username: Is taken.'], ['email: Is taken.']]);
  });

  test('imports no account twice, even if it has changed, has become malformed, or has a new name here', async () => {
    const before = dumpedUser(1, 'jane_doe');
    await bring(before, dumpedChat(1, 1));
    const found = await find('jane_doe');
    const userId = found?.user.id ?? '';
    await engine.stores.userStore.changeProfile({
      userId,
      username: { username: 'jane', usernameKey: 'jane' },
    });
    for (const fields of [{}, { tokens: 9 }, { username: 'jane@x' }, { tokens: null }, { password: '!' }]) {
      const report = await bring(dumpedUser(1, 'jane_doe', fields), dumpedChat(1, 1), dumpedChat(2, 1));
      expect(report).toMatchObject({ accounts: 0, alreadyImported: 1, rejected: [] });
    }
    expect(await engine.stores.creditLedger.balance(userId)).toEqual({ balance: 3800, held: 0 });
    expect(
      (await engine.stores.holdLedger.exchanges(userId, { limit: 10, before: null })).results,
    ).toHaveLength(1);
    expect(await find('jane_doe')).toBeNull();
  });

  test('completes an interrupted import', async () => {
    const users = [1, 2, 3, 4].map((pk) => dumpedUser(pk, `user_${pk}`));
    const importer = { ...engine.stores.accountImporter };
    let calls = 0;
    engine.stores.accountImporter.importAccount = (account) => {
      calls += 1;
      return calls === 3
        ? Promise.reject(new Error('The database is gone.'))
        : importer.importAccount(account);
    };
    await expect(bring(...users)).rejects.toThrow('The database is gone.');
    expect(await bring(...users)).toMatchObject({ accounts: 2, alreadyImported: 2, rejected: [] });
    expect(isSound(await engine.stores.ledgerAudit.inspect())).toBe(true);
  });

  test('imports chats of the same time in the order of the dump, after earlier ones', async () => {
    const at = (pk: number, timestamp: string) => dumpedChat(pk, 1, { timestamp });
    const [early, late] = ['2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z'];
    const many = Array.from({ length: 50 }, (_, index) => at(index + 10, late));
    await bring(dumpedUser(1, 'jane_doe'), ...many, at(1, early));
    const userId = (await find('jane_doe'))?.user.id ?? '';
    const { results } = await engine.stores.holdLedger.exchanges(userId, { limit: 100, before: null });
    const inOrder = results.map(({ message }) => message).reverse();
    expect(inOrder).toEqual(['Message 1', ...many.map(({ pk }) => `Message ${String(pk)}`)]);
  });
});
