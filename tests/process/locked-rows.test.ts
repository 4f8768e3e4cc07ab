import { expect, test } from 'vitest';
import { chat, register } from './api-client.js';
import { startServer } from './server-process.js';
import { storagePerTest } from './storage.js';

const storage = storagePerTest('PostgreSQL');

test('a chat whose balance is locked returns 503 after some seconds, and blocks other chats no longer than that', async () => {
  const server = await startServer(storage().environment);
  const jane = await register(server.url, 'jane_doe');
  const john = await register(server.url, 'john_doe');
  const startedAtMs = Date.now();
  const [rejected, ...responses] = await storage().withDatabase((database) =>
    database.transaction(async (within) => {
      const text = `select 1 from balances where user_id = (select id from users where username = 'jane_doe') for update`;
      await within.query({ text });
      return Promise.all([
        chat(server.url, jane, 'Hello'),
        ...Array.from({ length: 10 }, () => chat(server.url, john, 'Hello')),
      ]);
    }),
  );
  // Less than the statement timeout of 30 s.
  expect(Date.now() - startedAtMs).toBeLessThan(25_000);
  expect(rejected.status).toBe(503);
  expect(rejected.headers.get('Retry-After')).toBe('1');
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  expect((await chat(server.url, jane, 'Hello again')).status).toBe(200);
});
