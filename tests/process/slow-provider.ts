import { expect } from 'vitest';
import {
  misbehavingProvider,
  sendsForEver,
  sendsThenStalls,
  type Behaviour,
} from '../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../adapters/ai/wire-formats.js';
import { balanceOf, historyOf, registerMany, type Account } from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { openChatStream } from './blocked-chats.js';
import { startServer, waitForStatus, type Environment } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';

const accountCount = 4;
const streamsEach = 5;
/** Long enough that a server on a busy machine renews its holds in time. */
const leaseSeconds = 6;
/** The lease, at most 5 s until the server looks for expired leases, and some time for the release. */
const holdTimeoutMs = leaseSeconds * 1000 + 5000 + 2000;

/** One word every 50 ms. */
const endless = sendsForEver(wire.start, wire.text('word '), 50);

/** Every second reply never ends; the others end once `canEnd` resolves. */
function everySecondEnds(canEnd: Promise<void>): Behaviour {
  let count = 0;
  return async (response) => {
    count += 1;
    if (count % 2 === 0) return endless(response);
    await sendsThenStalls(wire.start, wire.text('word '))(response);
    await canEnd;
    response.end(wire.text('end.') + wire.finish('stop', { input: 1, output: 2 }));
  };
}

async function withSlowProvider(
  storage: Storage,
  behaviour: Behaviour,
  use: (environment: Environment) => Promise<void>,
): Promise<void> {
  const provider = await misbehavingProvider();
  provider.behave(behaviour);
  try {
    await use({
      ...storage.environment,
      AI_PROVIDER: 'openai-compatible',
      AI_BASE_URL: provider.url,
      AI_MODEL: 'slow',
      HOLD_LEASE: `${leaseSeconds}s`,
    });
  } finally {
    await provider.stop();
  }
}

/** Opens 20 streams. Resolves when each has started; `text` is the whole stream, or null if the connection breaks. */
async function openStreams(url: string, accounts: readonly Account[]) {
  const open = async (account: Account) => {
    const response = await openChatStream(url, account);
    return { text: response.text().catch(() => null) };
  };
  return Promise.all(accounts.flatMap((account) => Array.from({ length: streamsEach }, () => open(account))));
}

async function openHolds(storage: Storage): Promise<number> {
  const text = `select id from exchanges where hold_state = 'open'`;
  return storage.withDatabase(async (database) => (await database.query({ text })).length);
}

/** Stops a server with 20 streams of a slow provider: half of them end in time, the others end with an error event. */
export async function stopDuringStreams(storage: Storage): Promise<void> {
  let endReplies: () => void = () => undefined;
  const canEnd = new Promise<void>((resolve) => (endReplies = resolve));
  await withSlowProvider(storage, everySecondEnds(canEnd), async (environment) => {
    const server = await startServer({ ...environment, SHUTDOWN_TIMEOUT: '6s' });
    const accounts = await registerMany(server.url, 'reader', accountCount);
    const streams = await openStreams(server.url, accounts);
    const ended = server.terminate();
    await waitForStatus(server, '/health/live', null, 3000);
    endReplies();
    const exit = await ended;
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.afterMs).toBeLessThan(6000 + 500);
    const texts = await Promise.all(streams.map((stream) => stream.text));
    const [completed, failed] = [
      /event: done\ndata: [^\n]*"tokens_charged":100,/,
      /event: error\ndata: [^\n]*"unavailable"/,
    ];
    expect(texts.filter((text) => completed.test(text ?? ''))).toHaveLength(streams.length / 2);
    expect(texts.filter((text) => failed.test(text ?? ''))).toHaveLength(streams.length / 2);
    expect(await openHolds(storage)).toBe(0);
    expect(await ledgerErrors(storage)).toEqual({ errors: [], overdueHolds: 0 });
  });
}

/**
 * Kills a server with 20 streams of a slow provider, and checks that the next server releases their holds and has the text
 * that had come.
 */
export async function killDuringStreams(storage: Storage): Promise<void> {
  await withSlowProvider(storage, endless, async (environment) => {
    const server = await startServer(environment);
    const accounts = await registerMany(server.url, 'reader', accountCount);
    const streams = await openStreams(server.url, accounts);
    for (const account of accounts) {
      await awaitUntil('each renewal of a hold has saved the text so far', 30_000, async () => {
        const history = await historyOf(server.url, account);
        return history.every(({ response }) => response !== null) || null;
      });
    }
    await server.kill();
    expect(await Promise.all(streams.map((stream) => stream.text))).toEqual(streams.map(() => null));
    const next = await startServer(environment);
    for (const account of accounts) {
      const hasNoHold = async () => ((await balanceOf(next.url, account)).held === 0 ? true : null);
      await awaitUntil('no hold is open', storage.engine === 'embedded' ? 0 : holdTimeoutMs, hasNoHold);
      expect(await balanceOf(next.url, account)).toEqual({ tokens: 4000, held: 0 });
      const history = await historyOf(next.url, account);
      const savedText: unknown = expect.stringMatching(/^(word )+$/);
      const failed = { status: 'failed', tokens_charged: 0, response: savedText, incomplete: true };
      expect(history).toMatchObject(Array<object>(streamsEach).fill(failed));
    }
    expect(await next.terminate()).toMatchObject({ code: 0 });
    expect(await openHolds(storage)).toBe(0);
    expect(await ledgerErrors(storage)).toEqual({ errors: [], overdueHolds: 0 });
  });
}
