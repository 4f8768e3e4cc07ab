import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dumpedAuthToken, dumpedChat, dumpedUser, dumpOf, oldPassword } from '../adapters/django/dumps.js';
import { balanceOf, call, historyOf } from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { emptyDataFolder, removeDataFolders } from './data-folder.js';
import { killProcesses, runCommand, runProgram, startServer } from './server-process.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const secret = '0123456789abcdef0123456789abcdef01234567';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metered-chat-dumps-'));
});
afterEach(killProcesses);
afterAll(async () => {
  await removeDataFolders();
  await rm(folder, { recursive: true });
});

/** Writes a dump and returns its path. */
async function dumpFile(name: string, ...objects: unknown[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, dumpOf(...objects));
  return path;
}

function manyAccounts(count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => [
    dumpedUser(index, `user_${index}`),
    dumpedChat(2 * index, index),
    dumpedChat(2 * index + 1, index),
    dumpedAuthToken(index.toString(16).padStart(40, '0'), index),
  ]).flat();
}

test('import-django requires a database, and the server has the imported accounts', async () => {
  const environment = { DATA_DIR: await emptyDataFolder() };
  const dump = await dumpFile(
    'one.json',
    dumpedUser(1, 'jane_doe'),
    dumpedChat(1, 1),
    dumpedAuthToken(secret, 1),
  );
  const rejected = await runCommand(['import-django', dump], environment);
  expect(rejected).toMatchObject({ exitCode: 1 });
  expect(rejected.output).toContain('There is no database');
  await runCommand(['migrate'], environment);
  const first = await runCommand(['import-django', dump], environment);
  expect(first.exitCode).toBe(0);
  expect(first.standardOutput).toContain('Imported 1 account with 3800 tokens, 1 chat and 1 auth token.');
  expect(first.output).not.toContain(secret);
  const server = await startServer(environment);
  const jane = { username: 'jane_doe', authToken: secret };
  expect(await balanceOf(server.url, jane)).toEqual({ tokens: 3800, held: 0 });
  expect(await historyOf(server.url, jane)).toMatchObject([{ message: 'Message 1', status: 'imported' }]);
  const login = await call(server.url, '/api/login/', {
    body: { username: 'jane_doe', password: oldPassword },
  });
  expect(login.status).toBe(200);
}, 240_000);

