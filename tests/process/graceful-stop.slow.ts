import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chat, historyOf, register, registerMany } from './api-client.js';
import { waitForBlockedChats, openChatStream, withBlockedChats } from './blocked-chats.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { runProgram, startServer, statusOf, waitForStatus } from './server-process.js';
import { freePort } from '../setup/free-port.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

test('a server that gets SIGTERM accepts no new connections, finishes the chats in progress, and exits with 0', async () => {
  // Each blocked chat uses a database connection.
  const server = await startServer({ ...storage().environment, DATABASE_POOL_SIZE: '40' });
  const accounts = await registerMany(server.url, 'chatter', 10);
  const { responses, exit } = await withBlockedChats(storage(), async () => {
    const responses = Promise.all(
      accounts.map((account) => chat(server.url, account, 'Are you still there?')),
    );
    await waitForBlockedChats(storage(), accounts.length);
    const exit = server.terminate();
    await waitForStatus(server, '/health/live', null, 5000);
    expect(server.hasExited()).toBe(false);
    return { responses, exit };
  });
  expect((await responses).map(({ status }) => status)).toEqual(accounts.map(() => 200));
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
});

test('clients that keep sending requests on open connections do not prevent a server from stopping', async () => {
  const server = await startServer(storage().environment);
  const accounts = await registerMany(server.url, 'chatter', 10);
  const counts = accounts.map(() => 0);
  const flood = accounts.map(async (account, index) => {
    for (;;) {
      const response = await chat(server.url, account, 'Hello').catch(() => null);
      if (response === null) return;
      if (response.status !== 200 && response.status !== 402)
        throw new Error(`A chat returned ${response.status}.`);
      if (response.status === 200) counts[index] = (counts[index] ?? 0) + 1;
    }
  });
  await awaitUntil('each client has a reply', 10_000, () =>
    Promise.resolve(counts.every((count) => count > 0) || null),
  );
  const exit = await server.terminate();
  await Promise.all(flood);
  expect(exit).toMatchObject({ code: 0 });
  expect(exit.afterMs).toBeLessThan(3000);
  const next = await startServer(storage().environment);
  for (const [index, account] of accounts.entries()) {
    const history = await historyOf(next.url, account);
    expect(history.length).toBeGreaterThanOrEqual(counts[index] ?? 0);
    expect(history.filter(({ status }) => status !== 'completed')).toEqual([]);
  }
});

test('a server that gets SIGTERM while it waits for its database exits at once with 0', async () => {
  const port = String(await freePort());
  const nowhere = `postgresql://user@127.0.0.1:${await freePort()}/nothing`;
  const run = runProgram(['serve'], { DATABASE_URL: nowhere, PORT: port });
  const url = `http://127.0.0.1:${port}`;
  await waitForStatus({ url }, '/health/ready', 503, 20_000);
  expect(await statusOf(`${url}/health/live`)).toBe(200);
  run.send('SIGTERM');
  expect(await run.exited).toMatchObject({ code: 0, signal: null });
});

test('a server that gets SIGTERM sends an error event to a client that reads too slowly to get the whole reply', async () => {
  const limits = { MAX_MESSAGE_CHARS: '1000000', MAX_REPLY_CHARS: '1000000' };
  const environment = { ...storage().environment, ...limits, SHUTDOWN_TIMEOUT: '4s' };
  const server = await startServer(environment);
  const jane = await register(server.url, 'jane_doe');
  // More text than the buffers between a server and a client that does not read can hold.
  const response = await openChatStream(server.url, jane, 'word '.repeat(180_000));
  const exit = server.terminate();
  await delay(2500);
  const text = await response.text();
  expect(text.slice(-1000)).toMatch(/event: error\ndata: \{[^\n]*"code":"unavailable"[^\n]*\}\n\n$/);
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  const next = await startServer(storage().environment);
  expect(await historyOf(next.url, jane)).toMatchObject([{ status: 'failed', tokens_charged: 0 }]);
});

test('a server that gets SIGTERM is not ready, and keeps serving for DRAIN_DELAY', async () => {
  const server = await startServer({ ...storage().environment, DRAIN_DELAY: '2s' });
  const jane = await register(server.url, 'jane_doe');
  const exit = server.terminate();
  await waitForStatus(server, '/health/ready', 503, 1000);
  const response = await chat(server.url, jane, 'Are you still there?');
  expect(response.status).toBe(200);
  const { code, afterMs } = await exit;
  expect(code).toBe(0);
  expect(afterMs).toBeGreaterThanOrEqual(2000);
  expect(afterMs).toBeLessThan(5000);
  expect(await statusOf(`${server.url}/health/live`)).toBeNull();
});
