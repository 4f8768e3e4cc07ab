import { afterEach, expect, test } from 'vitest';
import { chat, register } from './api-client.js';
import { killLeftovers, startServer } from './server-process.js';
import { storageOn } from './storage.js';

afterEach(killLeftovers);

test('a chat whose balance somebody keeps locked gets 503 in some seconds, and holds up the others no longer', async () => {
  const storage = await storageOn('PostgreSQL');
  const server = await startServer(storage.environment);
  const jane = await register(server.url, 'jane_doe');
  const john = await register(server.url, 'john_doe');
  const beganAtMs = Date.now();
  const [refused, ...responses] = await storage.withDatabase((database) =>
    database.transaction(async (within) => {
      const text = `select 1 from balances where user_id = (select id from users where username = 'jane_doe') for update`;
      await within.query({ text });
      return Promise.all([
        chat(server.url, jane, 'Hello'),
        ...Array.from({ length: 10 }, () => chat(server.url, john, 'Hello')),
      ]);
    }),
  );
  // Less than the 30 s after which a statement is given up.
  expect(Date.now() - beganAtMs).toBeLessThan(25_000);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('Retry-After')).toBe('1');
  expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
  expect((await chat(server.url, jane, 'Hello again')).status).toBe(200);
  await killLeftovers();
  await storage.remove();
});
