import { readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { balanceOf, chat, historyOf, register, registerMany } from './api-client.js';
import { waitForBlockedChats, withBlockedChats } from './blocked-chats.js';
import { emptyDataFolder, removeDataFolders } from './data-folder.js';
import {
  killProcesses,
  runProgram,
  startServer,
  statusOf,
  waitForStatus,
  type ServerProcess,
} from './server-process.js';
import { freePort } from '../setup/free-port.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');
afterEach(killProcesses);
afterEach(removeDataFolders);

/** Starts a server and waits until both of its workers serve. */
async function startWorkers(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const port = String(await freePort());
  const server = await startServer({ ...storage().environment, WORKERS: '2', PORT: port, ...environment });
  await waitForBothWorkers(server);
  return server;
}

function waitForBothWorkers({ url }: { url: string }): Promise<true> {
  return awaitUntil('both workers report metrics', 30_000, async () => {
    const read = await getAlone(`${url}/metrics`);
    return workersIn(read?.body ?? '').length === 2 || null;
  });
}

/** Sends a GET request by a connection of its own, so that it can get to any worker; null if none responds. */
function getAlone(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; body: string } | null> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 10_000, headers }, (response) => {
      void text(response).then((body) => {
        resolve({ status: response.statusCode, body });
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(null);
    });
  });
}

/** The workers whose metrics are in a text. */
function workersIn(metrics: string): string[] {
  const numbers = metrics.matchAll(/^metered_chat_database_connections\{state="idle",worker="(\d)"\}/gm);
  return [...numbers].map(([, number = '']) => number).sort();
}

/** The process ids of the workers. */
async function workersOf({ pid }: ServerProcess): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter(Boolean).map(Number);
}

