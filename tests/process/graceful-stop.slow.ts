import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chat, historyOf, register, registerMany } from './api-client.js';
import { chatsHang, openStream, whileChatsHang } from './hanging-chats.js';
import { awaitUntil } from '../../src/testing/await-until.js';
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

test('a server told to stop refuses new connections, finishes what is under way, and ends with 0', async () => {
  // Enough connections for each chat to wait on one of its own.
  const server = await startServer({ ...storage.environment, DATABASE_POOL_SIZE: '40' });
  const accounts = await registerMany(server.url, 'chatter', 10);
  const { responses, exit } = await whileChatsHang(storage, async () => {
    const responses = Promise.all(
      accounts.map((account) => chat(server.url, account, 'Are you still there?')),
    );
    await chatsHang(storage, accounts.length);
    const exit = server.terminate();
    await awaitUntil('new connections are refused', 5000, async () =>
      (await statusOf(`${server.url}/health/live`)) === null ? true : null,
    );
    expect(server.hasExited()).toBe(false);
    return { responses, exit };
  });
  expect((await responses).map(({ status }) => status)).toEqual(accounts.map(() => 200));
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
});

test('clients that never pause on the connections that they have do not keep a server from stopping', async () => {
  const server = await startServer(storage.environment);
  const accounts = await registerMany(server.url, 'chatter', 10);
  const answered = accounts.map(() => 0);
  const flood = accounts.map(async (account, index) => {
    for (;;) {
      const response = await chat(server.url, account, 'Hello').catch(() => null);
      if (response === null) return;
      if (response.status !== 200 && response.status !== 402)
        throw new Error(`Answered with ${response.status}.`);
      if (response.status === 200) answered[index] = (answered[index] ?? 0) + 1;
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

test('a server told to stop tells a client who reads too slowly that its stream ends before the reply', async () => {
  const limits = { MAX_MESSAGE_CHARS: '1000000', MAX_REPLY_CHARS: '1000000' };
  const environment = { ...storage.environment, ...limits, SHUTDOWN_TIMEOUT: '4s' };
  const server = await startServer(environment);
  const jane = await register(server.url, 'jane_doe');
  // So many words that they do not fit between a server and a client who does not read.
  const response = await openStream(server.url, jane, 'word '.repeat(180_000));
  const exit = server.terminate();
  await delay(2500);
  const text = await response.text();
  expect(text.slice(-1000)).toMatch(/event: error\ndata: \{[^\n]*"code":"unavailable"[^\n]*\}\n\n$/);
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  const next = await startServer(storage.environment);
  expect(await historyOf(next.url, jane)).toMatchObject([{ status: 'failed', tokens_charged: 0 }]);
});

test('a server told to stop is not ready any more, and serves on for DRAIN_DELAY', async () => {
  const server = await startServer({ ...storage.environment, DRAIN_DELAY: '2s' });
  const jane = await register(server.url, 'jane_doe');
  const exit = server.terminate();
  await awaitUntil('it is not ready', 1000, async () =>
    (await statusOf(`${server.url}/health/ready`)) === 503 ? true : null,
  );
  const response = await chat(server.url, jane, 'Are you still there?');
  expect(response.status).toBe(200);
  const { code, afterMs } = await exit;
  expect(code).toBe(0);
  expect(afterMs).toBeGreaterThanOrEqual(2000);
  expect(afterMs).toBeLessThan(5000);
  expect(await statusOf(`${server.url}/health/live`)).toBeNull();
});
