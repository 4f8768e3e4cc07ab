import { expect, test } from 'vitest';
import { balanceOf, chat, historyOf, register } from './api-client.js';
import { statusOf } from './server-process.js';
import { migrationsRun, startSimultaneously, twoServersOnPostgres } from './several-servers.js';
import { ledgerErrors } from './storage.js';

const { storage, startTwo } = twoServersOnPostgres();

test('servers that start at the same time on an empty database run every migration once and become ready', async () => {
  const servers = await startSimultaneously(storage(), 4);
  const { logged, recorded } = await storage().withDatabase((database) => migrationsRun(servers, database));
  expect(logged.length).toBeGreaterThan(0);
  expect(logged).toEqual(recorded);
  for (const { url } of servers) expect(await statusOf(`${url}/health/ready`)).toBe(200);
});

test('of 200 simultaneous chats at two servers on a balance for 37, exactly 37 are charged', async () => {
  const [one, other] = await startTwo({ STARTING_TOKENS: '3700' });
  const jane = await register(one.url, 'jane_doe');
  const responses = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      chat((index % 2 === 0 ? one : other).url, jane, `Hello ${index}`),
    ),
  );
  const countOf = (status: number) => responses.filter((response) => response.status === status).length;
  expect([countOf(200), countOf(402)]).toEqual([37, 163]);
  expect(await balanceOf(other.url, jane)).toEqual({ tokens: 0, held: 0 });
  expect(await historyOf(one.url, jane)).toHaveLength(37);
  expect(await ledgerErrors(storage())).toEqual({ errors: [], overdueHolds: 0 });
});
