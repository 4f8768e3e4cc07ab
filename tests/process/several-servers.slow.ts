import { expect, test } from 'vitest';
import { balanceOf, call, chat, historyOf, logIn, register } from './api-client.js';
import { twoServersOnPostgres } from './several-servers.js';

const { startTwo } = twoServersOnPostgres();

test('who logs out at one server is out at the other with the next request', async () => {
  const [one, other] = await startTwo({});
  await register(one.url, 'jane_doe');
  for (let round = 0; round < 20; round += 1) {
    const { accessSecret } = await logIn(one.url, 'jane_doe');
    expect((await call(other.url, '/api/me/', { accessSecret })).status).toBe(200);
    expect((await call(one.url, '/api/logout/', { accessSecret, method: 'POST' })).status).toBe(204);
    expect((await call(other.url, '/api/me/', { accessSecret })).status).toBe(401);
  }
});

test('one idempotency key at two servers at once is charged once and answered alike', async () => {
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
