import { afterAll, afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { removeDataFolders } from './data-folder.js';
import { killMidDelivery } from './kill-mid-delivery.js';
import { raceForAlerts } from './low-balance-races.js';
import { repetitions } from './repetitions.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';

const kills = repetitions(20);
const rounds = repetitions(20);

afterEach(killProcesses);
afterAll(removeDataFolders);

test.each([
  { engine: 'embedded', servers: 1 },
  { engine: 'PostgreSQL', servers: 1 },
  { engine: 'PostgreSQL', servers: 2 },
] as const)(
  'servers that are killed while they notify a receiver, which fails at times, lose no event and keep the order ($engine, servers: $servers)',
  async ({ engine, servers }) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const options = { kills, servers, random: seededRandom(seed), isReliable: false };
    const report = await killMidDelivery(storage, options);
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine}, servers: ${servers} (seed ${seed}): ${report.events} events, ` +
        `${report.repeated} repeated, ${report.failed} attempts failed, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.kills).toBe(kills);
    await storage.remove();
  },
);

test('of 200 chats at two servers at once, one notifies of the low balance and one of the end', async () => {
  const storage = await storageOn('PostgreSQL');
  const report = await raceForAlerts(storage, { rounds });
  console.log(`${report.kept} of ${report.of} times one balance.low and one balance.exhausted of 200 chats`);
  expect(report).toEqual({ kept: rounds, of: rounds, errors: [] });
  await storage.remove();
});
