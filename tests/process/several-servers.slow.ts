import { expect, test } from 'vitest';
import { balanceOf, call, chat, historyOf, logIn, register } from './api-client.js';
import { twoServersOnPostgres } from './several-servers.js';

const { startTwo } = twoServersOnPostgres();

test('a session that ends at one server is rejected by the other at the next request', async () => {
  const [one, other] = await startTwo({});
  await register(one.url, 'jane_doe');
  for (let round = 0; round < 20; round += 1) {
    const { authToken } = await logIn(one.url, 'jane_doe');
    expect((await call(other.url, '/api/me/', { authToken })).status).toBe(200);
    expect((await call(one.url, '/api/logout/', { authToken, method: 'POST' })).status).toBe(204);
    expect((await call(other.url, '/api/me/', { authToken })).status).toBe(401);
  }
});

test('an idempotency key that is sent to two servers at the same time is charged once, with equal responses', async () => {
  const [one, other] = await startTwo({});
  const jane = await register(one.url, 'jane_doe');
  const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
  for (const key of keys) {
    const responses = await Promise.all([one, other].map(({ url }) => chat(url, jane, 'Hello', key)));
    const repeats = await Promise.all([one, other].map(({ url }) => chat(url, jane, 'Hello', key)));
    const all = [...responses.filter(({ status }) => status !== 409), ...repeats];
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
  }
  expect(await historyOf(one.url, jane)).toHaveLength(keys.length);
  expect(await balanceOf(other.url, jane)).toEqual({ tokens: 4000 - keys.length * 100, held: 0 });
});