describe('import-django on PostgreSQL', () => {
  const storage = storagePerTest('PostgreSQL', ({ environment }) => runCommand(['migrate'], environment));

  const run = (...args: string[]) => runCommand(['import-django', ...args], storage().environment);
  const countOf = (table: string) =>
    storage().withDatabase(async (database) => {
      const rows = await database.query<{ count: number }>({
        text: `select count(*)::bigint as count from ${table}`,
      });
      return rows[0]?.count ?? 0;
    });

  test('exits with 1, names what could not be imported with the reason, and imports the rest', async () => {
    const dump = await dumpFile(
      'some.json',
      dumpedUser(1, 'jane_doe'),
      dumpedUser(2, 'jane@example.org'),
      dumpedUser(3, 'john_doe', { password: '!unusable' }),
      dumpedChat(9, 99),
      dumpedAuthToken(secret, 98),
    );
    for (const line of ['Imported 1 account with', '1 account had been imported before.']) {
      const { exitCode, standardOutput, output } = await run(dump);
      expect(exitCode).toBe(1);
      expect(standardOutput).toContain(line);
      expect(standardOutput.split('\n').slice(-5).join('\n')).toBe(
        [
          '  chatapp.user 2 "jane@example.org": username: May contain only ASCII letters, digits and . + - _',
          '  chatapp.user 3 "john_doe": it has no usable password',
          '  chatapp.chat 9: its user is not in the dump',
          '  one of authtoken.token: its user is not in the dump',
          '',
        ].join('\n'),
      );
      expect(output).not.toContain(secret);
    }
    expect(await countOf('users')).toBe(1);
  });

  test('names at most ten reasons for one account', async () => {
    const chats = Array.from({ length: 30 }, (_, index) => dumpedChat(index, 1, { message: null }));
    const { exitCode, standardOutput } = await run(
      await dumpFile('bad.json', dumpedUser(1, 'jane_doe'), ...chats),
    );
    expect(exitCode).toBe(1);
    expect(standardOutput.match(/is not a string/g)).toHaveLength(10);
    expect(standardOutput).toContain('; and 20 more');
  });

  test('accepts options that name the fields and models', async () => {
    const dump = await dumpFile('two.json', dumpedUser(1, 'jane_doe', { credits: 7 }));
    const unclear = await run(dump);
    expect(unclear).toMatchObject({ exitCode: 1 });
    expect(unclear.standardOutput).toContain('--balance-field');
    expect(await countOf('users')).toBe(0);
    const clear = await run(dump, '--balance-field', 'credits', '--user-model', 'chatapp.user');
    expect(clear.standardOutput).toContain('Imported 1 account with 7 tokens');
  });

  test('prints its usage, or what is wrong with a file, without a stack trace', async () => {
    const noDump = await dumpFile('none.json');
    await writeFile(noDump, 'not JSON, and it holds "hunter2"');
    const results = {
      usage: await run(),
      surplus: await run('a.json', 'b.json'),
      option: await run('a.json', '--chats', 'x'),
      missing: await run(join(folder, 'missing.json')),
      noDump: await run(noDump),
    };
    for (const { output } of Object.values(results)) {
      expect(output).not.toContain('    at ');
      expect(output).not.toContain('hunter2');
    }
    expect(results.usage).toMatchObject({ exitCode: 2 });
    expect(results.usage.output).toContain('Usage: npm run import:django');
    expect(results.surplus).toMatchObject({ exitCode: 2 });
    expect(results.option.exitCode).not.toBe(0);
    expect(results.missing).toMatchObject({ exitCode: 1 });
    expect(results.missing.output).toContain('missing.json cannot be read (ENOENT).');
    expect(results.noDump).toMatchObject({ exitCode: 1 });
    expect(results.noDump.output).toContain('not the JSON that dumpdata writes');
  });

  test('imports every account once if two run at the same time', async () => {
    await runCommand(['migrate'], storage().environment);
    const dump = await dumpFile('twice.json', ...manyAccounts(60));
    const results = await Promise.all([run(dump), run(dump)]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const imported = results.map(({ standardOutput }) =>
      Number(/Imported (\d+) account/.exec(standardOutput)?.[1]),
    );
    expect(imported.reduce((sum, count) => sum + count)).toBe(60);
    expect([await countOf('users'), await countOf('entries'), await countOf('exchanges')]).toEqual([
      60, 60, 120,
    ]);
    expect((await ledgerErrors(storage())).errors).toEqual([]);
  });

  test('leaves complete accounts if it is killed, and the next run imports the rest', async () => {
    await runCommand(['migrate'], storage().environment);
    const dump = await dumpFile('many.json', ...manyAccounts(500));
    const killed = runProgram(['import-django', dump], storage().environment);
    await awaitUntil('some accounts exist', 60_000, async () =>
      (await countOf('users')) >= 5 ? true : null,
    );
    killed.send('SIGKILL');
    expect((await killed.exited).signal).toBe('SIGKILL');
    const users = await countOf('users');
    expect(users).toBeLessThan(500);
    expect([await countOf('sessions'), await countOf('entries'), await countOf('exchanges')]).toEqual([
      users,
      users,
      2 * users,
    ]);
    expect((await ledgerErrors(storage())).errors).toEqual([]);
    const { exitCode, standardOutput } = await run(dump);
    expect(exitCode).toBe(0);
    expect(standardOutput).toMatch(/\d accounts had been imported before\./);
    expect([await countOf('users'), await countOf('entries'), await countOf('exchanges')]).toEqual([
      500, 500, 1000,
    ]);
    expect((await ledgerErrors(storage())).errors).toEqual([]);
  }, 180_000);
});