/** The workers that `/metrics` reports, with the requests that each has counted. */
async function requestsByWorker({ url }: ServerProcess): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const requests = new Map<string, number>();
  for (const [, labels = '', value] of text.matchAll(/^metered_chat_http_requests_total\{(.*)\} (\d+)$/gm)) {
    const worker = /worker="(\d+)"/.exec(labels)?.[1] ?? 'none';
    requests.set(worker, (requests.get(worker) ?? 0) + Number(value));
  }
  return requests;
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('two workers serve one port, share the requests and report one set of metrics', async () => {
  const server = await startWorkers();
  expect(await workersOf(server)).toHaveLength(2);
  const accounts = await registerMany(server.url, 'chatter', 8);
  const responses = await Promise.all(
    accounts.flatMap((account) => Array.from({ length: 10 }, () => chat(server.url, account, 'Hello'))),
  );
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  const requests = await requestsByWorker(server);
  expect([...requests.keys()].sort()).toEqual(['1', '2']);
  expect([...requests.values()].reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(88);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics.match(/^# TYPE metered_chat_http_requests_total /gm)).toHaveLength(1);
  expect(metrics).toMatch(/^metered_chat_database_connections\{state="idle",worker="2"\}/m);
  expect(server.output().match(/is ready at/g)).toHaveLength(1);
  expect(server.output().match(/no administrator yet/g)).toHaveLength(1);
  expect(server.output().match(/Migrated the database/g)).toHaveLength(1);
});

test('of 200 simultaneous chats at two workers on a balance for 37, exactly 37 are charged', async () => {
  const server = await startWorkers({ STARTING_TOKENS: '3700' });
  const jane = await register(server.url, 'jane_doe');
  const responses = await Promise.all(
    Array.from({ length: 200 }, (_, index) => chat(server.url, jane, `Hello ${index}`)),
  );
  const countOf = (status: number) => responses.filter((response) => response.status === status).length;
  expect([countOf(200), countOf(402)]).toEqual([37, 163]);
  expect(await balanceOf(server.url, jane)).toEqual({ tokens: 0, held: 0 });
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
});

test('a worker that is killed is replaced while the other serves, and only the chats of the other are charged', async () => {
  const server = await startWorkers({ DATABASE_POOL_SIZE: '20' });
  const accounts = await registerMany(server.url, 'chatter', 10);
  const before = await workersOf(server);
  const { responses } = await withBlockedChats(storage(), async () => {
    const sent = Promise.allSettled(accounts.map((account) => chat(server.url, account, 'Hello')));
    await waitForBlockedChats(storage(), accounts.length);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await awaitUntil('there are two workers again', 20_000, async () => {
      const now = await workersOf(server);
      return (now.length === 2 && !now.includes(before[0] ?? 0)) || null;
    });
    expect(await statusOf(`${server.url}/health/live`)).toBe(200);
    return { responses: sent };
  });
  const failed = (await responses).filter(({ status }) => status === 'rejected').length;
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThan(accounts.length);
  expect(server.output()).toMatch(/Worker [12] ended \(SIGKILL\); another one takes its place\./);
  const histories = await Promise.all(accounts.map((account) => historyOf(server.url, account)));
  const charged = histories.flat().map(({ status, tokens_charged }) => [status, tokens_charged]);
  expect(charged.filter(([status]) => status === 'completed')).toEqual(
    Array.from({ length: accounts.length - failed }, () => ['completed', 100]),
  );
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  await waitForBothWorkers(server);
});

test('while a worker that was killed is replaced, the metrics are those of the other, or of both once it has started', async () => {
  const server = await startWorkers();
  const [killed = 0] = await workersOf(server);
  process.kill(killed, 'SIGKILL');
  const reads: string[][] = [];
  await awaitUntil('both workers report metrics again', 60_000, async () => {
    const read = await getAlone(`${server.url}/metrics`);
    // The one that was killed may have got the connection.
    if (read === null) return null;
    expect(read.status).toBe(200);
    reads.push(workersIn(read.body));
    return reads.at(-1)?.length === 2 || null;
  });
  expect(reads.filter((workers) => workers.length === 0)).toEqual([]);
});

test('a worker that hangs is left out of the metrics, and is in them again when it goes on', async () => {
  const server = await startWorkers();
  const [hanging = 0] = await workersOf(server);
  process.kill(hanging, 'SIGSTOP');
  // Connections are given to the workers in turn: the one that hangs may get the first, and then no other.
  const read = await awaitUntil('the other worker responds', 60_000, () => getAlone(`${server.url}/metrics`));
  expect(read.status).toBe(200);
  expect(workersIn(read.body)).toHaveLength(1);
  process.kill(hanging, 'SIGCONT');
  await waitForBothWorkers(server);
});

test('SIGHUP makes every worker read the models file again, also one that gets the signal while it starts', async () => {
  const path = join(await emptyDataFolder(), 'models.json');
  const write = (name: string) =>
    writeFile(path, JSON.stringify({ models: [{ name, provider: 'echo', price: { per_message: 1 } }] }));
  await write('first');
  const server = await startWorkers({ MODELS_FILE: path, LOG_LEVEL: 'info' });
  const jane = await register(server.url, 'jane_doe');
  const before = await workersOf(server);
  await write('second');
  // As a closed terminal does: every process gets it.
  for (const pid of [...before, server.pid]) process.kill(pid, 'SIGHUP');
  await awaitUntil('both workers have read it', 30_000, () =>
    Promise.resolve(readers(server).length === 2 || null),
  );
  expect(readers(server)).toEqual([...before].sort((left, right) => left - right));

  process.kill(before[0] ?? 0, 'SIGKILL');
  const started = await awaitUntil('another worker is started', 30_000, async () => {
    const now = await workersOf(server);
    return now.find((pid) => !before.includes(pid)) ?? null;
  });
  await write('third');
  server.send('SIGHUP');
  await waitForBothWorkers(server);
  // Connections are given to the workers in turn.
  for (let request = 0; request < 8; request += 1) {
    const read = await getAlone(`${server.url}/api/models/`, { Authorization: `Token ${jane.authToken}` });
    expect(read?.body).toContain('"third"');
  }
  expect(await workersOf(server)).toContain(started);
  expect((await server.terminate()).code).toBe(0);
});

/** The processes that have read the models file again, by the log. */
function readers(server: ServerProcess): number[] {
  const lines = server
    .standardOutput()
    .split('\n')
    .filter((line) => line.includes('read the models file again'));
  const pids = lines.map((line) => (JSON.parse(line) as { pid: number }).pid);
  return [...new Set(pids)].sort((left, right) => left - right);
}

test('on SIGTERM both workers finish their chats, and the server exits with 0', async () => {
  const server = await startWorkers({ DATABASE_POOL_SIZE: '20' });
  const accounts = await registerMany(server.url, 'chatter', 10);
  const workers = await workersOf(server);
  const { responses, exit } = await withBlockedChats(storage(), async () => {
    const responses = Promise.all(accounts.map((account) => chat(server.url, account, 'Hello')));
    await waitForBlockedChats(storage(), accounts.length);
    const exit = server.terminate();
    // As a terminal or systemd does: the workers leave it to their primary process.
    for (const pid of workers) process.kill(pid, 'SIGTERM');
    await waitForStatus(server, '/health/live', null, 5000);
    expect(server.hasExited()).toBe(false);
    return { responses, exit };
  });
  expect((await responses).map(({ status }) => status)).toEqual(accounts.map(() => 200));
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(workers.filter(isRunning)).toEqual([]);
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
});

test('workers end when their primary process is killed', async () => {
  const server = await startWorkers();
  const workers = await workersOf(server);
  await server.kill();
  await awaitUntil('the workers have ended', 5000, () =>
    Promise.resolve(workers.filter(isRunning).length === 0 || null),
  );
  expect(await statusOf(`${server.url}/health/live`)).toBeNull();
});

test('workers that cannot start end the server with one message', async () => {
  const first = await startWorkers();
  const run = runProgram(['serve'], {
    ...storage().environment,
    WORKERS: '2',
    PORT: new URL(first.url).port,
  });
  expect(await run.exited).toMatchObject({ code: 1 });
  expect(run.output()).toBe('Another program uses that address. Choose another port: PORT=8001 npm start\n');
  expect(await statusOf(`${first.url}/health/ready`)).toBe(200);
});

test('a server with workers that gets SIGTERM while it waits for its database exits at once with 0', async () => {
  const port = String(await freePort());
  const nowhere = `postgresql://user@127.0.0.1:${await freePort()}/nothing`;
  const run = runProgram(['serve'], { DATABASE_URL: nowhere, PORT: port, WORKERS: '2' });
  await waitForStatus({ url: `http://127.0.0.1:${port}` }, '/health/ready', 503, 20_000);
  run.send('SIGTERM');
  expect(await run.exited).toMatchObject({ code: 0, signal: null });
});
