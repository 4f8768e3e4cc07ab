import { setTimeout as delay } from 'node:timers/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { registerMany } from './api-client.js';
import { canReadBalance, findLosses, ledgerErrorsOf, loadCredits, startLoad } from './chat-load.js';
import { countReplies } from './received-replies.js';
import { restartablePostgres, type RestartablePostgres } from './restartable-postgres.js';
import { startServer, statusOf, waitForStatus } from './server-process.js';

const accountCount = 20;
const pauseMs = 1000;
const noticeTimeoutMs = 60_000;

/** The results of a series of restarts. */
export interface RestartReport {
  restarts: number;
  requests: number;
  /** The number of responses by status; `none` if no complete response arrived. */
  statuses: Record<string, number>;
  receivedReplies: number;
  /** The longest time from PostgreSQL accepting connections to the next successful request. */
  slowestRecoveryMs: number;
  errors: string[];
}

/** Restarts PostgreSQL repeatedly, with a fast and an immediate shutdown in turn, at 50 requests a second. */
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
    receivedReplies: 0,
    slowestRecoveryMs: 0,
    errors: [],
  };
  while (report.restarts < restarts) {
    await delay(pauseMs);
    await postgres.shutDown(report.restarts % 2 === 0 ? 'fast' : 'immediate');
    await waitForStatus(server, '/health/ready', 503, noticeTimeoutMs);
    if ((await statusOf(`${server.url}/health/live`)) !== 200) report.errors.push('The server was not live.');
    await postgres.start();
    const acceptsAtMs = Date.now();
    await waitForStatus(server, '/health/ready', 200, noticeTimeoutMs);
    await awaitUntil('requests succeed again', noticeTimeoutMs, () => canReadBalance(server, accounts));
    report.slowestRecoveryMs = Math.max(report.slowestRecoveryMs, Date.now() - acceptsAtMs);
    report.restarts += 1;
  }
  await delay(pauseMs);
  await load.stop();
  if (server.hasExited()) report.errors.push('The server has ended.');
  report.requests = Object.values(load.statuses).reduce((sum, count) => sum + count, 0);
  report.receivedReplies = countReplies(load.received);
  report.errors.push(...load.unexpectedResponses, ...(await findLosses(server, load.received)));
  report.errors.push(...(await ledgerErrorsOf(environment)));
  await server.terminate();
  return report;
}
