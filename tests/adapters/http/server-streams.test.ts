import { once, setMaxListeners } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventsIn } from './events.js';
import { disconnectInRounds } from './disconnecting-clients.js';
import { openConnection, requestBytes } from './raw-connection.js';
import { balance, exchanges, newAccount, until } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { abortion, finish, modelThat, text, waitingModel } from './test-models.js';

const writeTimeoutMs = 400;
const patienceMs = 50_000;

async function started(...parameters: Parameters<typeof startTestServer>): Promise<TestServer> {
  const server = await startTestServer(...parameters);
  onTestFinished(() => server.close());
  return server;
}

function chatRequest(auth: string, json: object, headers: readonly string[] = []): string {
  const body = JSON.stringify({ message: 'Hi', ...json });
  return requestBytes(
    'POST /api/chat/',
    [
      ...headers,
      `Authorization: Token ${auth}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ],
    body,
  );
}

/** Sends a request and does not read the response. */
async function askWithoutReading({ url }: TestServer, request: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.pause();
  await once(socket, 'connect');
  socket.write(request);
  return socket;
}

/** Sends a request and reads the response slowly, to its end or until it is cut off. */
async function readSlowly(
  server: TestServer,
  request: string,
): Promise<{ end: string; tookMs: number; longestPauseMs: number }> {
  const socket = await askWithoutReading(server, request);
  const beganAtMs = performance.now();
  let [end, readAtMs, longestPauseMs] = ['', beganAtMs, 0];
  socket.on('data', (bytes: Buffer) => {
    const nowMs = performance.now();
    longestPauseMs = Math.max(longestPauseMs, nowMs - readAtMs);
    readAtMs = nowMs;
    end = (end + bytes.toString('latin1')).slice(-100);
    socket.pause();
    setTimeout(() => socket.resume(), 5);
  });
  let isClosed = false;
  socket.once('close', () => {
    isClosed = true;
  });
  socket.resume();
  await until(() => isClosed || end.includes('"created_at"'));
  const tookMs = performance.now() - beganAtMs;
  socket.destroy();
  return { end, tookMs, longestPauseMs };
}

/** A model that writes without an end, and counts what was taken of it. */
function endlessModel(limitBytes = Infinity) {
  const taken = { bytes: 0 };
  const chunk = text('a'.repeat(65_536));
  const model = modelThat(async function* ({ signal }) {
    while (!signal.aborted && taken.bytes < limitBytes) {
      // Lets the server see what its sockets do.
      await new Promise(setImmediate);
      taken.bytes += 65_536;
      yield chunk;
    }
    if (!signal.aborted) yield finish;
  });
  return Object.assign(model, { taken });
}

/** More than the two ends of a connection within this machine keep for one another. */
const moreThanBuffersBytes = 32 * 1024 * 1024;

test('clients that leave at any moment stop their model, pay what is due and leave no socket', async () => {
  const { passed, of } = await disconnectInRounds('memory', 30);
  expect(passed).toBe(of);
});

describe('a client that never reads', () => {
  test('is cut off, stops its model long before its reply is whole, and counts as one that left', async () => {
    const model = endlessModel();
    const server = await started('memory', { models: [model], writeTimeoutMs });
    const { auth } = await newAccount(server);
    const socket = await askWithoutReading(server, chatRequest(auth, { stream: true }));
    await until(() => model.requests[0]?.signal.aborted === true);
    await server.server.idle();
    expect(model.taken.bytes).toBeLessThan(moreThanBuffersBytes);
    expect(await balance(server, auth)).toEqual({ tokens: 3900, held: 0 });
    expect(await exchanges(server, auth)).toMatchObject([{ status: 'cancelled', tokens_charged: 100 }]);
    socket.destroy();
  });

  test('but sent a key is cut off too, and its reply waits for the repeat', async () => {
    const model = endlessModel(moreThanBuffersBytes);
    const server = await started('memory', { models: [model], writeTimeoutMs });
    const { auth } = await newAccount(server);
    const request = chatRequest(auth, { stream: true }, ['Idempotency-Key: k']);
    const socket = await askWithoutReading(server, request);
    await until(async () => (await exchanges(server, auth))[0]?.['status'] === 'completed');
    expect(model.requests[0]?.signal.aborted).toBe(false);
    await until(() => model.taken.bytes >= moreThanBuffersBytes);
    socket.destroy();
  });

  test('is cut off with a plain response as well', async () => {
    const model = endlessModel(moreThanBuffersBytes);
    const server = await started('memory', { models: [model], writeTimeoutMs });
    const { auth } = await newAccount(server);
    const socket = await askWithoutReading(server, chatRequest(auth, {}));
    await until(async () => (await exchanges(server, auth))[0]?.['status'] === 'completed');
    const stopped = await server.server.stop(patienceMs);
    expect(stopped).toBe(true);
    socket.destroy();
  });

  test('is not one that reads slowly', async () => {
    for (;;) {
      const model = endlessModel(moreThanBuffersBytes / 2);
      const server = await started('memory', { models: [model], writeTimeoutMs });
      const { auth } = await newAccount(server);
      const reader = await readSlowly(server, chatRequest(auth, { stream: true }));
      // One that a busy machine kept from reading for so long did not read slowly, but not at all.
      if (reader.longestPauseMs > writeTimeoutMs / 2) continue;
      expect(reader.end).toContain('"created_at"');
      expect(reader.tookMs).toBeGreaterThan(2 * writeTimeoutMs);
      expect(await exchanges(server, auth)).toMatchObject([{ status: 'completed' }]);
      return;
    }
  }, 300_000);

  test('is not one that waits for a model to say something', async () => {
    const model = waitingModel({ before: [text('Once ')] });
    const server = await started('memory', { models: [model], writeTimeoutMs });
    const { auth } = await newAccount(server);
    const connection = await openConnection(server.url);
    await connection.send(chatRequest(auth, { stream: true }, ['Connection: close']));
    await until(() => connection.received().includes('Once '));
    await delay(3 * writeTimeoutMs);
    model.letGo();
    expect(await connection.closed).toContain('event: done');
  });
});

describe('a server that is to stop', () => {
  test('lets streams end whole, and those that take too long with an error event', async () => {
    const stopping = new AbortController();
    setMaxListeners(0, stopping.signal);
    const [quick, slow] = [
      waitingModel({ before: [text('Once ')] }),
      waitingModel({ before: [text('Once ')] }),
    ];
    const models = [
      { ...quick, name: 'quick' },
      { ...slow, name: 'slow' },
    ] as const;
    const server = await started('postgres', { models, stopping: stopping.signal });
    const accounts = await Promise.all(Array.from({ length: 20 }, () => newAccount(server)));
    const responses = accounts.map(({ auth }, index) =>
      fetch(`${server.url}/api/chat/`, {
        method: 'POST',
        headers: { Authorization: `Token ${auth}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ message: 'Hi', stream: true, model: index % 2 === 0 ? 'quick' : 'slow' }),
      }),
    );
    const texts = (await Promise.all(responses)).map((response) => response.text());
    const stopped = server.server.stop(patienceMs);
    quick.letGo();
    await until(async () => {
      const { results } = await server.core.chat.exchanges(
        { caller: operatorCaller, userId: await idOf(server, accounts[0]?.auth) },
        {
          limit: 1,
          before: null,
        },
      );
      return results[0]?.status === 'completed';
    });
    stopping.abort();
    const ends = (await Promise.all(texts)).map((received) => eventsIn(received).at(-1));
    expect(ends.map((end) => end?.event)).toEqual(
      accounts.map((_, index) => (index % 2 === 0 ? 'done' : 'error')),
    );
    expect(ends[1]?.data).toMatchObject({ code: 'unavailable', status: 503 });
    expect(await stopped).toBe(true);
    for (const [index, { auth }] of accounts.entries()) {
      expect(await balance(server, auth)).toEqual({ tokens: index % 2 === 0 ? 3900 : 4000, held: 0 });
    }
  });

  test('lets a client read a plain reply to its end, however late it begins to read', async () => {
    const server = await started('memory', { models: [endlessModel(moreThanBuffersBytes)] });
    const { auth } = await newAccount(server);
    const socket = await askWithoutReading(server, chatRequest(auth, {}));
    let end = '';
    socket.on('data', (bytes: Buffer) => (end = (end + bytes.toString('latin1')).slice(-100)));
    await until(async () => (await exchanges(server, auth))[0]?.['status'] === 'completed');
    await server.server.idle();
    const stopped = server.server.stop(patienceMs);
    await delay(100);
    socket.resume();
    await once(socket, 'close');
    expect(end).toMatch(/}$/);
    expect(await stopped).toBe(true);
  });

  test('waits for a reply that runs on though its client is gone', async () => {
    const model = modelThat(async function* ({ signal }) {
      yield text('Once ');
      await Promise.race([abortion(signal), delay(300)]);
      yield finish;
    });
    const server = await started('memory', { models: [model] });
    const { auth } = await newAccount(server);
    const connection = await openConnection(server.url);
    await connection.send(chatRequest(auth, { stream: true }, ['Idempotency-Key: k']));
    await until(() => connection.received().includes('Once '));
    connection.destroy();
    expect(await server.server.stop(patienceMs)).toBe(true);
    expect(await exchanges(server, auth)).toMatchObject([{ status: 'completed' }]);
  });
});

async function idOf({ core }: TestServer, auth = ''): Promise<string> {
  return (await core.auth.authenticate(auth)).user.id;
}
