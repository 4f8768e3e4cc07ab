import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openAiCompatible as wire } from '../adapters/ai/wire-formats.js';
import { misbehavingProvider, sendsForEver } from '../adapters/ai/misbehaving-provider.js';
import { openConnection, requestBytes } from '../adapters/http/raw-connection.js';
import { balanceOf, historyOf, register } from './api-client.js';
import { awaitUntil } from '../../src/testing/await-until.js';
import { startServer } from './server-process.js';
import { ledgerErrors, storagePerTest } from './storage.js';

const readers = 10;
const mebibyte = 1024 * 1024;

const storage = storagePerTest('PostgreSQL');

/** The resident memory of a process. */
function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}

test('clients that do not read a fast stream are disconnected, and memory stays bounded', async () => {
  const provider = await misbehavingProvider();
  provider.behave(sendsForEver(wire.start, wire.text('x'.repeat(20_000))));
  const server = await startServer({
    ...storage().environment,
    AI_PROVIDER: 'openai-compatible',
    AI_BASE_URL: provider.url,
    AI_MODEL: 'flood',
    WRITE_TIMEOUT: '3s',
    MAX_REPLY_CHARS: '10000000',
  });
  const jane = await register(server.url, 'jane_doe');
  const before = residentBytes(server.pid);
  const body = JSON.stringify({ message: 'Hi', stream: true });
  const headers = [
    `Authorization: Token ${jane.authToken}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const connections = await Promise.all(
    Array.from({ length: readers }, async () => {
      const connection = await openConnection(server.url);
      connection.pause();
      await connection.send(requestBytes('POST /api/chat/', headers, body));
      return connection;
    }),
  );
  let maximum = 0;
  await awaitUntil('all requests to the provider have ended', 20_000, () => {
    maximum = Math.max(maximum, residentBytes(server.pid));
    return Promise.resolve((provider.requests.length === readers && provider.openSockets() === 0) || null);
  });
  const grownMebibytes = Math.round((maximum - before) / mebibyte);
  console.log(
    `${readers} of ${readers} unread streams disconnected; memory grew by ${grownMebibytes} MiB at most`,
  );
  expect(grownMebibytes).toBeLessThan(200);
  const settled = async () => ((await balanceOf(server.url, jane)).held === 0 ? true : null);
  await awaitUntil('all holds have ended', 5000, settled);
  const history = await historyOf(server.url, jane);
  expect(history.map(({ status }) => status)).toEqual(Array<string>(readers).fill('cancelled'));
  expect(await balanceOf(server.url, jane)).toEqual({ tokens: 4000 - readers * 100, held: 0 });
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
  for (const connection of connections) connection.destroy();
  await provider.stop();
  await server.terminate();
});
