import { expect, test } from 'vitest';
import { testOffer } from '../../domain/chat/test-offer.js';
import { openConnection, requestBytes, statusesIn } from './raw-connection.js';
import { balance, newAccount, until } from './requests.js';
import { waitingModel } from './test-models.js';
import { startTestServer } from './test-server.js';

test('a server that drains accepts connections, and closes each after its next response', async () => {
  const lifecycle: { state: 'ready' | 'draining' } = { state: 'ready' };
  const server = await startTestServer('memory', { lifecycle });
  const kept = await openConnection(server.url);
  await kept.send(requestBytes('GET /health/live'));
  await until(() => kept.received().includes('{"status":"live"}'));
  expect(kept.received()).not.toMatch(/^connection: close/im);
  lifecycle.state = 'draining';
  server.server.drain();
  await kept.send(requestBytes('GET /health/ready'));
  const all = await kept.closed;
  expect(statusesIn(all)).toEqual([200, 503]);
  expect(all).toMatch(/^connection: close/im);
  const other = await openConnection(server.url);
  await other.send(requestBytes('GET /health/live'));
  expect(await other.closed).toMatch(/^HTTP\/1\.1 200 [^]*^connection: close/im);
  await server.close();
});

test('a response that is under way when the server begins to drain closes its connection', async () => {
  const { model, letGo } = waitingModel();
  const server = await startTestServer('memory', { models: [testOffer(model)] });
  const { auth } = await newAccount(server);
  const body = JSON.stringify({ message: 'Hi' });
  const headers = [
    `Authorization: Token ${auth}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const connection = await openConnection(server.url);
  await connection.send(requestBytes('POST /api/chat/', headers, body));
  await until(async () => (await balance(server, auth))['held'] === 100);
  server.server.drain();
  letGo();
  expect(await connection.closed).toMatch(/^HTTP\/1\.1 200 [^]*^connection: close/im);
  await server.close();
});
