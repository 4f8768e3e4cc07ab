import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { postgresPrograms } from '../setup/programs.js';
import { balanceOf, chat, historyOf, logIn, registerMany, type Account } from './api-client.js';
import { startLoad } from './chat-load.js';
import { freshDataFolder, removeDataFolders } from './data-folder.js';
import { installedPostgres } from './installed-postgres.js';
import { killProcesses, runCommand, startServer, type Environment } from './server-process.js';

const programs = postgresPrograms();
const run = promisify(execFile);

afterEach(killProcesses);
afterAll(removeDataFolders);

/** Returns the commands under a heading of docs/operating.md. */
async function documentedCommands(heading: string): Promise<string> {
  const page = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  const section = page.split(/^(?=##+ )/m).find((text) => text.startsWith(`${heading}\n`));
  const commands = /```sh\n([^]*?)```/.exec(section ?? '')?.[1];
  if (commands === undefined) throw new Error(`There are no commands under "${heading}".`);
  return commands;
}

async function runDocumented(heading: string, environment: Environment): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'metered-chat-backup-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const commands = await documentedCommands(heading);
  const env = { ...environment, PATH: `${programs ?? ''}:${process.env['PATH'] ?? ''}` };
  await run('sh', ['-euc', commands], { cwd, env });
}

/** Checks that the ledger is sound, and that users can sign in and have their balances and chats. */
async function expectAllData(
  environment: Environment,
  expected: { account: Account; balance: number; messages: string[] }[],
): Promise<void> {
  const verified = await runCommand(['ledger-verify'], environment);
  expect(verified).toMatchObject({ exitCode: 0 });
  const server = await startServer(environment);
  for (const { account, balance, messages } of expected) {
    const signedIn = await logIn(server.url, account.username);
    expect((await balanceOf(server.url, account)).tokens).toBe(balance);
    const lines = await historyOf(server.url, signedIn);
    expect(lines.map(({ message }) => message)).toEqual(messages);
    expect((await chat(server.url, signedIn, 'After the restore')).body.remaining_tokens).toBe(balance - 100);
  }
  await server.terminate();
}

/** Creates accounts with a few chats each. */
async function createChats(
  url: string,
): Promise<{ account: Account; balance: number; messages: string[] }[]> {
  const accounts = await registerMany(url, 'owner', 3);
  return Promise.all(
    accounts.map(async (account, index) => {
      const messages = Array.from({ length: index + 1 }, (_, number) => `Grüße ${number} 🦜`);
      for (const message of messages) await chat(url, account, message);
      return { account, balance: 4000 - 100 * messages.length, messages: messages.reverse() };
    }),
  );
}

test('a copy of the embedded database of a stopped server has all data', async () => {
  const [original, copy] = [await freshDataFolder(), await freshDataFolder()];
  const server = await startServer({ DATA_DIR: original });
  const expected = await createChats(server.url);
  await server.terminate();
  await rm(copy, { recursive: true, force: true });
  await runDocumented('### The embedded database', { DATA_DIR: original, BACKUP_DIR: copy });
  await expectAllData({ DATA_DIR: copy }, expected);
});

describe.runIf(programs !== null)('PostgreSQL', () => {
  test('that is dumped under load and restored has a sound ledger and all data', async () => {
    const postgres = await installedPostgres(programs ?? '');
    onTestFinished(postgres.remove);
    const restoredUrl = postgres.url.replace(/postgres$/, 'restored');
    const server = await startServer({ DATABASE_URL: postgres.url });
    const expected = await createChats(server.url);
    const load = startLoad([server.url], await registerMany(server.url, 'loader', 5));
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('create database restored');
    await client.end();
    await runDocumented('### PostgreSQL', { DATABASE_URL: postgres.url, RESTORED_URL: restoredUrl });
    await load.stop();
    await server.terminate();
    await expectAllData({ DATABASE_URL: restoredUrl }, expected);
    await killProcesses();
  });
});
