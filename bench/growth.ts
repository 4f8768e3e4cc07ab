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
import { fill, type RowCounts } from './fill.js';
import { startPostgres, type BenchPostgres } from './postgres.js';

const rounds = 200;
const chatsPerAccount = 100;
/** PostgreSQL reads smaller tables sequentially, because that is faster than an index. */
const smallTableRows = 10_000;
const page = { limit: 20, before: null };
const anyTime = { from: null, to: null };

/** A database with the account that is measured, alone or among many others. */
interface Subject {
  work: Record<string, () => Promise<unknown>>;
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
  const core = createCore({
    ...postgresStores(recording),
    ids: uuidIds(),
    secrets: nodeSecrets(),
    clock: systemClock(),
    models: [{ name: 'echo', model: echoModel() }],
  });
  const { id: userId } = await core.users.adopt({ foreignId: 'measured' });
  const owner = { caller: operatorCaller, userId };
  const client = new pg.Client({ connectionString });
  // If the benchmark fails, the server stops before its clients.
  client.on('error', () => undefined);
  await client.connect();
  await fill(client, counts);
  statements.clear();
  const anyUser = { text: null, role: null, status: null } as const;
  const users = { ...anyTime, ...anyUser, sort: 'created_at', isDescending: true } as const;
  const chats = { ...anyTime, user: null, status: null, model: null, text: null };
  return {
    statements,
    client,
    database,
    work: {
      chat: () => core.chat.send({ userId, message: 'Hello', conversation: 'none' }),
      balance: () => core.ledger.balance(owner),
      history: () => core.chat.exchanges(owner, page),
      entries: () => core.ledger.entries(owner, page),
      'admin: users': () => core.admin.users({ ...users, caller: operatorCaller }, page),
      'admin: chats': () => core.admin.exchanges({ ...chats, caller: operatorCaller }, page),
      'admin: chats of one': () =>
        core.admin.exchanges({ ...chats, caller: operatorCaller, user: userId }, page),
      'admin: entries': () =>
        core.admin.entries({ ...anyTime, caller: operatorCaller, user: null, kind: null }, page),
    },
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

async function compare(alone: Subject, grown: Subject): Promise<void> {
  say('what                    alone p50    grown p50   ratio    alone p99    grown p99');
  for (const [name, runAlone] of Object.entries(alone.work)) {
    const runGrown = grown.work[name] ?? runAlone;
    const times = { alone: [] as number[], grown: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.alone.push(await timeOf(runAlone));
      times.grown.push(await timeOf(runGrown));
    }
    const [a50, g50, a99, g99] = [
      quantile(times.alone, 0.5),
      quantile(times.grown, 0.5),
      quantile(times.alone, 0.99),
      quantile(times.grown, 0.99),
    ];
    const milliseconds = [a50, g50].map((each) => `${each.toFixed(2)} ms`.padStart(12)).join(' ');
    const tails = [a99, g99].map((each) => `${each.toFixed(2)} ms`.padStart(12)).join(' ');
    say(`${name.padEnd(20)} ${milliseconds} ${(g50 / a50).toFixed(2).padStart(7)} ${tails}`);
  }
}

/** The share of the full size, for example `FIGURE=0.01`. */
const scale = Number(process.env['FIGURE'] ?? 1);
const postgres = await startPostgres();
try {
  const startedAtMs = Date.now();
  const alone = await openSubject(postgres, 'alone', {
    accounts: 0,
    chats: chatsPerAccount,
    entries: 10 * chatsPerAccount,
  });
  const counts = {
    accounts: Math.ceil(20_000 * scale),
    chats: Math.ceil(1_000_000 * scale),
    entries: Math.ceil(10_000_000 * scale),
  };
  const grown = await openSubject(postgres, 'grown', counts);
  const filledMs = Date.now() - startedAtMs;
  say(`${counts.entries} entries and ${counts.chats} chats of ${counts.accounts} accounts in ${filledMs} ms`);
  await compare(alone, grown);
  const scans = await sequentialScans(grown);
  say(
    scans.length === 0
      ? `No plan scans a table of ${smallTableRows} rows or more sequentially.`
      : scans.join('\n'),
  );
  const sound = isSound(await postgresLedgerAudit(grown.database).inspect());
  say(sound ? 'The invariants hold.' : 'An invariant is violated.');
  process.exitCode = scans.length === 0 && sound ? 0 : 1;
  await Promise.all([alone, grown].flatMap((each) => [each.client.end(), each.database.close()]));
} finally {
  await postgres.stop();
}
