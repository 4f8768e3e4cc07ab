import type { BenchAccounts } from './accounts.js';
import { cpuOf } from './cpu.js';
import type { DatabaseLimit, LimitResult } from './limit.js';
import { runLoad, type Load, type LoadResult } from './load.js';
import type { Row } from './report.js';

/** How long each row is measured. */
export const durationSeconds = 8;
/** The limits, chats and balances alternate, so that a slow phase of the machine affects all of them. */
const rounds = 4;
const connectionCounts = [1, 16, 64] as const;

/** A running server. Without process ids its CPU time is not measured, and without a limit nothing is compared with that. */
export interface Target {
  name: string;
  url: string;
  accounts: BenchAccounts;
  processId?: number;
  databaseProcessId?: number;
  limit?: DatabaseLimit | null;
}

/** What a target did, by the number of connections. */
export interface Measured {
  rows: Row[];
  chats: Map<number, Row>;
  balances: Map<number, Row>;
  limits: Map<number, Row>;
  /** Failed requests, and chats and balances that were rejected as busy. */
  failures: number;
}

interface Round extends LoadResult {
  serverMicroseconds: number | null;
  databaseMicroseconds: number | null;
}

/** Measures chats, balances and sign-ins at 1, 16 and 64 connections. `onRow` is called after each row. */
export async function measure(target: Target, onRow: (row: Row) => void): Promise<Measured> {
  const measured: Measured = {
    ...{ rows: [], chats: new Map(), balances: new Map(), limits: new Map() },
    failures: 0,
  };
  const add = (row: Row) => {
    measured.rows.push(row);
    onRow(row);
    return row;
  };
  for (const connections of connectionCounts) {
    const { limits, batches, chats, balances } = await measureRounds(target, connections);
    const limit = limitRow('the limit', connections, limits);
    const batched = limitRow('the batched limit', connections, batches);
    if (limit !== null) measured.limits.set(connections, add(limit));
    if (batched !== null) add(batched);
    const chat = rowOf(`chat, ${target.name}`, connections, chats);
    const shares = {
      ofLimit: limit && chat.perSecond / limit.perSecond,
      ofBatchedLimit: batched && chat.perSecond / batched.perSecond,
    };
    measured.chats.set(connections, add({ ...chat, ...shares }));
    measured.balances.set(connections, add(rowOf(`balance, ${target.name}`, connections, balances)));
    for (const { busy, failures } of [...chats, ...balances]) measured.failures += busy + failures;
  }
  // Last: passwords are hashed for seconds after the load has ended.
  for (const connections of connectionCounts) {
    const logins = await runRound(target, loginLoad(target, connections));
    add(rowOf(`login, ${target.name}`, connections, [logins]));
    // Only logins may be rejected as busy: hashing has a lower priority than everything else.
    measured.failures += logins.failures;
  }
  return measured;
}

async function measureRounds(target: Target, connections: number) {
  const seconds = durationSeconds / rounds;
  const [limits, batches, chats, balances]: [LimitResult[], LimitResult[], Round[], Round[]] = [
    [],
    [],
    [],
    [],
  ];
  const { url, accounts, limit = null } = target;
  const chat = chatLoad(target, connections, seconds);
  const balance: Load = {
    ...{ url, connections, durationSeconds: seconds, path: '/api/tokens/' },
    requestOf: (connection) => ({ headers: headersOf(accounts, connection) }),
  };
  for (let round = 0; round < rounds; round += 1) {
    if (limit !== null) limits.push(await limit.chats(connections, seconds));
    chats.push(await runRound(target, chat));
    // A single chat at once is never batched.
    if (limit !== null && connections > 1) batches.push(await limit.batchedChats(connections, seconds));
    balances.push(await runRound(target, balance));
  }
  return { limits, batches, chats, balances };
}

/** Returns a load of chats. */
export function chatLoad(
  { url, accounts }: Pick<Target, 'url' | 'accounts'>,
  connections: number,
  seconds: number,
): Load {
  const body = JSON.stringify({ message: 'Hello, AI!' });
  return {
    ...{ url, connections, durationSeconds: seconds, path: '/api/chat/' },
    requestOf: (connection) => ({ headers: headersOf(accounts, connection), body }),
  };
}

function headersOf({ secrets }: BenchAccounts, connection: number) {
  return { authorization: `Token ${secrets[connection % secrets.length] ?? ''}` };
}

/** Returns a load of sign-ins. */
export function loginLoad({ url, accounts }: Target, connections: number): Load {
  const { usernames, password } = accounts;
  return {
    ...{ url, connections, durationSeconds, path: '/api/login/' },
    requestOf: (connection) => ({
      headers: {},
      body: JSON.stringify({ username: usernames[connection % usernames.length], password }),
    }),
  };
}

async function runRound({ processId, databaseProcessId }: Target, load: Load): Promise<Round> {
  const used = () => [processId, databaseProcessId].map((id) => (id === undefined ? null : cpuOf(id)));
  const before = used();
  const result = await runLoad(load);
  const [serverMicroseconds = null, databaseMicroseconds = null] = used().map((microseconds, index) => {
    const earlier = before[index] ?? null;
    return microseconds === null || earlier === null ? null : microseconds - earlier;
  });
  return { ...result, serverMicroseconds, databaseMicroseconds };
}

function rowOf(load: string, connections: number, rounds: readonly Round[]): Row {
  const completed = sum(rounds.map((round) => round.completed));
  const perRequest = (times: (number | null)[]) =>
    completed === 0 || times.some((time) => time === null) ? null : sum(times.map(Number)) / completed;
  return {
    ...{ load, connections, perSecond: mean(rounds.map(({ perSecond }) => perSecond)) },
    ...quantiles(rounds.flatMap(({ timesMs }) => timesMs)),
    serverMicroseconds: perRequest(rounds.map((round) => round.serverMicroseconds)),
    databaseMicroseconds: perRequest(rounds.map((round) => round.databaseMicroseconds)),
    ...{ ofLimit: null, ofBatchedLimit: null },
  };
}

function limitRow(load: string, connections: number, rounds: readonly LimitResult[]): Row | null {
  if (rounds.length === 0) return null;
  return {
    ...{ load, connections, perSecond: mean(rounds.map(({ chatsPerSecond }) => chatsPerSecond)) },
    ...quantiles(rounds.flatMap(({ timesMs }) => timesMs)),
    ...{ serverMicroseconds: null, databaseMicroseconds: null, ofLimit: null, ofBatchedLimit: null },
  };
}

function quantiles(timesMs: readonly number[]) {
  const sorted = timesMs.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? null;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function sum(values: readonly number[]): number {
  return values.reduce((left, right) => left + right, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
