import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { register } from './api-client.js';
import { chatsHang, openStream, whileChatsHang } from './hanging-chats.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { killLeftovers, runProgram, startServer, statusOf, type ServerProcess } from './server-process.js';
import { ledgerFaults, storageOn, type Storage } from './storage.js';

/** Delivers a signal to the program as soon as it handles that signal; a real one would come at a turn of the event loop. */
const signalsItself = (signal: string) => `
  const on = process.on;
  process.on = function (event, ...rest) {
    on.call(this, event, ...rest);
    if (event === '${signal}') process.emit(event, event);
    return this;
  };`;
/** Makes the program throw or reject, uncaught, on a signal. */
const failsOnSignal = `
  process.on('SIGUSR2', () => { throw new Error('a fault of a test'); });
  process.on('SIGHUP', () => { Promise.reject(new Error('a fault of a test')); });`;
const patienceMs = 50_000;

describe('a signal to a program that starts', () => {
  // Invalid settings: a program that reads them ends with 2.
  const environment = { PORT: 'wrong' };

  test.each([
    ['serve', 'SIGTERM', 0],
    ['serve', 'SIGINT', 0],
    ['migrate', 'SIGTERM', 143],
    ['migrate', 'SIGINT', 130],
    ['create-admin', 'SIGTERM', 143],
    ['grant', 'SIGTERM', 143],
    ['ledger-verify', 'SIGTERM', 143],
    ['import-django', 'SIGTERM', 143],
  ])('is handled before anything else: %s ends on %s with %i', async (command, signal, code) => {
    const run = runProgram([command], environment, { preload: signalsItself(signal) });
    expect(await run.exited).toMatchObject({ code, signal: null });
    expect(run.output()).toBe('');
  });
});

describe('on PostgreSQL', () => {
  let storage: Storage;

  beforeEach(async () => {
    storage = await storageOn('PostgreSQL');
  });

  afterEach(async () => {
    await killLeftovers();
    await storage.remove();
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('a migrate that waits for a lock ends on %s with %i', async (signal, code) => {
    await storage.withDatabase((database) =>
      database.transaction(async (within) => {
        await within.query({ text: 'create table migrations (id int)' });
        const run = runProgram(['migrate'], storage.environment);
        await chatsHang(storage, 1);
        run.send(signal);
        expect(await run.exited).toMatchObject({ code, signal: null });
      }),
    );
  });

  test('a second signal ends a server at once that waits for a reply, with 128 and its number', async () => {
    const server = await startServer({ ...storage.environment, SHUTDOWN_TIMEOUT: '10m' });
    const jane = await register(server.url, 'jane_doe');
    await whileChatsHang(storage, async () => {
      const hanging = openStream(server.url, jane).catch(() => null);
      await chatsHang(storage, 1);
      server.send('SIGTERM');
      await stopsListening(server);
      expect(server.hasExited()).toBe(false);
      server.send('SIGINT');
      expect(await server.exited).toMatchObject({ code: 130, signal: null });
      await hanging;
    });
  });

  test.each([
    ['an uncaught exception', 'SIGUSR2'],
    ['an unhandled rejection', 'SIGHUP'],
  ] as const)('%s is logged, and the server stops with 1 once replies have ended', async (_, signal) => {
    const options = { preload: failsOnSignal, expectsUncaught: true };
    const server = await startServer({ ...storage.environment, LOG_LEVEL: 'error' }, options);
    const jane = await register(server.url, 'jane_doe');
    const response = await storage.withDatabase((database) =>
      database.transaction(async (within) => {
        await within.query({ text: 'lock table entries in share mode' });
        const response = await openStream(server.url, jane);
        await chatsHang(storage, 1);
        server.send(signal);
        // A second one while it drains, too.
        await stopsListening(server);
        server.send(signal);
        expect(server.hasExited()).toBe(false);
        return response;
      }),
    );
    expect(await response.text()).toContain('event: done');
    expect(await server.exited).toMatchObject({ code: 1, signal: null });
    expect(server.output()).toContain('Stopping after an uncaught exception');
    const lines = server.standardOutput().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      [1, 2].map(
        () =>
          expect.objectContaining({
            level: 50,
            msg: 'uncaught exception; the server stops',
            error: expect.stringMatching(/^Error: a fault of a test\n {4}at /) as unknown,
          }) as unknown,
      ),
    );
    expect(await ledgerFaults(storage)).toEqual({ faults: [], overdueHolds: 0 });
  });

  test('a test whose program ends by an uncaught exception fails', async () => {
    const server = await startServer(storage.environment, { preload: failsOnSignal });
    server.send('SIGUSR2');
    await server.exited;
    await expect(killLeftovers()).rejects.toThrow('a fault of a test');
    await expect(killLeftovers()).resolves.toBeUndefined();
  });
});

async function stopsListening({ url }: ServerProcess): Promise<void> {
  await awaitUntil('new connections are refused', patienceMs, async () =>
    (await statusOf(`${url}/health/live`)) === null ? true : null,
  );
}
