import { pgDatabase } from '../../src/adapters/postgres/pg-database.js';
import { call, chat, type Account, type ChatResponse } from './api-client.js';
import { noReplies, readAccounts, type ReceivedReplies } from './received-replies.js';
import { ledgerErrors } from './storage.js';

const requestIntervalMs = 20;
const price = 100;
const holdTimeoutMs = 10_000;

/** The starting credits of each account, enough for a whole load. */
export const loadCredits = 10_000_000;

/** Requests at regular intervals, and their responses. */
export interface ChatLoad {
  /** The number of responses by status; `none` if no complete response arrived. */
  statuses: Record<string, number>;
  /** Responses that are neither 200 nor a 503 with a `Retry-After`. */
  unexpectedResponses: string[];
  received: ReceivedReplies;
  stop(): Promise<void>;
}

/** Returns true if a request that reads the database succeeds, otherwise null. */
export async function canReadBalance(
  { url }: { url: string },
  [account]: readonly Account[],
): Promise<true | null> {
  if (account === undefined) throw new TypeError('There is no account.');
  return (await call(url, '/api/tokens/', { authToken: account.authToken })).status === 200 || null;
}

/** Sends a request every 20 ms to the servers in turn until it is stopped. Four of five requests are chats. */
export function startLoad(urls: readonly string[], accounts: readonly Account[]): ChatLoad {
  const statuses: Record<string, number> = {};
  const unexpectedResponses: string[] = [];
  const received = noReplies(accounts);
  const inProgress = new Set<Promise<void>>();
  let count = 0;

  const request = async (account: Account, number: number) => {
    const isChat = number % 5 !== 0;
    const url = urls[number % urls.length] ?? '';
    const response = await (
      isChat
        ? chat(url, account, `message ${number}`)
        : call<ChatResponse>(url, '/api/tokens/', { authToken: account.authToken })
    ).catch(() => null);
    const status = response === null ? 'none' : String(response.status);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (response?.status === 200) {
      if (isChat) received.get(account)?.set(response.body.id, response.body);
    } else if (
      response?.status !== 503 ||
      response.headers.get('Content-Type') !== 'application/problem+json' ||
      response.headers.get('Retry-After') === null
    ) {
      unexpectedResponses.push(`Request ${number} returned ${status}: ${JSON.stringify(response?.body)}`);
    }
  };

  const timer = setInterval(() => {
    count += 1;
    const account = accounts[count % accounts.length];
    if (account === undefined) return;
    const sent = request(account, count);
    inProgress.add(sent);
    void sent.finally(() => inProgress.delete(sent));
  }, requestIntervalMs);

  return {
    statuses,
    unexpectedResponses,
    received,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(inProgress);
    },
  };
}

/** Compares the received replies with the histories, and the histories with the balances. */
export async function findLosses(server: { url: string }, received: ReceivedReplies): Promise<string[]> {
  const states = await readAccounts(server, received, { timeoutMs: holdTimeoutMs });
  return states.flatMap(({ account, balance, history, losses }) => {
    const completed = history.filter(({ status }) => status === 'completed').length;
    if (balance === loadCredits - completed * price) return losses;
    return [...losses, `${account.username} has ${balance} after ${completed} completed chats`];
  });
}

/** The errors of the ledger in a database, found through the same pooler as the server uses. */
export async function ledgerErrorsOf(environment: {
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
    const { errors } = await ledgerErrors({ environment, withDatabase: (use) => use(database) });
    return errors;
  } finally {
    await database.close();
  }
}
