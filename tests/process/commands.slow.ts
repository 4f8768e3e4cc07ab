import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { invariantStatements } from '../../src/domain/ledger/invariants.js';
import { logIn, register } from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { emptyDataFolder, freshDataFolder, removeDataFolders } from './data-folder.js';
import { killProcesses, runCommand, runProgram, startServer, type RunOptions } from './server-process.js';
import { freePort } from '../setup/free-port.js';
import { storagePerTest } from './storage.js';

const password = 'StrongPass123!';

afterEach(killProcesses);
afterAll(removeDataFolders);

describe('on PostgreSQL', () => {
  const storage = storagePerTest('PostgreSQL');

  function run(args: readonly string[], options?: RunOptions) {
    return runCommand(args, storage().environment, options);
  }

  async function createAdmin(username: string, options?: RunOptions) {
    await run(['migrate']);
    return run(['create-admin', '--username', username, '--email', '', '--password-stdin'], options);
  }

  test('migrate updates the database, and a second run changes nothing', async () => {
    const first = await run(['migrate']);
    expect(first).toMatchObject({ exitCode: 0, standardOutput: 'The database is up to date.\n' });
    expect(first.output).toContain('Migrated the database: ');
    const second = await run(['migrate']);
    expect(second.exitCode).toBe(0);
    expect(second.output).not.toContain('Migrated');
  });

  test('create-admin creates an administrator who can sign in', async () => {
    expect(await createAdmin('root', { input: `${password}\r\nand more\n` })).toMatchObject({
      exitCode: 0,
      standardOutput: 'Created the administrator root.\n',
    });
    const rows = await storage().withDatabase((database) =>
      database.query({ text: 'select username, role from users' }),
    );
    expect(rows).toEqual([{ username: 'root', role: 'admin' }]);
    const server = await startServer(storage().environment);
    await logIn(server.url, 'root');
  });

  test('create-admin rejects a weak password with all reasons, without a stack trace', async () => {
    const weak = await createAdmin('root', { input: '1234567\n' });
    expect(weak.exitCode).toBe(1);
    expect(weak.output.match(/^ {2}password: /gm)?.length).toBeGreaterThanOrEqual(2);
    expect(weak.output).not.toContain('    at ');
  });

  test('create-admin accepts no password as an argument, and does not print it', async () => {
    await run(['migrate']);
    const { exitCode, output } = await run(['create-admin', '--username', 'root', `--password=${password}`]);
    expect(exitCode).not.toBe(0);
    expect(output).toContain("Unknown option '--password'");
    expect(output).not.toContain(password);
  });

  test('grant adds credits with a reason, and rejects an amount that would make the balance negative', async () => {
    const server = await startServer(storage().environment);
    await register(server.url, 'jane_doe');
    const granted = await run(['grant', 'Jane_Doe', '500', '--reason', 'a gift']);
    expect(granted.exitCode).toBe(0);
    expect(granted.standardOutput).toBe('jane_doe now has 4500 tokens (grant 500).\n');
    const rejected = await run(['grant', 'jane_doe', '-4501', '--reason', 'too much']);
    expect(rejected.exitCode).toBe(1);
    expect(rejected.output).toContain('A balance must stay between 0 and');
    expect(rejected.output).not.toContain('    at ');
    const rows = await storage().withDatabase((database) =>
      database.query({ text: `select amount, reason from entries order by created_at` }),
    );
    expect(rows).toEqual([
      { amount: 4000, reason: 'Opening grant' },
      { amount: 500, reason: 'a gift' },
    ]);
  });

  test('ledger-verify exits with 0 on a sound ledger; otherwise it names all broken invariants and exits with 1', async () => {
    await createAdmin('root', { input: password });
    const sound = await run(['ledger-verify']);
    expect(sound.exitCode).toBe(0);
    for (const statement of Object.values(invariantStatements)) {
      expect(sound.output).toMatch(new RegExp(`^holds .*${statement}: 0$`, 'm'));
    }
    await storage().withDatabase(async (database) => {
      for (const text of corruptions) await database.query({ text });
    });
    const broken = await run(['ledger-verify']);
    expect(broken.exitCode).toBe(1);
    for (const statement of Object.values(invariantStatements)) {
      expect(broken.output).toMatch(new RegExp(`^BROKEN .*${statement}: [1-9]`, 'm'));
    }
  });

  test('a command that requires tables reports that there are none, and creates none', async () => {
    for (const args of commandsThatCreateNoDatabase) {
      const { exitCode, output } = await run(args, { input: password });
      expect(exitCode).toBe(1);
      expect(output).toContain('The schema "public" contains no database of metered-chat.');
      expect(output).not.toContain('    at ');
    }
    const tables = await storage().withDatabase((database) =>
      database.query({ text: `select 1 from pg_class where relnamespace = 'public'::regnamespace` }),
    );
    expect(tables).toEqual([]);
  });

  test('DATABASE_SCHEMA separates two servers, a command and another program in one database', async () => {
    await storage().withDatabase((database) => database.query({ text: 'create table users (id int)' }));
    const rejected = await run(['migrate']);
    expect(rejected.exitCode).toBe(1);
    expect(rejected.output).toContain('The schema "public" already contains "users"');
    expect(rejected.output).not.toContain('    at ');
    const [one, two] = ['one', 'two'].map((schema) => ({
      ...storage().environment,
      DATABASE_SCHEMA: schema,
    }));
    const servers = await Promise.all([startServer(one ?? {}), startServer(two ?? {})]);
    await Promise.all(servers.map(({ url }) => register(url, 'jane_doe')));
    const granted = await runCommand(['grant', 'jane_doe', '500', '--reason', 'a gift'], two ?? {});
    expect(granted.standardOutput).toContain('4500');
    for (const environment of [one, two]) {
      expect(await runCommand(['ledger-verify'], environment ?? {})).toMatchObject({ exitCode: 0 });
    }
  });

  test('move-schema moves the accounts to the schema in which a server then finds them', async () => {
    await createAdmin('root', { input: `${password}\n` });
    const moved = await run(['move-schema', 'metered_chat']);
    expect(moved.standardOutput).toContain('to "metered_chat". Set DATABASE_SCHEMA=metered_chat');
    const again = await run(['move-schema', 'metered_chat']);
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.output).toContain('The schema "public" contains no database of metered-chat.');
    const server = await startServer({ ...storage().environment, DATABASE_SCHEMA: 'metered_chat' });
    await logIn(server.url, 'root');
  });

  test('the error about a missing database has its name, without a stack trace and without the password', async () => {
    const url = new URL(storage().environment['DATABASE_URL'] ?? '');
    url.password ||= 'no password is asked here';
    const environment = { DATABASE_URL: new URL('/no_such_database', url).href };
    for (const args of [['serve'], ['migrate']]) {
      const { exitCode, output } = await runCommand(args, { PORT: '0', ...environment });
      expect(exitCode).toBe(1);
      expect(output).toContain(
        'PostgreSQL rejects the connection: database "no_such_database" does not exist.',
      );
      expect(output).not.toContain('    at ');
      expect(output).not.toContain(`:${url.password}@`);
    }
  });

  test('the error about a port in use has no stack trace', async () => {
    const server = await startServer(storage().environment);
    const { exitCode, output } = await runCommand(['serve'], {
      ...storage().environment,
      PORT: new URL(server.url).port,
    });
    expect(exitCode).toBe(1);
    expect(output).toBe('Another program uses that address. Choose another port: PORT=8001 npm start\n');
  });
});

