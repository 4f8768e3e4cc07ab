import { awaitUntil } from '../../src/testing/await-until.js';
import { balanceOf, call, chat, logIn, register } from './api-client.js';
import { expectStatus } from './repeating-client.js';
import { startMetered } from './metered-program.js';
import { startServer } from './server-process.js';
import { ledgerErrors, type Storage } from './storage.js';
import { startWebhookReceiver } from './webhook-receiver.js';

const chatsAtOnce = 200;
const [fits, priceOfChat, threshold] = [37, 100, 2000];
const deliveryTimeoutMs = 60_000;

/**
 * Sends 200 chats at once to two servers on one PostgreSQL for an account with credits for 37, repeatedly, with new credits in between:
 * each time the account is notified once that its balance is low, and once that it is used up.
 */
export async function raceForAlerts(
  storage: Storage,
  { rounds }: { rounds: number },
): Promise<{ kept: number; of: number; errors: string[] }> {
  const receiver = await startWebhookReceiver(() => ({ reception: 'accept', delayMs: 0 }));
  const environment = {
    ...{ ...storage.environment, STARTING_TOKENS: '0', WEBHOOK_ALLOW_PRIVATE: 'true' },
    LOW_BALANCE: String(threshold),
  };
  const shop = await startMetered(storage, environment, {
    makeAccounts: () => Promise.resolve([]),
    chatters: 0,
  });
  const servers = [shop.server, await startServer(environment)];
  const { url } = shop.server;
  const { authToken } = await logIn(url, 'root');
  const types = ['balance.low', 'balance.exhausted'];
  const endpoint = { authToken, body: { url: receiver.url, types } };
  const created = await call<{ secret: string }>(url, '/api/admin/webhooks/', endpoint);
  expectStatus(created, 201);
  receiver.secret = created.body.secret;
  const jane = await register(url, 'jane_doe');
  const me = await call<{ id: string }>(url, '/api/me/', { authToken: jane.authToken });
  const report = { kept: 0, of: rounds, errors: [] as string[] };
  for (let round = 0; round < rounds; round += 1) {
    const body = { amount: fits * priceOfChat, reason: 'Spring' };
    const path = `/api/admin/users/${me.body.id}/tokens/`;
    expectStatus(await call(url, path, { authToken: shop.serviceKey, body }), 201);
    const before = receiver.accepted.length;
    const chats = Array.from({ length: chatsAtOnce }, (_, index) =>
      chat(servers[index % servers.length]?.url ?? '', jane, 'Hello'),
    );
    const done = (await Promise.all(chats)).filter(({ status }) => status === 200).length;
    const { tokens } = await balanceOf(url, jane);
    const arrived = () => receiver.accepted.slice(before).map(({ type }) => type);
    await awaitUntil('both events arrive', deliveryTimeoutMs, () =>
      Promise.resolve(arrived().length >= types.length || null),
    ).catch(() => undefined);
    const written = await eventCounts(storage);
    const expected = types.map((type) => `${type} ${round + 1}`);
    const isKept = done === fits && tokens === 0 && arrived().join() === types.join();
    if (isKept && written.join() === expected.toSorted().join()) report.kept += 1;
    else
      report.errors.push(`${done} chats, ${tokens} left; ${arrived().join()} arrived of ${written.join()}`);
  }
  for (const each of servers) await each.terminate();
  if (receiver.unverified > 0) report.errors.push(`${receiver.unverified} messages were not verified`);
  report.errors.push(...(await ledgerErrors(storage)).errors);
  await receiver.close();
  return report;
}

async function eventCounts(storage: Storage): Promise<string[]> {
  const rows = await storage.withDatabase((database) =>
    database.query<{ type: string; count: number }>({
      text: `select type, count(*) as count from events where type like 'balance.%' group by type order by type`,
    }),
  );
  return rows.map(({ type, count }) => `${type} ${count}`);
}
