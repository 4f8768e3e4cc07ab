import pg from 'pg';
import { operatorCaller } from '../src/domain/auth/caller.js';
import { echoModel } from '../src/adapters/ai/echo.js';
import { uuidIds, nodeSecrets, systemClock } from '../src/adapters/system/system.js';
import type { Database, Statement } from '../src/adapters/postgres/database.js';
import { migrationsDirectory } from '../src/adapters/postgres/schema.js';
import { pgDatabase } from '../src/adapters/postgres/pg-database.js';
import { postgresStores } from '../src/adapters/postgres/postgres-stores.js';
import { postgresLedgerAudit } from '../src/adapters/postgres/ledger-audit.js';
import { createCore } from '../src/domain/core.js';
import { isSound } from '../src/domain/ledger/invariants.js';
import { openHold, settlementOf } from '../src/testing/accounts.js';
import { earlierLedger } from '../tests/adapters/postgres/version-0.1/ledger.js';
import { capacityFor, compareWithModel, rowBytes, type TableSize } from './capacity.js';
import { fill, type RowCounts } from './fill.js';
import { startPostgres, type BenchPostgres } from './postgres.js';

const rounds = 200;
const chatsPerAccount = 100;
const lotsPerAccount = 5;
/** One without lots and caps, one with lots, and one with a cap. */
const measuredAccounts = 3;
/** PostgreSQL reads smaller tables sequentially, because that is faster than an index. */
const smallTableRows = 10_000;
const page = { limit: 20, before: null };
/** Of the small database: those that are measured, and enough others that each list has a full page. */
const smallAccounts = measuredAccounts + page.limit;
const anyTime = { from: null, to: null };

/** One kind of work, and the variants that are compared with its first one. */
type Work = Record<string, () => Promise<unknown>>;

/** A database with the accounts that are measured, alone or among many others. */
interface Subject {
  groups: Work[];
  /** The last execution of each statement, with its values. */
  statements: Map<string, Statement>;
  client: pg.Client;
  database: Database;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function openSubject(postgres: BenchPostgres, name: string, counts: RowCounts): Promise<Subject> {
  await postgres.createDatabase(name);
  const connectionString = postgres.url(name);
  const database = pgDatabase({
    connectionString,
    poolSize: 8,
    connectTimeoutMs: 5000,
    statementTimeoutMs: 60_000,
    onIdleError: () => undefined,
  });
  await database.migrate(migrationsDirectory);
  const statements: Subject['statements'] = new Map();
  const recording: Database = {
    ...database,
    query: (statement) => {
      statements.set(statement.text, statement);
      return database.query(statement);
    },
  };
  const stores = postgresStores(recording);
  const core = createCore({
    ...stores,
    ids: uuidIds(),
    secrets: nodeSecrets(),
    clock: systemClock(),
    models: [{ name: 'echo', model: echoModel() }],
  });
  const adopt = async (foreignId: string) => (await core.users.adopt({ foreignId })).id;
  const measured = {
    plain: await adopt('plain'),
    withLots: await adopt('with lots'),
    withCap: await adopt('with a cap'),
  };
  const userId = measured.plain;
  const client = new pg.Client({ connectionString });
  // If the benchmark fails, the server stops before its clients.
  client.on('error', () => undefined);
  await client.connect();
  await fill(client, counts, measured);
  statements.clear();
  const anyUser = { text: null, role: null, status: null } as const;
  const users = { ...anyTime, ...anyUser, sort: 'created_at', isDescending: true } as const;
  const chats = { ...anyTime, user: null, status: null, model: null, text: null };
  const earlier = earlierLedger(recording, { batches: true });
  const chat = (id: string) => () => core.chat.send({ userId: id, message: 'Hello', conversation: 'none' });
  const balance = (id: string) => () => core.ledger.balance({ caller: operatorCaller, userId: id });
  const history = (id: string) => () => core.chat.exchanges({ caller: operatorCaller, userId: id }, page);
  return {
    statements,
    client,
    database,
    groups: [
      {
        'hold and charge': async () => {
          const hold = await openHold(stores, userId);
          await stores.holdLedger.settle(settlementOf(hold, 100));
        },
        '  version 0.1': async () => {
          const holdId = await earlier.reserve(userId, 100);
          await earlier.settle(userId, holdId ?? '', 100);
        },
      },
      {
        chat: chat(userId),
        '  with lots': chat(measured.withLots),
        '  with a cap': chat(measured.withCap),
      },
      {
        balance: balance(userId),
        '  with lots': balance(measured.withLots),
        '  with a cap': balance(measured.withCap),
      },
      { history: history(userId), '  with lots': history(measured.withLots) },
      { entries: () => core.ledger.entries({ caller: operatorCaller, userId }, page) },
      { 'admin: users': () => core.admin.users({ ...users, caller: operatorCaller }, page) },
      { 'admin: chats': () => core.admin.exchanges({ ...chats, caller: operatorCaller }, page) },
      {
        'admin: chats of one': () =>
          core.admin.exchanges({ ...chats, caller: operatorCaller, user: userId }, page),
      },
      {
        'admin: entries': () =>
          core.admin.entries({ ...anyTime, caller: operatorCaller, user: null, kind: null }, page),
      },
    ],
  };
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await run();
  return performance.now() - startedAtMs;
}

function quantile(times: number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? NaN;
}

/** Returns the sequential scans of large tables in the plans of a subject's statements. */
async function sequentialScans({ statements, client }: Subject): Promise<string[]> {
  const large = await client.query<{ relname: string }>(
    'select relname from pg_class where reltuples >= $1',
    [smallTableRows],
  );
  const tables = new Set(large.rows.map(({ relname }) => relname));
  const scans: string[] = [];
  for (const { text, values = [] } of statements.values()) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values]);
    for (const { 'QUERY PLAN': line } of rows) {
      const table = /Seq Scan on (\w+)/.exec(line)?.[1];
      if (table !== undefined && tables.has(table))
        scans.push(`${line.trim()} in ${text.trim().slice(0, 80)}`);
    }
  }
  return scans;
}

