import { describe, expect, test } from 'vitest';
import { register } from './api-client.js';
import { waitForBlockedChats, openChatStream, withBlockedChats } from './blocked-chats.js';
import { killProcesses, runProgram, startServer, waitForStatus } from './server-process.js';
import { ledgerErrors, storagePerTest } from './storage.js';

/** Sends a signal to the program as soon as it has a handler for it, which is earlier than a real signal can arrive. */
const emitSignalToItself = (signal: string) => `
  const on = process.on;
  process.on = function (event, ...rest) {
    on.call(this, event, ...rest);
    if (event === '${signal}') process.emit(event, event);
    return this;
  };`;
/** Makes the program throw an uncaught exception, or have an unhandled rejection, when it gets a signal. */
const throwOnSignal = `
  process.on('SIGUSR2', () => { throw new Error('an error of a test'); });
  process.on('SIGHUP', () => { Promise.reject(new Error('an error of a test')); });`;
const timeoutMs = 50_000;

describe('a signal to a starting program', () => {
  // The settings are invalid: a program that reads them exits with 2.
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
  ])('is handled before anything else: %s exits on %s with %i', async (command, signal, code) => {
    const run = runProgram([command], environment, { preload: emitSignalToItself(signal) });
    expect(await run.exited).toMatchObject({ code, signal: null });
    expect(run.output()).toBe('');
  });
});

describe('on PostgreSQL', () => {
  const storage = storagePerTest('PostgreSQL');

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('migrate exits on %s with %i while it waits for a lock', async (signal, code) => {
    await storage().withDatabase((database) =>
      database.transaction(async (within) => {
        await within.query({ text: 'create table migrations (id int)' });
        const run = runProgram(['migrate'], storage().environment);
        await waitForBlockedChats(storage(), 1);
        run.send(signal);
        expect(await run.exited).toMatchObject({ code, signal: null });
      }),
    );
  });

  test('a server that waits for a reply exits at the second signal, with 128 plus its number', async () => {
    const server = await startServer({ ...storage().environment, SHUTDOWN_TIMEOUT: '10m' });
    const jane = await register(server.url, 'jane_doe');
    await withBlockedChats(storage(), async () => {
      const hanging = openChatStream(server.url, jane).catch(() => null);
      await waitForBlockedChats(storage(), 1);
      server.send('SIGTERM');
      await waitForStatus(server, '/health/live', null, timeoutMs);
      expect(server.hasExited()).toBe(false);
      server.send('SIGINT');
      expect(await server.exited).toMatchObject({ code: 130, signal: null });
      await hanging;
    });
  });

  test.each([
    ['an uncaught exception', 'SIGUSR2'],
    ['an unhandled rejection', 'SIGHUP'],
  ] as const)('%s is logged, and the server exits with 1 once the replies have ended', async (_, signal) => {
    const options = { preload: throwOnSignal, expectsUncaught: true };
    const server = await startServer({ ...storage().environment, LOG_LEVEL: 'error' }, options);
    const jane = await register(server.url, 'jane_doe');
    const response = await storage().withDatabase((database) =>
      database.transaction(async (within) => {
        await within.query({ text: 'lock table entries in share mode' });
        const response = await openChatStream(server.url, jane);
        await waitForBlockedChats(storage(), 1);
        server.send(signal);
        // And again while it drains.
        await waitForStatus(server, '/health/live', null, timeoutMs);
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
            error: expect.stringMatching(/^Error: an error of a test\n {4}at /) as unknown,
          }) as unknown,
      ),
    );
    expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  });

  test('killProcesses fails if a program had an uncaught exception', async () => {
    const server = await startServer(storage().environment, { preload: throwOnSignal });
    server.send('SIGUSR2');
    await server.exited;
    await expect(killProcesses()).rejects.toThrow('an error of a test');
    await expect(killProcesses()).resolves.toBeUndefined();
  });
});
