import { setTimeout as delay } from 'node:timers/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { registerMany } from './api-client.js';
import { answered, auditFaults, loadCredits, lossesOf, ready, startLoad } from './chat-load.js';
import { restartablePostgres, type RestartablePostgres } from './restartable-postgres.js';
import { startServer, statusOf } from './server-process.js';

const accountCount = 20;
const calmMs = 1000;
const noticeTimeoutMs = 60_000;

/** What a series of restarts has shown. */
export interface RestartReport {
  restarts: number;
  requests: number;
  /** How many requests got which status; `none` where no whole answer came. */
  statuses: Record<string, number>;
  acknowledgedChats: number;
  /** From PostgreSQL accepting connections to the next chat that was answered, at most. */
  slowestReturnMs: number;
  faults: string[];
}

/** Restarts PostgreSQL again and again, fast and immediately in turn, under a server at 50 requests a second. */
export async function restartPostgresUnderLoad(options: { restarts: number }): Promise<RestartReport> {
  const postgres = await restartablePostgres();
  try {
    return await restartUnderLoad(postgres, options.restarts);
  } finally {
    await postgres.remove();
  }
}

async function restartUnderLoad(postgres: RestartablePostgres, restarts: number): Promise<RestartReport> {
  const environment = {
    DATABASE_URL: postgres.url,
    STARTING_TOKENS: String(loadCredits),
    HOLD_LEASE: '2s',
  };
  const server = await startServer(environment);
  const accounts = await registerMany(server.url, 'loader', accountCount);
  const load = startLoad([server.url], accounts);
  const report: RestartReport = {
    restarts: 0,
    requests: 0,
    statuses: load.statuses,
    acknowledgedChats: 0,
    slowestReturnMs: 0,
    faults: [],
  };
  while (report.restarts < restarts) {
    await delay(calmMs);
    await postgres.shutDown(report.restarts % 2 === 0 ? 'fast' : 'immediate');
    await awaitUntil('the server is not ready', noticeTimeoutMs, () => ready(server, 503));
    if ((await statusOf(`${server.url}/health/live`)) !== 200) report.faults.push('The server was not live.');
    await postgres.start();
    const acceptsAtMs = Date.now();
    await awaitUntil('the server is ready again', noticeTimeoutMs, () => ready(server, 200));
    await awaitUntil('requests are answered again', noticeTimeoutMs, () => answered(server, accounts));
    report.slowestReturnMs = Math.max(report.slowestReturnMs, Date.now() - acceptsAtMs);
    report.restarts += 1;
  }
  await delay(calmMs);
  await load.stop();
  if (server.hasExited()) report.faults.push('The server has ended.');
  report.requests = Object.values(load.statuses).reduce((sum, count) => sum + count, 0);
  report.acknowledgedChats = [...load.acknowledged.values()].reduce((sum, { size }) => sum + size, 0);
  report.faults.push(...load.oddities, ...(await lossesOf(server, load.acknowledged)));
  report.faults.push(...(await auditFaults(environment)));
  await server.terminate();
  return report;
}
