import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { balanceOf, call, chat, historyOf, type Account, type ChatResponse } from './api-client.js';
import { statusOf } from './server-process.js';
import { ledgerFaults } from './storage.js';

const requestIntervalMs = 20;
const price = 100;
const holdsEndWithinMs = 10_000;

/** What each account of a load begins with: enough for all of it. */
export const loadCredits = 10_000_000;

/** The chats that were answered, by account and id. */
export type Acknowledged = Map<Account, Map<string, ChatResponse>>;

/** Requests that go out regularly, and how they were answered. */
export interface ChatLoad {
  /** How many requests got which status; `none` where no whole answer came. */
  statuses: Record<string, number>;
  /** Answers that are neither 200 nor a 503 that says when to come again. */
  oddities: string[];
  acknowledged: Acknowledged;
  stop(): Promise<void>;
}

/** Whether a server is ready (200) or not (503). */
export async function ready({ url }: { url: string }, status: number): Promise<true | null> {
  return (await statusOf(`${url}/health/ready`)) === status || null;
}

/** Whether a server answers what needs the database. */
export async function answered(
  { url }: { url: string },
  [account]: readonly Account[],
): Promise<true | null> {
  if (account === undefined) throw new TypeError('There is no account.');
  return (await call(url, '/api/tokens/', { accessSecret: account.accessSecret })).status === 200 || null;
}

/** Sends a request every 20 ms to one server after the other, most of them chats, until it is stopped. */
export function startLoad(urls: readonly string[], accounts: readonly Account[]): ChatLoad {
  const statuses: Record<string, number> = {};
  const oddities: string[] = [];
  const acknowledged: Acknowledged = new Map(
    accounts.map((account) => [account, new Map<string, ChatResponse>()]),
  );
  const underWay = new Set<Promise<void>>();
  let turn = 0;

  const request = async (account: Account, number: number) => {
    const isChat = number % 5 !== 0;
    const url = urls[number % urls.length] ?? '';
    const answer = await (
      isChat
        ? chat(url, account, `message ${number}`)
        : call<ChatResponse>(url, '/api/tokens/', { accessSecret: account.accessSecret })
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
export async function lossesOf({ url }: { url: string }, acknowledged: Acknowledged): Promise<string[]> {
  const losses: string[] = [];
  for (const [account, responses] of acknowledged) {
    const balance = await awaitUntil('every hold has ended', holdsEndWithinMs, async () => {
      const now = await balanceOf(url, account);
      return now.held === 0 ? now.tokens : null;
    });
    const history = new Map((await historyOf(url, account)).map((line) => [line.id, line]));
    for (const answer of responses.values()) {
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
    if (balance !== loadCredits - completed * price) {
      losses.push(`${account.username} has ${balance} after ${completed} completed chats`);
    }
  }
  return losses;
}

/** What is wrong with the ledger of a database, by the command and by the database itself. */
export async function auditFaults(environment: {
  DATABASE_URL: string;
  DATABASE_POOLER?: string;
}): Promise<string[]> {
  const database = pgDatabase({
    connectionString: environment.DATABASE_URL,
    poolSize: 1,
    isBehindPooler: environment.DATABASE_POOLER === 'transaction',
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
