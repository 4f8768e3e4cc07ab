import { expect, test } from 'vitest';
import { openConnection, requestBytes, statusesIn } from './raw-connection.js';
import { until } from './requests.js';
import { startTestServer } from './test-server.js';

test('a server that drains goes on taking connections, and ends each politely with its next answer', async () => {
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
