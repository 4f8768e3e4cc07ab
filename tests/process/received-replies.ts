import { awaitUntil } from '../../src/testing/await-until.js';
import { balanceOf, historyOf, type Account, type ChatResponse, type ExchangeLine } from './api-client.js';

const price = 100;

/** The replies that clients have received completely, by account and id. */
export type ReceivedReplies = Map<Account, Map<string, ChatResponse>>;

export function noReplies(accounts: readonly Account[]): ReceivedReplies {
  return new Map(accounts.map((account) => [account, new Map<string, ChatResponse>()]));
}

export function countReplies(received: ReceivedReplies): number {
  return [...received.values()].reduce((sum, { size }) => sum + size, 0);
}

/** What a server knows of an account. */
export interface AccountState {
  account: Account;
  balance: number;
  history: ExchangeLine[];
  /** Replies that a client has received and the history does not have. */
  losses: string[];
}

/** Waits until the holds of all accounts have ended, and compares the received replies with the histories. */
export async function readAccounts(
  { url }: { url: string },
  received: ReceivedReplies,
  { timeoutMs }: { timeoutMs: number },
): Promise<AccountState[]> {
  const states: AccountState[] = [];
  for (const [account, replies] of received) {
    const balance = await awaitUntil('every hold has ended', timeoutMs, async () => {
      const now = await balanceOf(url, account);
      return now.held === 0 ? now.tokens : null;
    });
    const history = await historyOf(url, account);
    states.push({ account, balance, history, losses: lossesIn(history, replies, account) });
  }
  return states;
}

function lossesIn(
  history: readonly ExchangeLine[],
  replies: Map<string, ChatResponse>,
  { username }: Account,
): string[] {
  const lines = new Map(history.map((line) => [line.id, line]));
  return [...replies.values()].flatMap(({ id, response }) => {
    const line = lines.get(id);
    const isKept =
      line?.status === 'completed' && line.response === response && line.tokens_charged === price;
    return isKept
      ? []
      : [`${username} received the reply ${id}, but the history has ${JSON.stringify(line)}`];
  });
}