/** Each statement breaks one invariant, after the constraints and triggers that prevent that are dropped. */
const corruptions = [
  'alter table entries disable trigger entries_append_only',
  'alter table balances drop constraint balances_balance_check',
  'alter table exchanges drop constraint exchanges_consistent',
  'drop index exchanges_idempotency_key',
  'update balances set balance = -1',
  ...[1, 2].map(
    (number) => `
      insert into exchanges (user_id, id, model, message, held, hold_deadline, idempotency_key, status, hold_state, captured)
      select id, '00000000-0000-7000-8000-00000000000${number}', 'echo', 'Hello', 100, now(), 'one key', 'completed',
        'captured', 101 from users`,
  ),
  'drop index lots_one_allowance',
  ...[1, 2].map(
    (number) => `
      insert into lots (user_id, id, kind, amount, left_over, priority, expires_at, period)
      select id, '00000000-0000-7000-8000-00000000000${number}', 'allowance', 10, 10, 10, now() - interval '1 hour',
        'day 2026-11-29' from users`,
  ),
  'update balances set debt = 5',
  `insert into voucher_batches (id, codes, credits, max_redemptions)
    values ('00000000-0000-7000-8000-000000000003', 1, 5, 1)`,
  `insert into vouchers (digest, batch_id, redemptions, max_redemptions)
    values (decode(repeat('00', 32), 'hex'), '00000000-0000-7000-8000-000000000003', 1, 1)`,
  `insert into cap_counters (user_id, cap, window_start, counted) select id, 'total account', '2000-01-01', 5 from users`,
];

const commandsThatCreateNoDatabase = [
  ['create-admin', '--username', 'root', '--email', '', '--password-stdin'],
  ['grant', 'jane_doe', '1', '--reason', 'a gift'],
  ['ledger-verify'],
];

