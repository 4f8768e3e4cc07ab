import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { awaitUntil } from '../../src/testing/await-until.js';
import { connects } from './pgbouncer.js';
import { ownPostgres } from './own-postgres.js';
import { freePort } from '../setup/free-port.js';

const startTimeoutMs = 30_000;

/** One PostgreSQL server of a pair. */
export interface PostgresNode {
  url: string;
  port: number;
  /** Kills all its processes at once, as if the machine had failed. */
  kill(): Promise<void>;
}

/** A primary, and a synchronous standby that has each commit before the client gets its confirmation. */
export interface ReplicatedPostgres {
  primary: PostgresNode;
  standby: PostgresNode;
  /** Promotes the standby. Resolves once it accepts writes. */
  promote(): Promise<void>;
  remove(): Promise<void>;
}

const standbySettings = ['hot_standby=on'];
// A confirmed commit can be read on both servers.
const primarySettings = [
  'hot_standby=on',
  'synchronous_standby_names=*',
  'synchronous_commit=remote_apply',
  'wal_level=replica',
];

/** Creates and starts the pair. */
export async function replicatedPostgres(): Promise<ReplicatedPostgres> {
  const folders = [await freshFolder(), await freshFolder()] as const;
  const ports = [await freePort(), await freePort()] as const;
  const first = serverIn(folders[0], ports[0], primarySettings);
  await first.initialise();
  // Before the first start, a copy of the folder is a valid base backup.
  await promisify(execFile)('cp', ['-a', `${folders[0]}/.`, folders[1]]);
  await writeFile(join(folders[1], 'standby.signal'), '');
  await appendFile(
    join(folders[1], 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${ports[0]} user=postgres password=postgres'\n`,
  );
  const second = serverIn(folders[1], ports[1], standbySettings);
  const primary = nodeOf(folders[0], ports[0]);
  const standby = nodeOf(folders[1], ports[1]);
  await first.start();
  await awaitUntil('the primary accepts connections', startTimeoutMs, () => connects(primary.url));
  // This promise stays pending until the promotion.
  second.start().catch(() => undefined);
  await awaitUntil('the standby has every commit', startTimeoutMs, () =>
    returnsRow(primary.url, `select 1 from pg_stat_replication where sync_state = 'sync'`),
  );
  return {
    primary,
    standby,
    promote: async () => {
      await returnsRow(standby.url, 'select pg_promote()');
      await awaitUntil('the standby accepts writes', startTimeoutMs, () =>
        returnsRow(standby.url, 'select 1 where not pg_is_in_recovery()'),
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

function serverIn(databaseDir: string, port: number, settings: readonly string[]) {
  return ownPostgres({ databaseDir, port, settings, isPersistent: true }).server;
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
      for (const each of [Number(pid), ...(await childrenOf(pid))]) killIfRunning(each);
    },
  };
}

async function childrenOf(pid: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', pid]);
  return stdout.trim().split(/\s+/).map(Number);
}

/** The process may have ended since it was listed. */
function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Returns true if a statement returns a row, otherwise null. */
async function returnsRow(url: string, statement: string): Promise<true | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(statement);
    return rows.length > 0 || null;
  } finally {
    await client.end();
  }
}
