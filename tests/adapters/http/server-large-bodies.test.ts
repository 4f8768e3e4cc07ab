import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConnection, requestBytes, statusesIn, type RawConnection } from './raw-connection.js';
import { ask } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';
import { stopwatch } from '../../stopwatch.js';

const json = 'Content-Type: application/json';
const hundredMegabytes = 100 * 1024 * 1024;
const block = Buffer.alloc(64 * 1024, 'a');
/** Less than one such body; what was read and discarded is garbage until the engine collects it, at some 64 MB. */
const memoryForOne = 88 * 1024 * 1024;
const memoryForTwenty = 128 * 1024 * 1024;
const chunk = Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]);

describe('a body of 100 MB', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer('memory');
  });
  afterAll(() => server.close());

  test.each([
    ['with its length, to a route that reads it', '/api/register/', true, 413],
    ['in chunks, to a route that reads it', '/api/register/', false, 413],
    ['with its length, to a route that wants an account', '/api/chat/', true, 413],
    ['with its length, to a path where there is nothing', '/api/nothing/', true, 413],
    ['in chunks, to a route that wants an account', '/api/chat/', false, 401],
    ['in chunks, to a method that does not exist', '/health/live', false, 405],
  ])('%s is refused, in little memory and time', async (_, path, hasLength, status) => {
    const connection = await openConnection(server.url);
    const framing = hasLength ? `Content-Length: ${hundredMegabytes}` : 'Transfer-Encoding: chunked';
    const sinceStart = stopwatch();
    const before = memoryBytes();
    let most = before;
    await connection.send(requestBytes(`POST ${path}`, [framing, json]));
    await pour(connection, hasLength ? block : chunk, async () => {
      most = Math.max(most, memoryBytes());
      expect((await ask(server, 'GET', '/health/live')).status).toBe(200);
    });
    if (!hasLength) await connection.send('0\r\n\r\n');
    connection.end();
    expect(statusesIn(await connection.closed)).toEqual([status]);
    expect(sinceStart()).toBeLessThan(8000);
    expect(most - before).toBeLessThan(memoryForOne);
  });

  test('that was promised but does not come is refused all the same', async () => {
    const connection = await openConnection(server.url);
    await connection.send(requestBytes('POST /api/register/', [`Content-Length: ${hundredMegabytes}`, json]));
    expect(statusesIn(await connection.closed)).toEqual([413]);
  });

  test('from 20 clients at once leaves capacity for others', async () => {
    const before = memoryBytes();
    let most = before;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const connection = await openConnection(server.url);
        await connection.send(requestBytes('POST /api/register/', ['Transfer-Encoding: chunked', json]));
        await pour(connection, chunk, () => {
          most = Math.max(most, memoryBytes());
          return Promise.resolve();
        });
        expect(statusesIn(await connection.closed)).toEqual([413]);
      }),
    );
    expect(most - before).toBeLessThan(memoryForTwenty);
    expect((await ask(server, 'GET', '/health/live')).status).toBe(200);
  });
});

/** Sends a block repeatedly until 100 MB are sent or the server stops reading. */
async function pour(connection: RawConnection, bytes: Buffer, look: () => Promise<void>): Promise<void> {
  for (let sent = 0; sent < hundredMegabytes; sent += bytes.length) {
    if (!(await connection.send(bytes))) return;
    if ((sent / bytes.length) % 64 === 0) await look();
  }
}

function memoryBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
