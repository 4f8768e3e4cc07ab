import { setTimeout as delay } from 'node:timers/promises';
import { openAccounts } from './accounts.js';
import { chatLoad, durationSeconds } from './measure.js';
import { runLoad } from './load.js';
import type { BenchPostgres } from './postgres.js';
import { startServer } from './server.js';

const rounds = 4;
const connections = 64;

/** Measures chats at one server with one worker and at another with two, in turns. Returns the chats a second of each. */
export async function measureWorkers(postgres: BenchPostgres): Promise<{ one: number; two: number }> {
  const servers = [];
  for (const count of [1, 2]) {
    const database = `workers_${count}`;
    await postgres.createDatabase(database);
    const settings = { DATABASE_URL: postgres.url(database), WORKERS: String(count) };
    const server = await startServer(settings);
    await untilServedBy(server.url, count);
    servers.push({ server, accounts: await openAccounts(server.url), perSecond: 0 });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const measured of round % 2 === 0 ? servers : servers.toReversed()) {
      const { server, accounts } = measured;
      const load = chatLoad({ url: server.url, accounts }, connections, durationSeconds / rounds);
      measured.perSecond += (await runLoad(load)).perSecond / rounds;
    }
  }
  for (const { server } of servers) await server.stop();
  const [one, two] = servers.map(({ perSecond }) => perSecond);
  return { one: one ?? 0, two: two ?? 0 };
}

/** Waits until as many workers report their metrics; a server that is alone has no label for it. */
async function untilServedBy(url: string, count: number): Promise<void> {
  if (count === 1) return;
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    if (text.includes(`worker="${count}"`)) return;
    await delay(100);
  }
}
