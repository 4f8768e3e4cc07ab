import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { chat, register, registerMany } from './api-client.js';
import { chatsHang, openStream, whileChatsHang } from './hanging-chats.js';
import { killLeftovers, startServer, statusOf } from './server-process.js';
import { ledgerFaults, storageOn, type Storage } from './storage.js';

let storage: Storage;

beforeEach(async () => {
  storage = await storageOn('PostgreSQL');
});

afterEach(async () => {
  await killLeftovers();
  await storage.remove();
});

test('a server told to stop ends each of 20 streams whole, and then itself with 0', async () => {
  const server = await startServer(storage.environment);
  const accounts = await registerMany(server.url, 'reader', 20);
  // A charge waits for the ledger while nothing else does: the words have come, but the streams cannot end.
  const { texts, exit } = await storage.withDatabase((database) =>
    database.transaction(async (within) => {
      await within.query({ text: 'lock table entries in share mode' });
      const responses = await Promise.all(accounts.map((account) => openStream(server.url, account)));
      // Charges travel together: the first ones wait, and the others for them.
      await chatsHang(storage, 1);
      const texts = Promise.all(responses.map((response) => response.text()));
      const exit = server.terminate();
      await awaitUntil('new connections are refused', 50_000, async () =>
        (await statusOf(`${server.url}/health/live`)) === null ? true : null,
      );
      expect(server.hasExited()).toBe(false);
      return { texts, exit };
    }),
  );
  for (const text of await texts) {
    expect(text).toMatch(/^event: delta\n[^]*event: done\ndata: \{[^\n]*"tokens_charged":100,[^\n]*\}\n\n$/);
  }
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  const open = await storage.withDatabase((database) =>
    database.query({ text: `select id from exchanges where hold_state = 'open'` }),
  );
  expect(open).toEqual([]);
});

test('a server told to stop waits no longer than SHUTDOWN_TIMEOUT for what does not end', async () => {
  const server = await startServer({ ...storage.environment, SHUTDOWN_TIMEOUT: '1s' });
  const jane = await register(server.url, 'jane_doe');
  const exit = await whileChatsHang(storage, async () => {
    const cut = expect(chat(server.url, jane, 'Hello')).rejects.toThrow();
    await chatsHang(storage, 1);
    const exit = await server.terminate();
    await cut;
    return exit;
  });
  expect(exit).toMatchObject({ code: 0, signal: null });
  expect(exit.afterMs).toBeGreaterThanOrEqual(1000);
  // Far less than what hangs would take: the statement is given up after 30 s.
  expect(exit.afterMs).toBeLessThan(25_000);
  expect(await ledgerFaults(storage)).toMatchObject({ faults: [] });
});
