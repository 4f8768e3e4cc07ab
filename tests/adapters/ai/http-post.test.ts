import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBrotliCompress, createDeflate, createGzip, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpClient, type HttpResponse } from '../../../src/adapters/ai/http-post.js';
import { awaitUntil } from '../../../src/testing/await-until.js';

let respond: RequestListener;
let connections = 0;
let url: URL;
const server = createServer((request, response) => {
  respond(request, response);
});
server.on('connection', () => (connections += 1));

beforeEach(async () => {
  connections = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const posted = (body = '', signal = new AbortController().signal) => ({ url, headers: {}, body, signal });

async function textOf(response: HttpResponse): Promise<string> {
  let text = '';
  for (;;) {
    const bytes = await response.read();
    if (bytes === null) return text;
    text += bytes.toString();
  }
}

const openConnections = () =>
  new Promise<number>((resolve) =>
    server.getConnections((_, count) => {
      resolve(count);
    }),
  );

test('a request arrives, and its response can be read', async () => {
  respond = (request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      response.writeHead(201, { 'X-Reply': request.headers['x-question'] });
      response.end(`${request.method ?? ''} ${request.headers['content-length'] ?? ''} ${body}`);
    });
  };
  const response = await httpClient()({ ...posted('é'), headers: { 'X-Question': 'why' } });
  expect(response.status).toBe(201);
  expect(response.headers['x-reply']).toBe('why');
  expect(await textOf(response)).toBe('POST 2 é');
});

test('a connection is used again once its response has been read', async () => {
  respond = (_, response) => response.end('Hi');
  const post = httpClient();
  for (let time = 0; time < 3; time += 1) await textOf(await post(posted()));
  expect(connections).toBe(1);
});

test('a released connection is used again if the body ends at once, and closed if it does not', async () => {
  respond = (_, response) => {
    response.write('Hi');
    setImmediate(() => response.end(' there'));
  };
  const post = httpClient();
  for (let time = 0; time < 3; time += 1) {
    const response = await post(posted());
    await response.read();
    response.release();
    await awaitUntil('the body ended', 2000, async () => ((await response.read()) === null ? true : null));
  }
  expect(connections).toBe(1);
  respond = (_, response) => void response.write('Hi');
  (await post(posted())).release();
  await awaitUntil('it closed', 2000, async () => ((await openConnections()) === 0 ? true : null));
});

test('an idle connection is closed in time, but never one whose response is awaited', async () => {
  respond = (_, response) => {
    setTimeout(() => response.end('At last.'), 200);
  };
  const post = httpClient({ idleMs: 50 });
  expect(await textOf(await post(posted()))).toBe('At last.');
  await awaitUntil('it closed', 2000, async () => ((await openConnections()) === 0 ? true : null));
});

test('a redirect is not followed', async () => {
  respond = (_, response) => response.writeHead(307, { Location: 'http://elsewhere.invalid/' }).end();
  expect((await httpClient()(posted())).status).toBe(307);
});

test.each([
  ['a status that does not exist', 'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n', 999],
  ['a response without a body', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
])('%s is passed on', async (_, raw, status) => {
  respond = (request) => request.socket.end(raw);
  const response = await httpClient()(posted());
  expect([response.status, await textOf(response)]).toEqual([status, '']);
});

test.each([
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\n'],
  ['no HTTP', 'hello\r\n\r\n'],
  ['half a header', 'HTTP/1.1 200 OK\r\nContent-'],
])('%s is an error of this request', async (_, raw) => {
  respond = (request) => request.socket.end(raw);
  await expect(httpClient()(posted())).rejects.toThrow();
});

test('a body that is cut off is an error', async () => {
  respond = (_, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('Hi', () => response.socket?.resetAndDestroy());
  };
  await expect(textOf(await httpClient()(posted()))).rejects.toThrow();
});

test('a request that is aborted before it starts opens no connection', async () => {
  const reason = new Error('gone');
  await expect(httpClient()(posted('', AbortSignal.abort(reason)))).rejects.toBe(reason);
  expect(connections).toBe(0);
});

test.each([
  'before the response',
  'while the body is awaited',
  'after a body that was not read',
  'after the end',
])('an abort %s closes or keeps the connection, and causes no other error', async (when) => {
  respond = (_, response) => {
    if (when === 'before the response') return;
    response.write('Hi');
    if (when.startsWith('after')) response.end();
  };
  const leaver = new AbortController();
  const reason = new DOMException('gone', 'AbortError');
  const response = httpClient()(posted('', leaver.signal));
  if (when === 'before the response') {
    await awaitUntil('the connection', 2000, () => Promise.resolve(connections > 0 || null));
    leaver.abort(reason);
    await expect(response).rejects.toBe(reason);
  } else {
    const open = await response;
    const read = () => open.read();
    if (when === 'after the end') await textOf(await response);
    if (when === 'while the body is awaited') await read();
    // By then the end of the body has arrived, if there is one.
    await new Promise((resolve) => setTimeout(resolve, 20));
    leaver.abort(reason);
    if (when === 'while the body is awaited') await expect(read()).rejects.toBe(reason);
  }
  if (!when.startsWith('after')) {
    await awaitUntil('it closed', 2000, async () => ((await openConnections()) === 0 ? true : null));
  }
});

test('a body that stalls is reported in time', async () => {
  respond = (_, response) => void response.write('Hi');
  const response = await httpClient()(posted());
  await response.read();
  expect(await response.read(10)).toBe('silent');
  response.close();
});

test('a body that is not read is held back', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  let sent = 0;
  const send = async (response: ServerResponse) => {
    for (; sent < 64; sent += 1) {
      if (!response.write(megabyte)) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  };
  respond = (_, response) => void send(response);
  const response = await httpClient()(posted());
  await response.read();
  await awaitUntil('the sender waits', 5000, async () => {
    const before = sent;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return sent === before ? true : null;
  });
  expect(sent).toBeLessThan(32);
  expect((await textOf(response)).length).toBeGreaterThan(0);
  expect(sent).toBe(64);
});

test.each([
  ['gzip', createGzip],
  ['x-gzip', createGzip],
  ['deflate', createDeflate],
  ['br', createBrotliCompress],
] as const)('a body that is compressed with %s is read as it arrives', async (encoding, compress) => {
  const compressed = compress();
  respond = (_, response) => {
    response.writeHead(200, { 'Content-Encoding': encoding });
    compressed.pipe(response);
    compressed.write('one');
    compressed.flush();
  };
  const response = await httpClient()(posted());
  expect(String(await response.read())).toBe('one');
  compressed.end(' two');
  expect(await textOf(response)).toBe(' two');
});

test('a body that is not compressed as declared, or is cut off, is an error', async () => {
  respond = (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip');
  await expect(textOf(await httpClient()(posted()))).rejects.toThrow('incorrect header check');
  respond = (_, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' });
    response.write(gzipSync('whole so far'), () => setTimeout(() => response.destroy(), 5));
  };
  await expect(textOf(await httpClient()(posted()))).rejects.toThrow();
});
