import { setTimeout as delay } from 'node:timers/promises';
import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import {
  balanceOf,
  call,
  chat,
  historyOf,
  registerMany,
  type Account,
  type ChatAnswer,
} from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { restartablePostgres, type RestartablePostgres } from './restartable-postgres.js';
import { startServer, statusOf, type ServerProcess } from './server-process.js';
import { ledgerFaults } from './storage.js';

const accountCount = 20;
const requestIntervalMs = 20;
const calmMs = 1000;
const startingCredits = 10_000_000;
const price = 100;
const noticeTimeoutMs = 10_000;
const holdsEndWithinMs = 10_000;

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
    STARTING_TOKENS: String(startingCredits),
    HOLD_LEASE: '2s',
  };
  const server = await startServer(environment);
  const accounts = await registerMany(server.url, 'loader', accountCount);
  const load = startLoad(server.url, accounts);
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

async function ready({ url }: ServerProcess, status: number): Promise<true | null> {
  return (await statusOf(`${url}/health/ready`)) === status || null;
}

async function answered({ url }: ServerProcess, [account]: Account[]): Promise<true | null> {
  if (account === undefined) throw new TypeError('There is no account.');
  return (await call(url, '/api/tokens/', { accessSecret: account.accessSecret })).status === 200 || null;
}

/** Sends a request every 20 ms, most of them chats, until it is stopped. */
function startLoad(url: string, accounts: Account[]) {
  const statuses: Record<string, number> = {};
  const oddities: string[] = [];
  const acknowledged = new Map<Account, Map<string, ChatAnswer>>(
    accounts.map((account) => [account, new Map()]),
  );
  const underWay = new Set<Promise<void>>();
  let turn = 0;

  const request = async (account: Account, number: number) => {
    const isChat = number % 5 !== 0;
    const answer = await (
      isChat
        ? chat(url, account, `message ${number}`)
        : call<ChatAnswer>(url, '/api/tokens/', { accessSecret: account.accessSecret })
    ).catch(() => null);
    const status = answer === null ? 'none' : String(answer.status);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (answer?.status === 200) {
      if (isChat) acknowledged.get(account)?.set(answer.body.id, answer.body);
    } else if (
      answer?.status !== 503 ||
      answer.headers.get('Content-Type') !== 'application/problem+json' ||
      answer.headers.get('Retry-After') === null
    ) {
      oddities.push(`Request ${number} was answered with ${status}: ${JSON.stringify(answer?.body)}`);
    }
  };

  const timer = setInterval(() => {
    turn += 1;
    const account = accounts[turn % accounts.length];
    if (account === undefined) return;
    const sent = request(account, turn);
    underWay.add(sent);
    void sent.finally(() => underWay.delete(sent));
  }, requestIntervalMs);

  return {
    statuses,
    oddities,
    acknowledged,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

/** Compares what the clients were told with the history, the entries and the balances. */
async function lossesOf(
  { url }: ServerProcess,
  acknowledged: Map<Account, Map<string, ChatAnswer>>,
): Promise<string[]> {
  const losses: string[] = [];
  for (const [account, answers] of acknowledged) {
    const balance = await awaitUntil('every hold has ended', holdsEndWithinMs, async () => {
      const now = await balanceOf(url, account);
      return now.held === 0 ? now.tokens : null;
    });
    const history = new Map((await historyOf(url, account)).map((line) => [line.id, line]));
    for (const answer of answers.values()) {
      const line = history.get(answer.id);
      if (
        line?.status !== 'completed' ||
        line.response !== answer.response ||
        line.tokens_charged !== price
      ) {
        losses.push(`The chat ${answer.id} was acknowledged, and there is: ${JSON.stringify(line)}`);
      }
    }
    const completed = [...history.values()].filter(({ status }) => status === 'completed').length;
    if (balance !== startingCredits - completed * price) {
      losses.push(`${account.username} has ${balance} after ${completed} completed chats`);
    }
  }
  return losses;
}

async function auditFaults(environment: { DATABASE_URL: string }): Promise<string[]> {
  const database = pgDatabase({
    connectionString: environment.DATABASE_URL,
    poolSize: 1,
    connectTimeoutMs: 5000,
    statementTimeoutMs: 30_000,
    onIdleError: () => undefined,
  });
  try {
    const { faults } = await ledgerFaults({ environment, withDatabase: (use) => use(database) });
    return faults;
  } finally {
    await database.close();
  }
}
