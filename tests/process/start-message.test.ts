import { expect, test } from 'vitest';
import { startServer } from './server-process.js';
import { storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

test('the start message has PUBLIC_URL and the address on which the server listens', async () => {
  const server = await startServer({ ...storage().environment, PUBLIC_URL: 'https://chat.example.com' });
  const { port } = new URL(server.url);
  await server.terminate();
  const output = server.output();
  expect(output).toContain('metered-chat is ready at https://chat.example.com.');
  expect(output).toContain(`It listens on http://localhost:${port}.`);
  expect(output).toContain('curl https://chat.example.com/api/register/');
  expect(output).toContain('https://chat.example.com/admin/#/first-administrator/');
  expect(output.match(/localhost/g)).toHaveLength(1);
});

test('without PUBLIC_URL the start message has the address on which the server listens, once', async () => {
  const server = await startServer(storage().environment);
  const { port } = new URL(server.url);
  await server.terminate();
  expect(server.output()).toContain(`metered-chat is ready at http://localhost:${port}. Open it`);
});