/** The times of one row, in milliseconds. */
interface Times {
  alone: number[];
  grown: number[];
}

/** Measures the variants of each group in turn, alone and grown, so that a slow phase of the machine affects all of them. */
async function compare(alone: Subject, grown: Subject): Promise<void> {
  say('what                    alone p50    grown p50   ratio    alone p99    grown p99  of first');
  for (const [index, group] of alone.groups.entries()) {
    const times = await measure(group, grown.groups[index] ?? group);
    const [first] = times.values();
    for (const [name, row] of times) {
      const ofFirst = row === first || first === undefined ? null : median(row.grown) / median(first.grown);
      say(rowText(name, row, ofFirst));
    }
  }
}

async function measure(alone: Work, grown: Work): Promise<Map<string, Times>> {
  const times = new Map<string, Times>(Object.keys(alone).map((name) => [name, { alone: [], grown: [] }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, row] of times) {
      row.alone.push(await timeOf(alone[name] ?? nothing));
      row.grown.push(await timeOf(grown[name] ?? nothing));
    }
  }
  return times;
}

const nothing = () => Promise.resolve();

function rowText(name: string, { alone, grown }: Times, ofFirst: number | null): string {
  const [a50, g50, a99, g99] = [median(alone), median(grown), quantile(alone, 0.99), quantile(grown, 0.99)];
  const milliseconds = [a50, g50].map((each) => `${each.toFixed(2)} ms`.padStart(12)).join(' ');
  const tails = [a99, g99].map((each) => `${each.toFixed(2)} ms`.padStart(12)).join(' ');
  const share = (ofFirst?.toFixed(2) ?? '').padStart(9);
  return `${name.padEnd(20)} ${milliseconds} ${(g50 / a50).toFixed(2).padStart(7)} ${tails} ${share}`.trimEnd();
}

function median(times: number[]): number {
  return quantile(times, 0.5);
}

/** Prints the bytes of the rows of a chat, and whether they are those of the model in capacity.ts. */
async function checkCapacity({ client }: Subject): Promise<boolean> {
  let isAsModelled = true;
  for (const table of Object.keys(rowBytes) as TableSize['table'][]) {
    const { rows } = await client.query<{ rows: string; bytes: string }>(
      `select (select count(*) from ${table}) as rows, pg_total_relation_size('${table}') as bytes`,
    );
    const [size] = rows;
    const found = compareWithModel({ table, rows: Number(size?.rows), bytes: Number(size?.bytes) });
    say(
      `${table}: ${Math.round(found.measured)} bytes a row with its indexes; the model has ${rowBytes[table]}.`,
    );
    isAsModelled &&= found.isAsModelled;
  }
  for (const chatsPerSecond of [10, 100, 1000]) {
    const { serverCores, databaseCores, rowsPerDay, diskBytesPerDay } = capacityFor(chatsPerSecond);
    say(
      `${chatsPerSecond} chats a second: ${serverCores.toFixed(2)} cores for servers, ${databaseCores.toFixed(2)} for PostgreSQL, ${(rowsPerDay / 1e6).toFixed(1)} million rows and ${(diskBytesPerDay / 1e9).toFixed(1)} GB a day`,
    );
  }
  return isAsModelled;
}

/** The share of the full size, for example `FIGURE=0.01`. */
const scale = Number(process.env['FIGURE'] ?? 1);
const postgres = await startPostgres();
try {
  const startedAtMs = Date.now();
  const alone = await openSubject(postgres, 'alone', {
    accounts: page.limit,
    chats: smallAccounts * chatsPerAccount,
    entries: smallAccounts * 10 * chatsPerAccount,
    lotsPerAccount,
  });
  const counts = {
    accounts: Math.ceil(20_000 * scale),
    chats: Math.ceil(1_000_000 * scale),
    entries: Math.ceil(10_000_000 * scale),
    lotsPerAccount,
  };
  const grown = await openSubject(postgres, 'grown', counts);
  const filledMs = Date.now() - startedAtMs;
  say(
    `${counts.entries} entries, ${counts.chats} chats and ${counts.accounts * lotsPerAccount} lots of ${counts.accounts} capped accounts in ${filledMs} ms`,
  );
  await compare(alone, grown);
  const scans = await sequentialScans(grown);
  say(
    scans.length === 0
      ? `No plan scans a table of ${smallTableRows} rows or more sequentially.`
      : scans.join('\n'),
  );
  const sound = isSound(await postgresLedgerAudit(grown.database).inspect());
  say(sound ? 'The invariants hold.' : 'An invariant is violated.');
  const isAsModelled = await checkCapacity(grown);
  if (!isAsModelled) say('A table has other sizes than the model of capacity.ts.');
  process.exitCode = scans.length === 0 && sound && isAsModelled ? 0 : 1;
  await Promise.all([alone, grown].flatMap((each) => [each.client.end(), each.database.close()]));
} finally {
  await postgres.stop();
}
