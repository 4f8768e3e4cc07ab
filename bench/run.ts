import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openAccounts } from './accounts.js';
import { cores, hashesPerSecond } from './bcrypt-alone.js';
import { openLimit } from './limit.js';
import { runLoad } from './load.js';
import { durationSeconds, loginLoad, measure, type Measured, type Target } from './measure.js';
import { startPostgres, type BenchPostgres } from './postgres.js';
import { atLeast, atMost, figureTable, loadTable, type Figure, type Row } from './report.js';
import { startServer } from './server.js';
import { measureStreams } from './streams.js';
import { measureWorkers } from './workers.js';

/** The default cost of password hashes. */
const bcryptCost = 12;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is printed at the end. */
interface Report {
  rows: Row[];
  figures: Figure[];
}

/** The tables are printed at the end, but a measurement takes minutes. */
function sayRow({ load, connections, perSecond }: Row): void {
  say(`${load.padEnd(24)} ${String(connections).padStart(3)} ${perSecond.toFixed(0).padStart(8)} a second`);
}

async function onPostgres(): Promise<Report> {
  const postgres = await startPostgres();
  try {
    await postgres.createDatabase('bench');
    const server = await startServer({ DATABASE_URL: postgres.url('bench') });
    const limit = await openLimit(postgres, 'bench');
    say(
      limit === null
        ? 'Install pgbench to measure the limits.'
        : `The limits are measured with ${limit.driver}.`,
    );
    const target: Target = {
      ...{ name: 'PostgreSQL', url: server.url, accounts: await openAccounts(server.url), limit },
      ...{ processId: server.processId, databaseProcessId: postgres.processId },
    };
    // First: the load of 64 sign-ins leaves passwords to be hashed for seconds after it.
    const signIns = await signInsPerLimit(target);
    const measured = await measure(target, sayRow);
    const memoryMb = server.memoryMb();
    await server.stop();
    return {
      rows: measured.rows,
      figures: [
        ...limitFigures(measured),
        atMost('CPU of the server for a chat at 64 connections', cpuAt64(measured), 250, ' µs'),
        atLeast('balances at 64 connections, per chat', balancesPerChat(measured), 3),
        atLeast('sign-ins, of what bcrypt alone does on all cores', signIns, 0.9),
        atMost('memory of the server at the end, PostgreSQL', memoryMb, 200, ' MB'),
        atMost('failed requests, PostgreSQL', measured.failures, 0),
        ...(await streamFigures(postgres)),
        ...(await workerFigures(postgres)),
      ],
    };
  } finally {
    await postgres.stop();
  }
}

function limitFigures({ chats, limits }: Measured): Figure[] {
  const [alone, limit] = [chats.get(1)?.p50Ms, limits.get(1)?.p50Ms];
  if (typeof alone !== 'number' || typeof limit !== 'number') return [];
  return [
    atMost('median of a chat that is alone, of the limit', alone / limit, 2.5),
    atLeast('chats at 16 connections, of the limit', chats.get(16)?.ofLimit ?? 0, 1.2),
    atLeast('chats at 64 connections, of the limit', chats.get(64)?.ofLimit ?? 0, 1.8),
    atLeast('chats at 16 connections, of the batched limit', chats.get(16)?.ofBatchedLimit ?? 0, 0.5),
    atLeast('chats at 64 connections, of the batched limit', chats.get(64)?.ofBatchedLimit ?? 0, 0.5),
  ];
}

function cpuAt64({ chats }: Measured): number {
  return chats.get(64)?.serverMicroseconds ?? Number.NaN;
}

function balancesPerChat({ chats, balances }: Measured): number {
  return (balances.get(64)?.perSecond ?? Number.NaN) / (chats.get(64)?.perSecond ?? Number.NaN);
}

/** Measures sign-ins as a share of what bcrypt alone does, with enough of them at once to occupy every core and few enough that none is rejected. */
async function signInsPerLimit(target: Target): Promise<number> {
  const before = await hashesPerSecond(bcryptCost, durationSeconds / 2);
  const { perSecond } = await runLoad(loginLoad(target, 2 * cores));
  const after = await hashesPerSecond(bcryptCost, durationSeconds / 2);
  return perSecond / ((before + after) / 2);
}

async function streamFigures(postgres: BenchPostgres): Promise<Figure[]> {
  const streams = await measureStreams(postgres);
  say(
    `The first chunk of a stream takes ${streams.directMs.toFixed(2)} ms from the provider and ` +
      `${streams.serverMs.toFixed(2)} ms through the server, at the median.`,
  );
  return [
    atMost(
      'added to the first chunk of a stream, at the median',
      streams.serverMs - streams.directMs,
      2.4,
      ' ms',
    ),
    atLeast('complete streams of 1,000 that are open at once', streams.completed, 1000),
    atMost('memory of the server while they are open', streams.memoryMb, 300, ' MB'),
  ];
}

async function workerFigures(postgres: BenchPostgres): Promise<Figure[]> {
  const { one, two } = await measureWorkers(postgres);
  say(
    `At 64 connections, one worker does ${one.toFixed(0)} chats a second and two ${two.toFixed(0)}; ` +
      `PostgreSQL and the load share the ${cores} cores.`,
  );
  return [atLeast('chats at 64 connections with two workers, of one', two / one, 1)];
}

async function onEmbedded(): Promise<Report> {
  const directory = await mkdtemp(join(tmpdir(), 'metered-chat-bench-'));
  try {
    const server = await startServer({ DATA_DIR: directory });
    const accounts = await openAccounts(server.url);
    const { processId, url } = server;
    const { rows, failures } = await measure({ name: 'embedded', url, accounts, processId }, sayRow);
    const memoryMb = server.memoryMb();
    await server.stop();
    return {
      rows,
      figures: [
        atMost('memory of the server at the end, embedded', memoryMb, 450, ' MB'),
        atMost('failed requests, embedded', failures, 0),
      ],
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Measures any server that has the four requests of the original system. */
async function onOther(against: string): Promise<Report> {
  const url = against.replace(/\/+$/, '');
  const accounts = await openAccounts(url, `bench-${Date.now().toString(36)}`);
  const { rows, failures } = await measure({ name: 'other', url, accounts }, sayRow);
  return { rows, figures: [atMost('failed requests', failures, 0)] };
}

const { values } = parseArgs({ options: { against: { type: 'string' } } });
const reports =
  values.against === undefined ? [await onPostgres(), await onEmbedded()] : [await onOther(values.against)];
const figures = reports.flatMap((report) => report.figures);
say(`\n${loadTable(reports.flatMap(({ rows }) => rows))}\n\n${figureTable(figures)}`);
process.exitCode = figures.every(({ isMet }) => isMet) ? 0 : 1;
process.exit();
