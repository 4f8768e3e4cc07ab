import { setTimeout as delay } from 'node:timers/promises';
import { openAiCompatible as wire } from '../adapters/ai/wire-formats.js';
import { sendsThenStalls, type Behaviour } from '../adapters/ai/misbehaving-provider.js';
import { balanceOf, call, historyOf, register, type Account, type ExchangeLine } from './api-client.js';
import {
  awaitExchange,
  follow,
  openFollower,
  openKeyedStream,
  withProvider,
  type Followed,
} from './followed-replies.js';
import { startServer, type Environment, type ServerProcess } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';

const words = Array.from({ length: 8 }, (_, index) => `word ${index} `);
const wholeText = words.join('');
const price = 100;
const startingCredits = 1_000_000;
/** The lease of 2 s, at most 5 s until a server looks for expired leases, and some time for a busy machine. */
const afterKillMs = 2000 + 5000 + 20_000;

/** What a series of rounds has found. */
export interface ReloadReport {
  completed: number;
  stopped: number;
  killed: number;
  followers: number;
  /** What was lost, charged twice, or left open. */
  errors: string[];
}

interface Round {
  servers: readonly ServerProcess[];
  jane: Account;
  key: string;
  random: (below: number) => number;
  report: ReloadReport;
}

/** Sends its words at random moments, for about a tenth of a second. */
function speaks(random: (below: number) => number): Behaviour {
  return async (response) => {
    await sendsThenStalls(wire.start)(response);
    for (const word of words) {
      response.write(wire.text(word));
      await delay(random(25));
    }
    response.end(wire.finish('stop', { input: 1, output: 8 }));
  };
}

/**
 * Sends a message in each round, loses its connection, and follows the reply from several pages, some of which leave again;
 * every tenth reply is stopped, and at every twentieth the server is killed that receives it. Checks that each reply is
 * charged once, or not at all if it failed, and that every follower gets what is stored.
 */
export async function loseConnections(
  storage: Storage,
  { rounds, random }: { rounds: number; random: (below: number) => number },
): Promise<ReloadReport> {
  const report: ReloadReport = { completed: 0, stopped: 0, killed: 0, followers: 0, errors: [] };
  await withProvider(storage, speaks(random), async (environment) => {
    const settings = { ...environment, HOLD_LEASE: '2s', STARTING_TOKENS: String(startingCredits) };
    const count = storage.engine === 'embedded' ? 1 : 2;
    let servers = await Promise.all(Array.from({ length: count }, () => startServer(settings)));
    const jane = await register(servers[0]?.url ?? '', 'jane_doe');
    let paid = 0;
    for (let index = 1; index <= rounds; index += 1) {
      const round: Round = { servers, jane, key: `key ${index}`, random, report };
      let exchange: ExchangeLine;
      if (index % 20 === 0) ({ exchange, servers } = await killRound(round, settings));
      else exchange = await (index % 10 === 0 ? stopRound(round) : followRound(round));
      const expected = exchange.status === 'failed' || exchange.response === null ? 0 : price;
      if (exchange.tokens_charged !== expected) {
        report.errors.push(`${round.key}: ${exchange.status} cost ${exchange.tokens_charged}`);
      }
      paid += expected;
      const balance = await balanceOf(servers[0]?.url ?? '', jane);
      if (balance.tokens !== startingCredits - paid || balance.held !== 0) {
        report.errors.push(`${round.key}: ${JSON.stringify(balance)} after ${paid} were paid`);
      }
      servers = [...servers].reverse();
    }
    const history = await historyOf(servers[0]?.url ?? '', jane);
    if (history.length !== rounds) report.errors.push(`${history.length} exchanges in ${rounds} rounds`);
    for (const server of servers) await server.terminate();
    report.errors.push(...(await ledgerErrors(storage)).errors);
  });
  return report;
}

