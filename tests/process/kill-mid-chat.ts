import { setTimeout as delay } from 'node:timers/promises';
import {
  balanceOf,
  chat,
  historyOf,
  logIn,
  registerMany,
  type Account,
  type ChatResponse,
} from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { startServer, type ServerProcess } from './server-process.js';
import { ledgerFaults, type Storage } from './storage.js';

const chatters = 20;
const startingCredits = 10_000_000;
const price = 100;
const longestFloodMs = 600;
const floodTimeoutMs = 30_000;
/** The embedded database is looked after as soon as its next server starts, however long a lease is. */
const embeddedLeaseMs = 10 * 60 * 1000;
/** A server's next look is at most 5 s away, and takes some time. */
const nextLookMs = 5000 + 2000;

/** What a series of kills has shown. */
export interface KillReport {
  kills: number;
  /** Chats whose whole answer a client had. */
  answered: number;
  /** Chats that a kill caught between the hold and the charge. */
  caught: number;
  /** One line for each thing that was lost, doubled, or left open. */
  faults: string[];
}

/**
 * Kills a server again and again at random moments while 20 clients chat without a pause, and looks what is left: at least
 * `kills` times, and then until a kill has caught a chat between the hold and the charge, at most `maxKills` times.
 * The ledger is audited at the end, and with `auditsEach` as each kill has left it, too.
 */
export async function killMidChat(
  storage: Storage,
  options: {
    kills: number;
    maxKills: number;
    auditsEach: boolean;
    random: (below: number) => number;
    /** For how long holds on PostgreSQL outlive their server. One that is too busy to renew its leases loses its holds. */
    leaseMs: number;
  },
): Promise<KillReport> {
  const leaseMs = storage.engine === 'embedded' ? embeddedLeaseMs : options.leaseMs;
  const holdsEndWithinMs = (storage.engine === 'embedded' ? 0 : leaseMs) + nextLookMs;
  const report: KillReport = { kills: 0, answered: 0, caught: 0, faults: [] };
  const environment = {
    ...storage.environment,
    STARTING_TOKENS: String(startingCredits),
    HOLD_LEASE: `${leaseMs / 1000}s`,
  };
  let server = await startServer(environment);
  const accounts = await registerMany(server.url, 'chatter', chatters);
  const received = new Map<Account, Map<string, ChatResponse>>(
    accounts.map((account) => [account, new Map()]),
  );
  while (report.kills < options.kills || (report.caught === 0 && report.kills < options.maxKills)) {
    const floods = accounts.map((account) => chatUntilDead(server, account, received.get(account)));
    await awaitUntil('the clients are being answered', floodTimeoutMs, () =>
      Promise.resolve(repliesIn(received) >= report.answered + chatters || null),
    );
    await delay(options.random(longestFloodMs));
    await server.kill();
    await Promise.all(floods);
    report.kills += 1;
    if (options.auditsEach) report.faults.push(...(await ledgerFaults(storage)).faults);
    server = await startServer(environment);
    report.faults.push(...(await lossesAfter(server, received, { report, holdsEndWithinMs })));
  }
  await logIn(server.url, 'chatter_0');
  const { code } = await server.terminate();
  if (code !== 0) report.faults.push(`The last server ended with ${code}.`);
  const { faults, overdueHolds } = await ledgerFaults(storage);
  report.faults.push(
    ...faults,
    ...(overdueHolds === 0 ? [] : [`${overdueHolds} holds are past their deadline`]),
  );
  return report;
}

function repliesIn(received: Map<Account, Map<string, ChatResponse>>): number {
  return [...received.values()].reduce((sum, responses) => sum + responses.size, 0);
}

async function chatUntilDead(
  { url }: ServerProcess,
  account: Account,
  received: Map<string, ChatResponse> | undefined,
): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const answer = await chat(url, account, `${account.username} ${turn}`).catch(() => null);
    if (answer === null) return;
    if (answer.status !== 200) throw new Error(`A chat was answered with ${answer.status}.`);
    received?.set(answer.body.id, answer.body);
  }
}

/** Compares what each client has received with what a server that was started anew knows of it. */
async function lossesAfter(
  { url }: ServerProcess,
  received: Map<Account, Map<string, ChatResponse>>,
  { report, holdsEndWithinMs }: { report: KillReport; holdsEndWithinMs: number },
): Promise<string[]> {
  const losses: string[] = [];
  report.answered = repliesIn(received);
  report.caught = 0;
  for (const [account, responses] of received) {
    const balance = await awaitUntil('every hold has ended', holdsEndWithinMs, async () => {
      const now = await balanceOf(url, account);
      return now.held === 0 ? now.tokens : null;
    });
    const history = new Map((await historyOf(url, account)).map((line) => [line.id, line]));
    for (const answer of responses.values()) {
      const line = history.get(answer.id);
      const isKept =
        line?.status === 'completed' && line.response === answer.response && line.tokens_charged === price;
      if (!isKept)
        losses.push(`${account.username} had the reply ${answer.id}, and there is: ${JSON.stringify(line)}`);
    }
    const lines = [...history.values()];
    const charged = lines.reduce((sum, line) => sum + line.tokens_charged, 0);
    if (balance + charged !== startingCredits) {
      losses.push(`${account.username} has ${balance} and was charged ${charged}`);
    }
    if (lines.some((line) => line.status === 'pending'))
      losses.push(`${account.username} has a pending chat`);
    report.caught += lines.filter((line) => line.status === 'failed').length;
  }
  return losses;
}
