import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { settle } from '../src/adapters/postgres/settle-statements.js';
import { reserve } from '../src/adapters/postgres/reserve.js';
import type { BenchPostgres } from './postgres.js';

const message = 'Hello, AI!';
const reply = `Echo: ${message}`;
const price = 100;
const frozenPrice = JSON.stringify({ perMessage: price });
const leaseMs = 30_000;
const openingBalance = 1_000_000_000_000;

/** The throughput of the database alone: the statements that reserve and settle, without HTTP and domain. */
export interface DatabaseLimit {
  driver: string;
  /** Pairs of reserve and settle per second. */
  chatsPerSecond(connections: number, durationSeconds: number): Promise<number>;
}

/** Prepares to run the two statements of a chat directly on the database, with pgbench if it is installed, else with pg. */
export async function openLimit(postgres: BenchPostgres, database: string): Promise<DatabaseLimit> {
  const client = new pg.Client(postgres.url(database));
  await client.connect();
  for (let number = 0; number < 64; number += 1) {
    await client.query('insert into balances (user_id, balance) values ($1, $2)', [
      userId(number),
      openingBalance,
    ]);
    await client.query(
      "insert into entries (user_id, id, kind, amount, balance_after) values ($1, $2, 'grant', $3, $3)",
      [userId(number), randomUUID(), openingBalance],
    );
  }
  await client.end();
  const version = pgbenchVersion();
  return version === null
    ? {
        driver: 'pg (pgbench is not installed)',
        chatsPerSecond: (...load) => runDriver(postgres.url(database), ...load),
      }
    : { driver: version, chatsPerSecond: (...load) => runPgbench(postgres, database, ...load) };
}

function userId(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function pgbenchVersion(): string | null {
  try {
    return execFileSync('pgbench', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

async function runPgbench(
  postgres: BenchPostgres,
  database: string,
  connections: number,
  durationSeconds: number,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'metered-chat-pgbench-'));
  const script = join(directory, 'chat.sql');
  await writeFile(script, pgbenchScript(Date.now()));
  try {
    const { stdout } = await promisify(execFile)(
      'pgbench',
      [
        ...['-h', postgres.host, '-p', String(postgres.port), '-U', postgres.user],
        ...['-n', '-M', 'prepared', '-f', script, '-D', 'n=0'],
        ...['-c', String(connections), '-j', '1', '-T', String(durationSeconds), database],
      ],
      { env: { ...process.env, PGPASSWORD: postgres.password } },
    );
    const failed = /number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? '0';
    const perSecond = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    if (perSecond === undefined || failed !== '0') throw new Error(`pgbench failed:\n${stdout}`);
    return Number(perSecond);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The statements of the store, with pgbench's variables in place of the placeholders. */
function pgbenchScript(run: number): string {
  const user = "('00000000-0000-7000-8000-' || lpad(:client_id::text, 12, '0'))::uuid";
  const id = (purpose: number) =>
    `(lpad(to_hex(${run}), 12, '0') || '7' || '00${purpose}8' || lpad(to_hex(:client_id::int), 3, '0') || lpad(to_hex(:n::bigint), 12, '0'))::uuid`;
  const reserveValues = [
    ...[user, id(1), `${price}`, 'null::text', 'null::text', "'chat'", 'null', 'null', `${leaseMs}`, id(3)],
    ...[`'${message}'`, "'echo'", `'${message}'`, `'${frozenPrice}'`, 'null'],
  ];
  const settleValues = [
    ...[user, id(1), `${price}`, id(2), 'null', 'null', 'null', 'null', "'completed'", `'${reply}'`],
    ...['null', "'echo'", "'stop'", 'null', 'null', 'null', 'null', 'null', 'null'],
  ];
  return [
    '\\set n :n + 1',
    `${withValues(reserve, reserveValues)};`,
    `${withValues(settle, settleValues)};`,
    '',
  ].join('\n');
}

function withValues(statement: string, values: readonly string[]): string {
  const text = statement.replace(/\$(\d+)/g, (_, number: string) => values[Number(number) - 1] ?? 'null');
  return text.replaceAll('\n', ' ').trim();
}

async function runDriver(url: string, connections: number, durationSeconds: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(url);
      await client.connect();
      return client;
    }),
  );
  const startedAt = performance.now();
  const endsAt = startedAt + durationSeconds * 1000;
  const counts = await Promise.all(
    clients.map(async (client, number) => {
      let chats = 0;
      for (; performance.now() < endsAt; chats += 1) {
        const id = randomUUID();
        const held = [
          ...[userId(number), id, price, null, null, 'chat', null, null, leaseMs, randomUUID()],
          ...[message, 'echo', message, frozenPrice, null],
        ];
        await client.query({ name: 'reserve', text: reserve, values: held });
        const charged = [
          ...[userId(number), id, price, randomUUID(), null, null, null, null, 'completed', reply],
          ...[null, 'echo', 'stop', null, null, null, null, null, null],
        ];
        await client.query({ name: 'settle', text: settle, values: charged });
      }
      return chats;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}
