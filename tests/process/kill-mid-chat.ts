import { setTimeout as delay } from 'node:timers/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { call, chat, logIn, registerMany, type Account, type ChatResponse } from './api-client.js';
import { countReplies, noReplies, readAccounts, type ReceivedReplies } from './received-replies.js';
import { startServer, type ServerProcess } from './server-process.js';
import { ledgerErrors, ledgerVerifyErrors, type Storage } from './storage.js';

const chatters = 20;
const startingCredits = 10_000_000;
const longestFloodMs = 600;
const floodTimeoutMs = 30_000;
/** The next server releases the holds in an embedded database at its start, however long the lease is. */
const embeddedLeaseMs = 10 * 60 * 1000;
/** A server looks for expired leases every 5 s, and the release takes some time. */
const releaseMs = 5000 + 2000;

/** The results of a series of kills. */
export interface KillReport {
  kills: number;
  /** Chats whose complete reply a client has received. */
  received: number;
  /** Chats that the last kill interrupted between the hold and the charge. */
  interrupted: number;
  /** What was lost, doubled, or left open. */
  errors: string[];
}

/**
 * Kills a server repeatedly at random moments while 20 clients chat without a pause, and checks the data after each: at
 * least `kills` times, and then until a kill has interrupted a chat between the hold and the charge, at most `maxKills`
 * times. Half of the accounts have a cap. The ledger is audited at the end, and with `auditsEach` also after each kill.
 */
export async function killMidChat(
  storage: Storage,
  options: {
    kills: number;
    maxKills: number;
    auditsEach: boolean;
    random: (below: number) => number;
    /** How long holds on PostgreSQL outlive their server. A server that is too busy to renew its leases loses its holds. */
    leaseMs: number;
  },
): Promise<KillReport> {
  const leaseMs = storage.engine === 'embedded' ? embeddedLeaseMs : options.leaseMs;
  const timeoutMs = (storage.engine === 'embedded' ? 0 : leaseMs) + releaseMs;
  const report: KillReport = { kills: 0, received: 0, interrupted: 0, errors: [] };
  const environment = {
    ...storage.environment,
    STARTING_TOKENS: String(startingCredits),
    HOLD_LEASE: `${leaseMs / 1000}s`,
  };
  let server = await startServer(environment);
  const accounts = await registerMany(server.url, 'chatter', chatters);
  for (const account of accounts.slice(chatters / 2)) await setAmpleCap(server, account);
  const received = noReplies(accounts);
  while (report.kills < options.kills || (report.interrupted === 0 && report.kills < options.maxKills)) {
    const floods = accounts.map((account) => chatUntilKilled(server, account, received.get(account)));
    await awaitUntil('the clients receive replies', floodTimeoutMs, () =>
      Promise.resolve(countReplies(received) >= report.received + chatters || null),
    );
    await delay(options.random(longestFloodMs));
    await server.kill();
    report.errors.push(...(await Promise.all(floods)).flat());
    report.kills += 1;
    if (options.auditsEach) report.errors.push(...(await ledgerVerifyErrors(storage)));
    server = await startServer(environment);
    report.errors.push(...(await findErrorsAfterKill(server, received, { report, timeoutMs })));
  }
  await logIn(server.url, 'chatter_0');
  const { code } = await server.terminate();
  if (code !== 0) report.errors.push(`The last server ended with ${code}.`);
  const { errors, overdueHolds } = await ledgerErrors(storage);
  report.errors.push(
    ...errors,
    ...(overdueHolds === 0 ? [] : [`${overdueHolds} holds are past their deadline`]),
  );
  return report;
}

/** Sets a cap that is never reached, so that all that the account holds and pays is counted. */
async function setAmpleCap({ url }: ServerProcess, { authToken }: Account): Promise<void> {
  const body = { scope: 'account', window: 'total', limit: startingCredits };
  const { status } = await call(url, '/api/me/caps/', { authToken, body });
  if (status !== 201) throw new Error(`Setting a cap returned ${status}.`);
}

/** Chats until the server is gone. Returns an error if a chat failed before. */
async function chatUntilKilled(
  { url }: ServerProcess,
  account: Account,
  received: Map<string, ChatResponse> | undefined,
): Promise<string[]> {
  for (let count = 0; ; count += 1) {
    const response = await chat(url, account, `${account.username} ${count}`).catch(() => null);
    if (response === null) return [];
    if (response.status !== 200) return [`A chat of ${account.username} returned ${response.status}.`];
    received?.set(response.body.id, response.body);
  }
}

/** Compares what each client has received with the data of a server that was started after the kill. */
async function findErrorsAfterKill(
  server: ServerProcess,
  received: ReceivedReplies,
  { report, timeoutMs }: { report: KillReport; timeoutMs: number },
): Promise<string[]> {
  report.received = countReplies(received);
  report.interrupted = 0;
  const states = await readAccounts(server, received, { timeoutMs });
  return states.flatMap(({ account: { username }, balance, history, losses }) => {
    const charged = history.reduce((sum, line) => sum + line.tokens_charged, 0);
    report.interrupted += history.filter(({ status }) => status === 'failed').length;
    return [
      ...losses,
      ...(balance + charged === startingCredits
        ? []
        : [`${username} has ${balance} and was charged ${charged}`]),
      ...(history.some(({ status }) => status === 'pending') ? [`${username} has a pending chat`] : []),
    ];
  });
}
