import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chat, historyOf, register, registerMany } from './api-client.js';
import { awaitUntil } from './await-until.js';
import { openUnreadStream } from './slow-readers.js';
import { freePort, killLeftovers, runProgram, startServer, statusOf } from './server-process.js';
import { ledgerFaults, storageOn, type Storage } from './storage.js';

let storage: Storage;

beforeEach(async () => {
  storage = await storageOn('PostgreSQL');
});

afterEach(async () => {
  await killLeftovers();
  await storage.remove();
});

/** Keeps every chat waiting for as long as `work` takes: their balances are locked. */
async function whileChatsHang<Result>(work: () => Promise<Result>): Promise<Result> {
  return storage.withDatabase((database) =>
    database.transaction(async (within) => {
      await within.query({ text: 'select 1 from balances for update' });
      return work();
    }),
  );
}

/** Resolves when that many statements wait for a lock. */
async function chatsHang(count: number): Promise<void> {
  await awaitUntil(`${count} chats hang`, 10_000, () =>
    storage.withDatabase(async (database) => {
      const text = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await database.query({ text })).length >= count || null;
    }),
  );
}

test('a server told to stop refuses new connections, finishes what is under way, and ends with 0', async () => {
  // Enough connections for each chat to wait on one of its own.
  const server = await startServer({ ...storage.environment, DATABASE_POOL_SIZE: '40' });
  const accounts = await registerMany(server.url, 'chatter', 10);
  const { answers, exit } = await whileChatsHang(async () => {
    const answers = Promise.all(accounts.map((account) => chat(server.url, account, 'Are you still there?')));
    await chatsHang(accounts.length);
    const exit = server.terminate();
    await awaitUntil('new connections are refused', 5000, async () =>
      (await statusOf(`${server.url}/health/live`)) === null ? true : null,
    );
    expect(server.hasExited()).toBe(false);
    return { answers, exit };
  });
  expect((await answers).map(({ status }) => status)).toEqual(accounts.map(() => 200));
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
});

test('a server told to stop waits no longer than SHUTDOWN_TIMEOUT for what does not end', async () => {
  const server = await startServer({ ...storage.environment, SHUTDOWN_TIMEOUT: '1s' });
  const jane = await register(server.url, 'jane_doe');
  const exit = await whileChatsHang(async () => {
    const cut = expect(chat(server.url, jane, 'Hello')).rejects.toThrow();
    await chatsHang(1);
    const exit = await server.terminate();
    await cut;
    return exit;
  });
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(exit.afterMs).toBeGreaterThanOrEqual(1000);
  expect(exit.afterMs).toBeLessThan(4000);
  expect(await ledgerFaults(storage)).toMatchObject({ faults: [] });
});

test('clients that never pause on the connections that they have do not keep a server from stopping', async () => {
  const server = await startServer(storage.environment);
  const accounts = await registerMany(server.url, 'chatter', 10);
  const answered = accounts.map(() => 0);
  const flood = accounts.map(async (account, index) => {
    for (;;) {
      const answer = await chat(server.url, account, 'Hello').catch(() => null);
      if (answer === null) return;
      if (answer.status !== 200 && answer.status !== 402) throw new Error(`Answered with ${answer.status}.`);
      if (answer.status === 200) answered[index] = (answered[index] ?? 0) + 1;
    }
  });
  await awaitUntil('all chat', 10_000, () => Promise.resolve(answered.every((count) => count > 0) || null));
  const exit = await server.terminate();
  await Promise.all(flood);
  expect(exit).toMatchObject({ code: 0 });
  expect(exit.afterMs).toBeLessThan(3000);
  const next = await startServer(storage.environment);
  for (const [index, account] of accounts.entries()) {
    const history = await historyOf(next.url, account);
    expect(history.length).toBeGreaterThanOrEqual(answered[index] ?? 0);
    expect(history.filter(({ status }) => status !== 'completed')).toEqual([]);
  }
});

test('a server told to stop while it waits for its database ends at once with 0', async () => {
  const port = String(await freePort());
  const nowhere = `postgresql://nobody@127.0.0.1:${await freePort()}/nothing`;
  const run = runProgram(['serve'], { DATABASE_URL: nowhere, PORT: port });
  await awaitUntil('the server is starting', 20_000, async () =>
    (await statusOf(`http://127.0.0.1:${port}/health/ready`)) === 503 ? true : null,
  );
  expect(await statusOf(`http://127.0.0.1:${port}/health/live`)).toBe(200);
  run.send('SIGTERM');
  expect(await run.exited).toMatchObject({ code: 0, signal: null });
});

test('a server told to stop ends each of 20 streams whole or with an error event, and then itself with 0', async () => {
  const server = await startServer({
    ...storage.environment,
    SHUTDOWN_TIMEOUT: '8s',
    MAX_MESSAGE_CHARS: '1000000',
  });
  const accounts = await registerMany(server.url, 'reader', 20);
  // So many words that they do not fit between a server and a client who does not read.
  const message = 'word '.repeat(180_000);
  const streams = await Promise.all(
    accounts.map((account) => openUnreadStream(server.url, account, message)),
  );
  const exit = server.terminate();
  // Half of them read on at once, the others only when the server waits no longer for replies.
  const ends = await Promise.all(
    streams.map(async (stream, index) => {
      if (index % 2 === 1) await delay(6500);
      return stream.read();
    }),
  );
  expect(ends).toEqual(accounts.map((_, index) => (index % 2 === 0 ? 'done' : 'error')));
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect((await exit).afterMs).toBeLessThan(8000);
  expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  const open = await storage.withDatabase((database) =>
    database.query({ text: `select id from exchanges where hold_state = 'open'` }),
  );
  expect(open).toEqual([]);
});