/** Sends a message and loses the connection once its reply has begun. Returns the id of the exchange. */
async function sendAndLeave({ servers, jane, key, random }: Round): Promise<string> {
  const url = servers[0]?.url ?? '';
  const stream = await openKeyedStream(url, jane, { key, message: key });
  const { id } = await awaitExchange(servers.at(-1)?.url ?? '', jane, ({ message }) => message === key);
  await delay(random(60));
  await stream.body?.cancel();
  return id;
}

/** Pages that follow a reply; each second one leaves at once, and is not counted. */
async function followFromPages({ servers, jane, random, report }: Round, id: string): Promise<Followed[]> {
  const pages = Array.from({ length: 2 + random(6) }, async (_, index) => {
    const url = servers[index % servers.length]?.url ?? '';
    if (index % 3 !== 2) return follow(url, jane, id);
    const leaving = await openFollower(url, jane, id);
    await delay(random(40));
    await leaving.body?.cancel();
    return null;
  });
  report.followers += pages.length;
  return (await Promise.all(pages)).filter((followed) => followed !== null);
}

async function followRound(round: Round): Promise<ExchangeLine> {
  const { servers, jane, key, report } = round;
  const id = await sendAndLeave(round);
  const repeating = openKeyedStream(servers[0]?.url ?? '', jane, { key, message: key });
  for (const { text, last } of await followFromPages(round, id)) {
    if (text !== wholeText || last?.event !== 'done') {
      report.errors.push(`${key}: a follower got ${text} and ${JSON.stringify(last)}`);
    }
  }
  const repeated = await (await repeating).text();
  // A reply in progress is not repeated.
  if (!repeated.includes('"tokens_charged":100') && !repeated.includes('idempotency_in_progress')) {
    report.errors.push(`${key}: its repetition got ${repeated}`);
  }
  report.completed += 1;
  return awaitExchange(servers.at(-1)?.url ?? '', jane, ({ status }) => status === 'completed');
}

async function stopRound(round: Round): Promise<ExchangeLine> {
  const { servers, jane, key, report } = round;
  const id = await sendAndLeave(round);
  const following = followFromPages(round, id);
  const { authToken } = jane;
  // Another server would stop it too late: it is complete sooner.
  const url = servers[0]?.url ?? '';
  const path = `/api/chat/${id}/stop/`;
  const { body: exchange } = await call<ExchangeLine>(url, path, { authToken, method: 'POST' });
  for (const { text } of await following) {
    if (text !== exchange.response) report.errors.push(`${key}: a follower got ${text} of a stopped reply`);
  }
  // It may have been complete before.
  report[exchange.status === 'cancelled' ? 'stopped' : 'completed'] += 1;
  return exchange;
}

async function killRound(
  round: Round,
  settings: Environment,
): Promise<{ exchange: ExchangeLine; servers: ServerProcess[] }> {
  const { jane, key, report } = round;
  const [streaming, ...others] = round.servers;
  if (streaming === undefined) throw new TypeError('A round requires a server.');
  const id = await sendAndLeave(round);
  const here = follow(streaming.url, jane, id).catch(() => null);
  const elsewhere = others.map(({ url }) => follow(url, jane, id));
  await streaming.kill();
  await here;
  const servers = [await startServer(settings), ...others];
  const url = servers[0]?.url ?? '';
  const ended = ({ status }: ExchangeLine) => status !== 'pending';
  const exchange = await awaitExchange(url, jane, ended, afterKillMs);
  const stored = exchange.response ?? '';
  for (const { text, last } of [...(await Promise.all(elsewhere)), await follow(url, jane, id)]) {
    const isRight = exchange.status === 'failed' ? last?.event !== 'done' : last?.event === 'done';
    if (text !== stored || !isRight || !wholeText.startsWith(text)) {
      report.errors.push(`${key}: after the kill a follower got ${text} and ${JSON.stringify(last)}`);
    }
  }
  report[exchange.status === 'failed' ? 'killed' : 'completed'] += 1;
  return { exchange, servers };
}
