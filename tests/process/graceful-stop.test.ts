import { expect, test } from 'vitest';
import { chat, register, registerMany } from './api-client.js';
import { waitForBlockedChats, openChatStream, withBlockedChats } from './blocked-chats.js';
import { startServer, waitForStatus } from './server-process.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

test('a server that gets SIGTERM completes 20 streams, and then exits with 0', async () => {
  const server = await startServer(storage().environment);
  const accounts = await registerMany(server.url, 'reader', 20);
  // The lock blocks charges only: the text has arrived, but the streams cannot end.
  const { texts, exit } = await storage().withDatabase((database) =>
    database.transaction(async (within) => {
      await within.query({ text: 'lock table entries in share mode' });
      const responses = await Promise.all(accounts.map((account) => openChatStream(server.url, account)));
      // Charges are batched: the first batch waits for the lock, and the others wait for it.
      await waitForBlockedChats(storage(), 1);
      const texts = Promise.all(responses.map((response) => response.text()));
      const exit = server.terminate();
      await waitForStatus(server, '/health/live', null, 50_000);
      expect(server.hasExited()).toBe(false);
      return { texts, exit };
    }),
  );
  for (const text of await texts) {
    expect(text).toMatch(/^event: delta\n[^]*event: done\ndata: \{[^\n]*"tokens_charged":100,[^\n]*\}\n\n$/);
  }
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  const open = await storage().withDatabase((database) =>
    database.query({ text: `select id from exchanges where hold_state = 'open'` }),
  );
  expect(open).toEqual([]);
});

test('a server that gets SIGTERM waits at most SHUTDOWN_TIMEOUT for chats in progress', async () => {
  const server = await startServer({ ...storage().environment, SHUTDOWN_TIMEOUT: '1s' });
  const jane = await register(server.url, 'jane_doe');
  const exit = await withBlockedChats(storage(), async () => {
    const aborted = expect(chat(server.url, jane, 'Hello')).rejects.toThrow();
    await waitForBlockedChats(storage(), 1);
    const exit = await server.terminate();
    await aborted;
    return exit;
  });
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(exit.afterMs).toBeGreaterThanOrEqual(1000);
  // Less than the statement timeout of 30 s.
  expect(exit.afterMs).toBeLessThan(25_000);
  expect(await ledgerErrors(storage())).toMatchObject({ errors: [] });
});
