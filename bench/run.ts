import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cores, hashesPerSecond } from './bcrypt-alone.js';
import { openLimit, type DatabaseLimit } from './limit.js';
import { runLoad, type LoadResult } from './load.js';
import { startPostgres } from './postgres.js';
import { startServer, type BenchServer } from './server.js';
import { measureStreams } from './streams.js';

const durationSeconds = 8;
/** The limit, chats and balances alternate, so that a slow phase of the machine affects all of them. */
const rounds = 4;
const connectionCounts = [1, 16, 64] as const;
const userCount = 64;
const password = 'Bench-Pass-2026';

/** The default cost of password hashes. */
const bcryptCost = 12;

/** A measured figure, and whether it meets its requirement. */
interface Verdict {
  requirement: string;
  figure: string;
  isMet: boolean;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function registerUsers(server: BenchServer): Promise<string[]> {
  const secrets: string[] = [];
  for (let number = 0; number < userCount; number += 1) {
    const response = await fetch(`${server.url}/api/register/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: `bench-${number}`, password }),
    });
    const { token } = (await response.json()) as { token: string };
    secrets.push(token);
  }
  return secrets;
}

function row(name: string, connections: number, result: LoadResult, ratio: string): string {
  return [
    name.padEnd(18),
    String(connections).padStart(11),
    result.perSecond.toFixed(0).padStart(10),
    `${result.p50Ms} ms`.padStart(9),
    `${result.p99Ms} ms`.padStart(9),
    String(result.busy).padStart(7),
    String(result.failures).padStart(9),
    ratio.padStart(9),
  ].join(' ');
}

const heading = `${'load'.padEnd(18)} connections  per second      p50       p99    busy  failures  of limit`;

async function measureServer(
  name: string,
  server: BenchServer,
  limit: DatabaseLimit | null,
): Promise<{
  /** Balance requests per chat, by the number of connections. */
  balancesPerChat: Record<number, number>;
  /** Chats per chat of the limit, by the number of connections. */
  shareOfLimit: Record<number, number>;
  failures: number;
}> {
  const secrets = await registerUsers(server);
  const authorization = (connection: number) => ({
    authorization: `Bearer ${secrets[connection % secrets.length] ?? ''}`,
  });
  const balancesPerChat: Record<number, number> = {};
  const shareOfLimit: Record<number, number> = {};
  let failures = 0;
  for (const connections of connectionCounts) {
    const load = { url: server.url, connections, durationSeconds: durationSeconds / rounds };
    const chatLoad = {
      ...load,
      path: '/api/chat/',
      requestOf: (connection: number) => ({
        headers: authorization(connection),
        body: JSON.stringify({ message: 'Hello, AI!' }),
      }),
    };
    const balanceLoad = {
      ...load,
      path: '/api/tokens/',
      requestOf: (connection: number) => ({ headers: authorization(connection) }),
    };
    const [limits, chatRounds, balanceRounds]: [number[], LoadResult[], LoadResult[]] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      if (limit !== null) limits.push(await limit.chatsPerSecond(connections, load.durationSeconds));
      chatRounds.push(await runLoad(chatLoad));
      balanceRounds.push(await runLoad(balanceLoad));
    }
    const chat = combine(chatRounds);
    const balance = combine(balanceRounds);
    if (limits.length > 0) {
      const perSecond = mean(limits);
      shareOfLimit[connections] = chat.perSecond / perSecond;
      say(
        `${'the limit'.padEnd(18)} ${String(connections).padStart(11)} ${perSecond.toFixed(0).padStart(10)}`,
      );
    }
    say(row(`${name} chat`, connections, chat, shareOfLimit[connections]?.toFixed(2) ?? ''));
    say(row(`${name} balance`, connections, balance, ''));
    balancesPerChat[connections] = balance.perSecond / chat.perSecond;
    const login = await runLoad({
      ...load,
      durationSeconds,
      path: '/api/login/',
      requestOf: (connection) => ({
        headers: {},
        body: JSON.stringify({ username: `bench-${connection % userCount}`, password }),
      }),
    });
    say(row(`${name} login`, connections, login, ''));
    // Only logins may be rejected as busy: hashing has a lower priority than everything else.
    const rejected = chat.busy + balance.busy;
    failures += rejected + chat.failures + balance.failures + login.failures;
  }
  return { balancesPerChat, shareOfLimit, failures };
}

/** Combines the rounds of one load. The 99th percentile is that of the slowest round. */
function combine(results: readonly LoadResult[]): LoadResult {
  const sum = (figure: (result: LoadResult) => number) =>
    results.map(figure).reduce((left, right) => left + right);
  return {
    perSecond: mean(results.map(({ perSecond }) => perSecond)),
    p50Ms: Math.round(mean(results.map(({ p50Ms }) => p50Ms))),
    p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
    busy: sum(({ busy }) => busy),
    failures: sum(({ failures }) => failures),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((left, right) => left + right) / values.length;
}

/** Measures sign-ins as a share of what bcrypt alone does, with enough of them at once to occupy every core and few enough that none is rejected. */
async function signInsPerLimit(server: BenchServer): Promise<number> {
  const connections = 2 * cores;
  const before = await hashesPerSecond(bcryptCost, durationSeconds / 2);
  const signIns = await runLoad({
    url: server.url,
    path: '/api/login/',
    connections,
    durationSeconds,
    requestOf: (connection) => ({
      headers: {},
      body: JSON.stringify({ username: `bench-${connection % userCount}`, password }),
    }),
  });
  const after = await hashesPerSecond(bcryptCost, durationSeconds / 2);
  const limit = (before + after) / 2;
  say(`${'bcrypt alone'.padEnd(18)} ${String(cores).padStart(11)} ${limit.toFixed(1).padStart(10)}`);
  say(row('sign-ins', connections, signIns, (signIns.perSecond / limit).toFixed(2)));
  return signIns.perSecond / limit;
}

async function onPostgres(): Promise<Verdict[]> {
  const postgres = await startPostgres();
  try {
    await postgres.createDatabase('bench');
    const server = await startServer({ DATABASE_URL: postgres.url('bench'), RATE_LIMIT: 'off' });
    const limit = await openLimit(postgres, 'bench');
    say(`The limit is measured with ${limit.driver} on the same PostgreSQL, between the chats.\n${heading}`);
    const { balancesPerChat, shareOfLimit, failures } = await measureServer('PostgreSQL', server, limit);
    const memoryMb = server.memoryMb();
    const signIns = await signInsPerLimit(server);
    await server.stop();
    const streams = await measureStreams(postgres);
    const addedMs = streams.serverMs - streams.directMs;
    say(
      `The first chunk of a stream takes ${streams.directMs.toFixed(1)} ms from the provider and ` +
        `${streams.serverMs.toFixed(1)} ms through the server, at the median.`,
    );
    return [
      atLeast('chat at 16 connections, of the limit', shareOfLimit[16] ?? 0, 0.5),
      atLeast('chat at 64 connections, of the limit', shareOfLimit[64] ?? 0, 0.8),
      atLeast('balance at 64 connections, per chat', balancesPerChat[64] ?? 0, 3),
      atLeast('sign-ins, of bcrypt alone on all cores', signIns, 0.9),
      atMost('memory on PostgreSQL at the end, MB', memoryMb, 200),
      atMost('failed requests on PostgreSQL', failures, 0),
      atMost('added to the first chunk of a stream, ms', Number(addedMs.toFixed(1)), 5),
      atLeast('complete streams of 1000 at once', streams.completed, 1000),
      atMost('memory with 1000 streams open, MB', streams.memoryMb, 300),
    ];
  } finally {
    await postgres.stop();
  }
}

async function onEmbedded(): Promise<Verdict[]> {
  const directory = await mkdtemp(join(tmpdir(), 'metered-chat-bench-'));
  try {
    const server = await startServer({ DATA_DIR: directory, RATE_LIMIT: 'off' });
    const { failures } = await measureServer('embedded', server, null);
    const memoryMb = server.memoryMb();
    await server.stop();
    return [
      atMost('memory embedded at the end, MB', memoryMb, 450),
      atMost('failed requests embedded', failures, 0),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function atLeast(name: string, figure: number, least: number): Verdict {
  return { requirement: `${name}: at least ${least}`, figure: figure.toFixed(2), isMet: figure >= least };
}

function atMost(name: string, figure: number, most: number): Verdict {
  return { requirement: `${name}: at most ${most}`, figure: String(figure), isMet: figure <= most };
}

const verdicts = [...(await onPostgres()), ...(await onEmbedded())];
say('');
for (const { requirement, figure, isMet } of verdicts)
  say(`${isMet ? 'met   ' : 'MISSED'} ${requirement}: ${figure}`);
process.exitCode = verdicts.every(({ isMet }) => isMet) ? 0 : 1;
process.exit();
