import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { accountIds, batchedChatScript, batchSize, chatScript, openingBalance } from './limit-scripts.js';
import type { BenchPostgres } from './postgres.js';

/** What the database does alone. */
export interface LimitResult {
  /** Pairs of reserve and settle per second. */
  chatsPerSecond: number;
  /** How long a pair takes, or a batch of pairs, in milliseconds, in ascending order. */
  timesMs: number[];
}

/** The throughput of the database alone: the statements that reserve and settle, without HTTP and domain. */
export interface DatabaseLimit {
  driver: string;
  /** The statements for one chat each, from as many connections as the server has. */
  chats(connections: number, durationSeconds: number): Promise<LimitResult>;
  /** The statements for batches, with about as many chats at once as the server has connections. */
  batchedChats(connections: number, durationSeconds: number): Promise<LimitResult>;
}

/** Prepares to run the statements of a chat directly on the database with pgbench. Returns null if that is not installed. */
export async function openLimit(postgres: BenchPostgres, database: string): Promise<DatabaseLimit | null> {
  const driver = pgbenchVersion();
  if (driver === null) return null;
  const client = new pg.Client(postgres.url(database));
  await client.connect();
  for (const id of accountIds) {
    await client.query('insert into balances (user_id, balance) values ($1, $2)', [id, openingBalance]);
    await client.query(
      "insert into entries (user_id, id, kind, amount, balance_after) values ($1, gen_random_uuid(), 'grant', $2, $2)",
      [id, openingBalance],
    );
  }
  await client.end();
  const run = (script: string, connections: number, durationSeconds: number) =>
    runPgbench(postgres, { database, script, connections, durationSeconds });
  return {
    driver,
    chats: async (connections, durationSeconds) => {
      const { perSecond, timesMs } = await run(chatScript(Date.now()), connections, durationSeconds);
      return { chatsPerSecond: perSecond, timesMs };
    },
    batchedChats: async (connections, durationSeconds) => {
      const script = batchedChatScript(Date.now(), batchSize);
      const clients = Math.ceil(connections / batchSize);
      const { perSecond, timesMs } = await run(script, clients, durationSeconds);
      return { chatsPerSecond: perSecond * batchSize, timesMs };
    },
  };
}

function pgbenchVersion(): string | null {
  try {
    return execFileSync('pgbench', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

interface PgbenchRun {
  database: string;
  script: string;
  connections: number;
  durationSeconds: number;
}

async function runPgbench(
  postgres: BenchPostgres,
  { database, script, connections, durationSeconds }: PgbenchRun,
): Promise<{ perSecond: number; timesMs: number[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'metered-chat-pgbench-'));
  await writeFile(join(directory, 'chat.sql'), script);
  try {
    const { stdout } = await promisify(execFile)(
      'pgbench',
      [
        ...['-h', postgres.host, '-p', String(postgres.port), '-U', postgres.user],
        ...[
          '-n',
          '-M',
          'prepared',
          '-f',
          'chat.sql',
          '-D',
          'n=0',
          '-D',
          `size=${batchSize}`,
          '-l',
          '--log-prefix',
          'times',
        ],
        ...['-c', String(connections), '-j', '1', '-T', String(durationSeconds), database],
      ],
      { cwd: directory, env: { ...process.env, PGPASSWORD: postgres.password } },
    );
    const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0';
    if (failed !== '0') throw new Error(`pgbench failed:\n${stdout}`);
    // Without this line no transaction was completed: the machine is busy with something else.
    const perSecond = /^tps = ([\d.]+)/m.exec(stdout)?.[1] ?? '0';
    return { perSecond: Number(perSecond), timesMs: await readTimes(directory) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Reads the log of pgbench: a line for each transaction, with its microseconds in the third column. */
async function readTimes(directory: string): Promise<number[]> {
  const logs = (await readdir(directory)).filter((name) => name.startsWith('times'));
  const texts = await Promise.all(logs.map((name) => readFile(join(directory, name), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n').filter((line) => line !== ''))
    .map((line) => Number(line.split(' ')[2]) / 1000)
    .sort((left, right) => left - right);
}
