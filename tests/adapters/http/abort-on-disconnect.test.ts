import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Context } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { abortOnDisconnect } from '../../../src/adapters/http/chat/reply.js';
import { ClientDisconnected } from '../../../src/adapters/http/kit/problem.js';

const server = createServer();

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Sends a request to a Node server, and returns its connection and its context. */
async function receiveRequest() {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [incoming, outgoing] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  return { client, outgoing, context: { env: { incoming, outgoing } } as unknown as Context };
}

test('a client that disconnects before its response aborts the signal', async () => {
  const { client, outgoing, context } = await receiveRequest();
  const { signal } = abortOnDisconnect(context);
  expect(signal.aborted).toBe(false);
  client.destroy();
  await once(outgoing, 'close');
  expect(signal.aborted).toBe(true);
});

test('the signal of a client that has already disconnected is aborted', async () => {
  const { client, outgoing, context } = await receiveRequest();
  client.destroy();
  await once(outgoing, 'close');
  expect(abortOnDisconnect(context).signal.aborted).toBe(true);
});

test('a client that disconnects after its response does not abort the signal', async () => {
  const { client, outgoing, context } = await receiveRequest();
  const { signal } = abortOnDisconnect(context);
  outgoing.end('whole');
  await once(client, 'data');
  client.destroy();
  if (!outgoing.closed) await once(outgoing, 'close');
  expect(signal.aborted).toBe(false);
});

test('without a Node server, the signal is aborted with that of the request', () => {
  const client = new AbortController();
  const contextOf = () =>
    ({
      env: undefined,
      req: { raw: new Request('http://localhost/', { signal: client.signal }) },
    }) as unknown as Context;
  const { signal } = abortOnDisconnect(contextOf());
  expect(signal.aborted).toBe(false);
  client.abort();
  expect(signal.reason).toBeInstanceOf(ClientDisconnected);
  expect(abortOnDisconnect(contextOf()).signal.aborted).toBe(true);
});