test('a command that requires an embedded database reports that there is none, and creates nothing', async () => {
  const folder = await emptyDataFolder();
  for (const path of [folder, join(folder, 'missing')]) {
    for (const args of commandsThatCreateNoDatabase) {
      const { exitCode, output } = await runCommand(args, { DATA_DIR: path }, { input: password });
      expect(exitCode).toBe(1);
      expect(output).toBe(
        `There is no database in ${path}. Run migrate or serve to create one, or set DATABASE_URL to use PostgreSQL.\n`,
      );
    }
  }
  expect(await readdir(folder)).toEqual([]);
});

test.each([['serve'], ['migrate'], ['ledger-verify']])(
  '%s names the missing file of a damaged embedded database, and changes nothing',
  async (command) => {
    const folder = await freshDataFolder();
    const version = join(folder, 'database', 'PG_VERSION');
    await rm(version);
    const before = await readdir(folder, { recursive: true });
    const { exitCode, output } = await runCommand([command], { DATA_DIR: folder, PORT: '0' });
    expect(exitCode).toBe(1);
    expect(output).toContain('PG_VERSION is missing. Nothing was changed. Restore the whole folder');
    expect(output).not.toContain('    at ');
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  },
);

test('every command names the process that uses the embedded database, and what to do', async () => {
  const folder = await emptyDataFolder();
  const server = runProgram(['serve'], { DATA_DIR: folder, PORT: '0' });
  await awaitUntil('the folder is locked', 20_000, () =>
    Promise.resolve(server.output().includes('embedded database') || null),
  );
  const commands = [['migrate'], ...commandsThatCreateNoDatabase];
  const results = await Promise.all(
    commands.map((args) => runCommand(args, { DATA_DIR: folder }, { input: password })),
  );
  for (const { exitCode, output } of results) {
    expect(exitCode).toBe(1);
    expect(output).toContain(`The data in ${folder} is in use by process ${server.pid} on ${hostname()};`);
    expect(output).toContain('Stop that process');
  }
});

test('--help after a command prints the commands and the settings, and does nothing else', async () => {
  const folder = join(await emptyDataFolder(), 'not created');
  for (const args of [
    ['serve', '--help'],
    ['grant', '--help'],
  ]) {
    const { exitCode, standardOutput } = await runCommand(args, { DATA_DIR: folder, PORT: 'wrong' });
    expect(exitCode).toBe(0);
    expect(standardOutput).toContain('npm run create-admin');
    expect(standardOutput).toContain('PORT=8000');
  }
});

test('an unknown command prints the list of commands', async () => {
  const { exitCode, output } = await runCommand(['toString'], {});
  expect(exitCode).toBe(2);
  expect(output).toContain('Unknown command "toString".');
  expect(output).toContain('npm run migrate');
});

test('all invalid settings are reported at once, and no value is printed', async () => {
  const secret = 'hunter2hunter2';
  const { exitCode, output } = await runCommand(['serve'], {
    PORT: secret,
    BCRYPT_COST: '4',
    LOG_LEVEL: 'loud',
    DATABASE_URL: `postgresql://me:${secret}@host with spaces/database`,
  });
  expect(exitCode).toBe(2);
  for (const name of ['PORT', 'BCRYPT_COST', 'LOG_LEVEL', 'DATABASE_URL']) {
    expect(output).toMatch(new RegExp(`^  ${name} must be `, 'm'));
  }
  expect(output).not.toContain(secret);
});

test('the message about an unreachable PostgreSQL has its address, without the password', async () => {
  const secret = 'hunter2hunter2';
  const url = `postgresql://me:${secret}@127.0.0.1:${await freePort()}/database`;
  const run = runProgram(['serve'], { DATABASE_URL: url, PORT: '0' });
  await awaitUntil('the connection is retried', 20_000, () =>
    Promise.resolve(run.output().includes('retrying') || null),
  );
  expect(run.output()).toContain(`Connecting to PostgreSQL at ${new URL(url).host}.`);
  expect(run.output()).not.toContain(secret);
});

test('the error about a data folder that cannot be created has its path, without a stack trace', async () => {
  const file = join(await emptyDataFolder(), 'a file');
  await writeFile(file, '');
  const { exitCode, output } = await runCommand(['migrate'], { DATA_DIR: file });
  expect(exitCode).toBe(1);
  expect(output).toContain(file);
  expect(output).not.toContain('    at ');
});

test('settings are also read from .env in the working directory, and environment variables override them', async () => {
  const workingDirectory = await mkdtemp(join(tmpdir(), 'metered-chat-env-'));
  await writeFile(join(workingDirectory, '.env'), '# two invalid settings\nPORT=wrong\nHOLD_TTL=never\n');
  const { exitCode, output } = await runCommand(['serve'], { PORT: '0' }, { workingDirectory });
  expect(exitCode).toBe(2);
  expect(output).toContain('HOLD_TTL must be a duration');
  expect(output).not.toContain('PORT');
  await rm(workingDirectory, { recursive: true });
});
