import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Context } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientSignal } from '../../../src/adapters/http/kit/client-signal.js';

const server = createServer();

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** A request as it has come to a Node server, and the connection that it came by. */
async function arrived() {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [incoming, outgoing] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  return { client, outgoing, context: { env: { incoming, outgoing } } as unknown as Context };
}

test('a client that leaves before its answer aborts the signal', async () => {
  const { client, outgoing, context } = await arrived();
  const signal = clientSignal(context);
  expect(signal.aborted).toBe(false);
  client.destroy();
  await once(outgoing, 'close');
  expect(signal.aborted).toBe(true);
});

test('of a client that left before anybody asked, the signal is aborted already', async () => {
  const { client, outgoing, context } = await arrived();
  client.destroy();
  await once(outgoing, 'close');
  expect(clientSignal(context).aborted).toBe(true);
});

test('a client that has its answer whole aborts nothing by leaving', async () => {
  const { client, outgoing, context } = await arrived();
  const signal = clientSignal(context);
  outgoing.end('whole');
  await once(client, 'data');
  client.destroy();
  if (!outgoing.closed) await once(outgoing, 'close');
  expect(signal.aborted).toBe(false);
});

test('where no Node server asks, it is the signal of the request', () => {
  const request = new Request('http://localhost/');
  expect(clientSignal({ env: undefined, req: { raw: request } } as unknown as Context)).toBe(request.signal);
});
