import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { DrainLimits } from '../../../src/adapters/http/server/drain-request.js';
import { startHttpServer, type HttpServer } from '../../../src/adapters/http/server/server.js';
import { requestBytes, statusesIn } from './raw-connection.js';
import { newAccount } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';

const json = 'Content-Type: application/json';
const megabyte = 1024 * 1024;
const block = Buffer.alloc(64 * 1024, 'a');
const chunk = Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]);

/** What a client received that sends all of its body, even after the response. */
interface Seen {
  statuses: number[];
  text: string;
  /** The system's code, such as ECONNRESET; null when the connection was never broken. */
  error: string | null;
  sentBytes: number;
}

/** Sends a request and `bodyBytes` of body, in blocks, until all is sent or the connection breaks. */
async function sendAll(
  url: string,
  head: string,
  { bodyBytes, isChunked = false, pauseMs = 0 }: { bodyBytes: number; isChunked?: boolean; pauseMs?: number },
): Promise<Seen> {
  const seen: Seen = { statuses: [], text: '', error: null, sentBytes: 0 };
  // As most clients have it: when the server ends its side, this side ends, too, and what it still writes is an error.
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  socket.setEncoding('latin1').on('data', (text: string) => {
    seen.text += text;
  });
  socket.on('error', (error) => {
    seen.error ??= (error as NodeJS.ErrnoException).code ?? error.message;
  });
  const closed = once(socket, 'close').catch(() => undefined);
  await once(socket, 'connect');
  socket.write(head);
  while (seen.sentBytes < bodyBytes && !socket.destroyed) {
    const isWritten = await new Promise((resolve) => {
      socket.write(isChunked ? chunk : block, (error) => {
        resolve(error == null);
      });
    });
    if (!isWritten) break;
    seen.sentBytes += block.byteLength;
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  if (isChunked && socket.writable) socket.write('0\r\n\r\n');
  // Some responses leave the connection open for the next request.
  socket.end();
  await closed;
  seen.statuses = statusesIn(seen.text);
  return seen;
}

describe('a response before the end of its request', () => {
  let server: TestServer;
  let auth: string;
  beforeAll(async () => {
    server = await startTestServer('memory');
    ({ auth } = await newAccount(server));
  });
  afterAll(() => server.close());

  const early = [
    { what: '413, by its length', line: 'POST /api/register/', headers: [json], status: 413 },
    { what: '413, in chunks', line: 'POST /api/register/', headers: [json], status: 413, isChunked: true },
    { what: '401', line: 'POST /api/chat/', headers: [json], status: 401, isChunked: true },
    { what: '404', line: 'POST /api/nothing/', headers: [json], status: 404, isChunked: true },
    {
      what: '404 to OpenAI’s clients',
      line: 'POST /v1/nothing',
      headers: [json],
      status: 404,
      isChunked: true,
    },
    { what: '405', line: 'POST /health/live', headers: [json], status: 405, isChunked: true },
    { what: '404 to a DELETE', line: 'DELETE /api/nothing/', headers: [json], status: 404, isChunked: true },
    { what: '200 to a GET', line: 'GET /health/live', headers: [], status: 200, isChunked: true },
  ];

  test.each(early)('is read by a client that sends 40 MB all the same: $what', async (refusal) => {
    const { line, headers, status, isChunked = false } = refusal;
    const bodyBytes = 40 * megabyte;
    const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bodyBytes}`;
    const head = requestBytes(line, [...headers, framing]);
    const seen = await sendAll(server.url, head, { bodyBytes, isChunked });
    expect(seen).toMatchObject({ statuses: [status], error: null, sentBytes: bodyBytes });
  });

  test('is read by a client that sends slowly, whatever it is', async () => {
    const bodyBytes = 1.5 * megabyte;
    const slow = (line: string, headers: string[], isChunked: boolean) =>
      sendAll(
        server.url,
        requestBytes(line, [
          ...headers,
          isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bodyBytes}`,
        ]),
        { bodyBytes, isChunked, pauseMs: 40 },
      );
    const [tooLarge, tooLargeInChunks, unknown] = await Promise.all([
      slow('POST /api/register/', [json], false),
      slow('POST /api/register/', [json], true),
      slow('POST /api/chat/', [json], true),
    ]);
    expect(tooLarge).toMatchObject({ statuses: [413], error: null, sentBytes: bodyBytes });
    expect(tooLargeInChunks).toMatchObject({ statuses: [413], error: null, sentBytes: bodyBytes });
    expect(unknown).toMatchObject({ statuses: [401], error: null, sentBytes: bodyBytes });
    expect(tooLarge.text).toContain('"code":"body_too_large"');
    expect(tooLarge.text).toMatch(/^Connection: close\r$/im);
  });

  test('is read by the fetch of Node, by its http client and by many of them at once', async () => {
    const body = Buffer.alloc(20 * megabyte, 'a');
    const byFetch = async () => {
      const response = await fetch(`${server.url}/api/register/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const byStream = async () => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(block));
        },
      });
      const response = await fetch(`${server.url}/api/chat/`, {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: stream, duplex: 'half' },
      });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const byHttp = () =>
      new Promise<[number | undefined, string]>((resolve, reject) => {
        const sent = httpRequest(`${server.url}/api/register/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Content-Length': body.byteLength },
        });
        sent.on('error', reject).on('response', (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => {
            resolve([response.statusCode, (JSON.parse(text) as { code: string }).code]);
          });
        });
        sent.end(body);
      });
    for (let round = 0; round < 5; round += 1) {
      const responses = await Promise.all([byFetch(), byHttp(), byStream(), byFetch(), byHttp()]);
      const tooLarge = [413, 'body_too_large'];
      expect(responses).toEqual([tooLarge, tooLarge, [401, 'unauthenticated'], tooLarge, tooLarge]);
    }
  });

  test('leaves the connection to the next request where the rest comes soon', async () => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    await once(socket, 'connect');
    const bytes = 200_000;
    socket.write(requestBytes('POST /api/chat/', [json, `Content-Length: ${bytes}`]));
    await once(socket, 'data');
    socket.write('a'.repeat(bytes));
    socket.write(requestBytes('GET /health/live'));
    socket.write(requestBytes('GET /health/live', ['Connection: close']));
    await once(socket, 'close');
    expect(statusesIn(text)).toEqual([401, 200, 200]);
  });

  test('spares a client that asks first the sending of a body that is refused', async () => {
    const bytes = 5 * megabyte;
    const expecting = ['Expect: 100-continue', json];
    const cases = [
      { line: 'POST /api/register/', framing: `Content-Length: ${bytes}`, status: 413 },
      { line: 'POST /api/chat/', framing: 'Content-Length: 20', status: 401 },
      { line: 'POST /api/chat/', framing: 'Transfer-Encoding: chunked', status: 401 },
      { line: 'POST /api/nothing/', framing: 'Content-Length: 20', status: 404 },
      { line: 'POST /health/live', framing: 'Content-Length: 20', status: 405 },
    ];
    for (const { line, framing, status } of cases) {
      // It says nothing more, and waits.
      const seen = await sendAll(server.url, requestBytes(line, [...expecting, framing]), { bodyBytes: 0 });
      expect(seen).toMatchObject({ statuses: [status], error: null });
      expect(seen.text, line).toMatch(/^Connection: close\r$/im);
    }
  });

  test('is not sent to a client with Expect: 100-continue whose body is read: it gets 100', async () => {
    const body = JSON.stringify({ message: 'Hello' });
    const head = requestBytes('POST /api/chat/', [
      ...['Expect: 100-continue', json, `Content-Length: ${body.length}`, `Authorization: Bearer ${auth}`],
    ]);
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    await once(socket, 'connect');
    socket.write(head);
    await once(socket, 'data');
    expect(text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body + requestBytes('GET /health/live', ['Connection: close']));
    await once(socket, 'close');
    expect(statusesIn(text)).toEqual([100, 200, 200]);
    expect(text).toContain('Echo: Hello');
  });

  test('is read by curl, which sends at once or asks first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metered-chat-upload-'));
    const file = join(folder, 'large.json');
    await writeFile(file, Buffer.alloc(30 * megabyte, 'a'));
    const curl = async (path: string, ...more: string[]) => {
      const args = [
        '-sS',
        '-X',
        'POST',
        '-H',
        json,
        '--data-binary',
        `@${file}`,
        '-w',
        '\n%{http_code}',
        ...more,
      ];
      const { stdout } = await promisify(execFile)('curl', [...args, `${server.url}${path}`]);
      return stdout.slice(stdout.lastIndexOf('\n') + 1);
    };
    try {
      for (const expectation of ['Expect: 100-continue', 'Expect:']) {
        expect(await curl('/api/register/', '-H', expectation)).toBe('413');
        expect(await curl('/api/register/', '-H', expectation, '-H', 'Transfer-Encoding: chunked')).toBe(
          '413',
        );
        expect(await curl('/api/chat/', '-H', expectation, '-H', 'Transfer-Encoding: chunked')).toBe('401');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Starts a server that rejects each request before it reads the body. */
function startRejectingServer(drainLimits: DrainLimits): Promise<HttpServer> {
  const fetch = (request: Request) => {
    // A handler that has begun to read the body, and whose reader would collect the rest.
    void request.body?.getReader().read();
    return new Response('no', { status: 403, headers: { Connection: 'close' } });
  };
  return startHttpServer({ port: 0, host: '127.0.0.1', fetch, writeTimeoutMs: 5000, drainLimits });
}

/** Node's garbage collector, which is available without an option of the command line only like this. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

describe('a client that does not stop sending', () => {
  const collectGarbage = garbageCollector();
  const limits = { timeoutMs: 700, idleMs: 300, maxBytes: 8 * megabyte };
  let server: HttpServer;
  beforeAll(async () => {
    server = await startRejectingServer(limits);
  });
  afterAll(() => server.stop(1000));

  const head = (bytes: number) => requestBytes('POST /', [`Content-Length: ${bytes}`]);

  test('is cut off after so many bytes', async () => {
    const seen = await sendAll(server.url, head(400 * megabyte), { bodyBytes: 400 * megabyte });
    // The limit is looked at now and then, and a fast connection carries much in between.
    expect(seen.sentBytes).toBeLessThan(300 * megabyte);
  });

  test('is cut off after a time, however little it sends', async () => {
    const startedAt = performance.now();
    const seen = await sendAll(server.url, head(400 * megabyte), { bodyBytes: 400 * megabyte, pauseMs: 50 });
    expect(seen.statuses).toEqual([403]);
    expect(seen.sentBytes).toBeLessThan(8 * megabyte);
    expect(performance.now() - startedAt).toBeGreaterThan(limits.timeoutMs);
  });

  test('and one that has stopped without a word is let go as soon as it is idle', async () => {
    const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    socket.write(head(400 * megabyte) + 'some of it');
    await once(socket, 'close');
    expect(statusesIn(text)).toEqual([403]);
  });

  test('and other requests are served meanwhile, with none of its bytes in memory', async () => {
    // On a busy machine, sending takes longer than the time limit of the other tests.
    const patient = await startRejectingServer({ ...limits, timeoutMs: 60_000, idleMs: 60_000 });
    onTestFinished(async () => {
      await patient.stop(1000);
    });
    const usedBytes = () => {
      collectGarbage();
      const { external, heapUsed } = process.memoryUsage();
      return external + heapUsed;
    };
    const before = usedBytes();
    let mostBytes = before;
    const sampling = setInterval(() => (mostBytes = Math.max(mostBytes, usedBytes())), 20);
    onTestFinished(() => {
      clearInterval(sampling);
    });
    const sending = Array.from({ length: 10 }, () =>
      sendAll(patient.url, head(7 * megabyte), { bodyBytes: 7 * megabyte }),
    );
    const other = await fetch(patient.url);
    expect(other.status).toBe(403);
    for (const seen of await Promise.all(sending))
      expect(seen).toMatchObject({ statuses: [403], error: null });
    expect(mostBytes - before).toBeLessThan(24 * megabyte);
  });
});
