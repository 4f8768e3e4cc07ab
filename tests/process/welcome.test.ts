import { afterEach, expect, test } from 'vitest';
import { killLeftovers, startServer } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

test('what a server prints when it is ready names PUBLIC_URL, and where it listens', async () => {
  const storage = await storageOn('PostgreSQL');
  const server = await startServer({ ...storage.environment, PUBLIC_URL: 'https://chat.example.com' });
  const { port } = new URL(server.url);
  await server.terminate();
  const output = server.output();
  expect(output).toContain('metered-chat is ready at https://chat.example.com.');
  expect(output).toContain(`It listens on http://localhost:${port}.`);
  expect(output).toContain('curl https://chat.example.com/api/register/');
  expect(output).toContain('https://chat.example.com/admin/#/first-administrator/');
  expect(output.match(/localhost/g)).toHaveLength(1);
  await storage.remove();
});

test('without PUBLIC_URL it names where it listens, once', async () => {
  const storage = await storageOn('PostgreSQL');
  const server = await startServer(storage.environment);
  const { port } = new URL(server.url);
  await server.terminate();
  expect(server.output()).toContain(`metered-chat is ready at http://localhost:${port}. Open it`);
  await storage.remove();
});
