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
import { startServer, statusOf, type Environment } from './server-process.js';
import { ledgerFaults, type Storage } from './storage.js';

const accountCount = 4;
const streamsEach = 5;
/** The lease, then a server's next look, which is at most 5 s away, and some time to look. */
const holdsEndWithinMs = 1000 + 5000 + 2000;

/** One word in 50 ms. */
const endless = sendsForEver(wire.start, wire.text('word '), 50);

/** Every other reply ends when `isTime`; the others never do. */
function everyOtherEnds(isTime: Promise<void>): Behaviour {
  let asked = 0;
  return async (response) => {
    asked += 1;
    if (asked % 2 === 0) return endless(response);
    await sendsThenStalls(wire.start, wire.text('word '))(response);
    await isTime;
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
      HOLD_LEASE: '1s',
    });
  } finally {
    await provider.stop();
  }
}

/** Opens 20 streams; resolves when the first words of each have come. `text` is all that comes until its end. */
async function openStreams(url: string, accounts: readonly Account[]) {
  const open = async ({ accessSecret }: Account) => {
    const response = await fetch(`${url}/api/chat/`, {
      method: 'POST',
      headers: { Authorization: `Token ${accessSecret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: 'Tell me.', stream: true }),
    });
    return { text: response.text().catch(() => null) };
  };
  return Promise.all(accounts.flatMap((account) => Array.from({ length: streamsEach }, () => open(account))));
}

async function openHolds(storage: Storage): Promise<number> {
  const text = `select id from exchanges where hold_state = 'open'`;
  return storage.withDatabase(async (database) => (await database.query({ text })).length);
}

/** Stops a server with 20 streams of a slow provider: half of them can end in time, the others are told. */
export async function stopAmongStreams(storage: Storage): Promise<void> {
  let goOn: () => void = () => undefined;
  const isTime = new Promise<void>((resolve) => (goOn = resolve));
  await withSlowProvider(storage, everyOtherEnds(isTime), async (environment) => {
    const server = await startServer({ ...environment, SHUTDOWN_TIMEOUT: '6s' });
    const accounts = await registerMany(server.url, 'reader', accountCount);
    const streams = await openStreams(server.url, accounts);
    const ended = server.terminate();
    await awaitUntil('new connections are refused', 3000, async () =>
      (await statusOf(`${server.url}/health/live`)) === null ? true : null,
    );
    goOn();
    const exit = await ended;
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(exit.afterMs).toBeLessThan(6000 + 500);
    const texts = await Promise.all(streams.map((stream) => stream.text));
    const [whole, told] = [
      /event: done\ndata: [^\n]*"tokens_charged":100,/,
      /event: error\ndata: [^\n]*"unavailable"/,
    ];
    expect(texts.filter((text) => whole.test(text ?? ''))).toHaveLength(streams.length / 2);
    expect(texts.filter((text) => told.test(text ?? ''))).toHaveLength(streams.length / 2);
    expect(await openHolds(storage)).toBe(0);
    expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  });
}

/** Kills a server with 20 streams of a slow provider, and looks what the next one makes of them. */
export async function killAmongStreams(storage: Storage): Promise<void> {
  await withSlowProvider(storage, endless, async (environment) => {
    const server = await startServer(environment);
    const accounts = await registerMany(server.url, 'reader', accountCount);
    const streams = await openStreams(server.url, accounts);
    await server.kill();
    expect(await Promise.all(streams.map((stream) => stream.text))).toEqual(streams.map(() => null));
    const next = await startServer(environment);
    for (const account of accounts) {
      const look = async () => ((await balanceOf(next.url, account)).held === 0 ? true : null);
      await awaitUntil('no hold is open', storage.engine === 'embedded' ? 0 : holdsEndWithinMs, look);
      expect(await balanceOf(next.url, account)).toEqual({ tokens: 4000, held: 0 });
      const history = await historyOf(next.url, account);
      const nothing = { status: 'failed', tokens_charged: 0, response: null };
      expect(history).toMatchObject(Array<object>(streamsEach).fill(nothing));
    }
    expect(await next.terminate()).toMatchObject({ code: 0 });
    expect(await openHolds(storage)).toBe(0);
    expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  });
}
