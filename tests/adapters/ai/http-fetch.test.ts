import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { httpFetch } from '../../../src/adapters/ai/http-fetch.js';

let answer: RequestListener;
let connections = 0;
let url: string;
const server = createServer((request, response) => {
  answer(request, response);
});
server.on('connection', () => (connections += 1));

beforeEach(async () => {
  connections = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('what is posted arrives, and what is answered comes back', async () => {
  answer = (request, response) => {
    request.setEncoding('utf8').on('data', (body: string) => {
      response.writeHead(201, { 'X-Answer': request.headers['x-question'] });
      response.end(`${request.method ?? ''} ${request.headers['content-length'] ?? ''} ${body}`);
    });
  };
  const response = await httpFetch()(url, { method: 'POST', headers: { 'X-Question': 'why' }, body: 'é' });
  expect(response.status).toBe(201);
  expect(response.headers.get('X-Answer')).toBe('why');
  expect(await response.text()).toBe('POST 2 é');
});

test('a connection is used again once its answer has been read', async () => {
  answer = (_, response) => response.end('Hi');
  const fetch = httpFetch();
  for (let time = 0; time < 3; time += 1) await (await fetch(url)).text();
  expect(connections).toBe(1);
});

test('a connection that is not used is closed in time, but never one whose answer is awaited', async () => {
  answer = (_, response) => {
    setTimeout(() => response.end('At last.'), 200);
  };
  const fetch = httpFetch({ longestIdleMs: 50 });
  expect(await (await fetch(url)).text()).toBe('At last.');
  const open = () =>
    new Promise<number>((resolve) =>
      server.getConnections((_, count) => {
        resolve(count);
      }),
    );
  await awaitUntil('it closed', 2000, async () => ((await open()) === 0 ? true : null));
});

test('a redirect is not followed', async () => {
  answer = (_, response) => response.writeHead(307, { Location: 'http://elsewhere.invalid/' }).end();
  expect((await httpFetch()(url)).status).toBe(307);
});

test('an answer without a body is one all the same', async () => {
  answer = (_, response) => response.writeHead(204).end();
  const response = await httpFetch()(url);
  expect([response.status, await response.text()]).toEqual([204, '']);
});

test('a status that none has is an error, and nothing worse', async () => {
  answer = (request) => {
    request.socket.end('HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n');
  };
  await expect(httpFetch()(url)).rejects.toThrow(RangeError);
});

test('what is aborted before it begins asks nobody', async () => {
  const reason = new Error('gone');
  await expect(httpFetch()(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(connections).toBe(0);
});
